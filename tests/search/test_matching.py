"""One-sided matching: under binders, modulo associativity and commutativity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.terms import term

from derive.kernel.letter import fill
from derive.kernel.term import mk
from derive.search.matching import matches

FITS = [
    ("?x", "(add a b)", {"x": "(add a b)"}),
    ("(add ?x b)", "(add a b)", {"x": "a"}),
    ("(add ?x b)", "(add b a)", {"x": "a"}),
    ("(add ?x b)", "(add a b c)", {"x": "(add a c)"}),
    ("(mul ?x (inv ?x))", "(mul (inv a) a)", {"x": "a"}),
    ("(le ?x ?x)", "(le (exp a) (exp a))", {"x": "(exp a)"}),
    ("(mass μ ?A)", "(mass μ (lam 𝒳 (and (app A #0) (app B #0))))", {"A": "(lam 𝒳 (and (app A #0) (app B #0)))"}),
    ("(int μ ?f)", "(int μ f)", {"f": "f"}),
    ("(int μ (lam 𝒳 (app ?f #0)))", "(int μ (lam 𝒳 (exp (app g #0))))", {"f": "(lam 𝒳 (exp (app g #0)))"}),
    ("(int μ (lam 𝒳 (mul ?c (app ?f #0))))", "(int μ (lam 𝒳 (mul a (app f #0))))", {"c": "a", "f": "f"}),
    ("(int μ (lam 𝒳 (mul ?c (app ?f #0))))", "(int μ (lam 𝒳 (mul a b (app f #0) (app g #0))))",
     {"c": "(mul a b)", "f": "(lam 𝒳 (mul (app f #0) (app g #0)))"}),
    ("(int μ (lam 𝒳 (add (app ?f #0) (app ?g #0))))", "(int μ (lam 𝒳 (add (app f #0) (app g #0))))",
     {"f": "f", "g": "g"}),
    ("(eq ?a ?b)", "(eq (add x y) z)", {"a": "(add x y)", "b": "z"}),
    ("(or ?p ?q)", "(or p q)", {"p": "p", "q": "q"}),
    ("(int μ (lam 𝒳 (int ν (lam 𝒳 (app ?k (pair #1 #0))))))", "(int μ (lam 𝒳 (int ν (lam 𝒳 (app k (pair #1 #0))))))",
     {"k": "k"}),
    ("(int μ (lam 𝒳 (int ν (lam 𝒳 (app ?k (pair #1 #0))))))",
     "(int μ (lam 𝒳 (int ν (lam 𝒳 (mul (app f #0) (app g #1))))))",
     {"k": "(lam (prod 𝒳 𝒳) (mul (app f (snd #0)) (app g (fst #0))))"}),
    ("(ae (pmeas μ ν) (lam (prod 𝒳 𝒳) (le 0 (app ?f (fst #0)))))",
     "(ae (pmeas μ ν) (lam (prod 𝒳 𝒳) (le 0 (exp (app g (fst #0))))))", {"f": "(lam 𝒳 (exp (app g #0)))"}),
]  # fmt: skip


@pytest.mark.parametrize("pattern, target, values", FITS)
def test_what_fits(pattern, target, values):
    wanted = {name: term(value) for name, value in values.items()}
    assert any(found.values == wanted for found in matches(term(pattern), term(target)))


MISSES = [
    ("(le ?x ?x)", "(le a b)"),
    ("(add ?x b)", "(add a c)"),
    ("(add ?x a b)", "(add a b)"),
    ("(mul ?x (inv ?x))", "(mul a (inv b))"),
    ("(exp ?x)", "(log a)"),
    ("(int μ ?f)", "(int ν f)"),
    ("(int μ (lam 𝒳 ?c))", "(int μ (lam 𝒳 (app f #0)))"),
    ("(int μ (lam 𝒳 (mul ?c (app f #0))))", "(int μ (lam 𝒳 (mul (app g #0) (app f #0))))"),
    ("(int μ (lam 𝒳 (mul ?c (app ?f #0))))", "(int ν (lam 𝒳 (mul a (app f #0))))"),
    ("(sum (lam nat true) (lam nat ?c))", "(sum (lam nat true) s)"),
    ("(all (lam 𝒳 (le ?c (app f #0))))", "(all (lam 𝒳 (le (app f #0) (app f #0))))"),
    (
        "(int (pmeas μ ν) (lam (prod 𝒳 𝒳) (exp (app ?f (fst #0)))))",
        "(int (pmeas μ ν) (lam (prod 𝒳 𝒳) (exp (app k #0))))",
    ),
    (
        "(int μ (lam 𝒳 (int ν (lam 𝒳 (mul ?c (app ?k (pair #1 #1)))))))",
        "(int μ (lam 𝒳 (int ν (lam 𝒳 (app k (pair #1 #0))))))",
    ),
]


@pytest.mark.parametrize("pattern, target", MISSES)
def test_near_misses(pattern, target):
    """Above all: a letter outside a binder never takes what the binder binds."""
    assert list(matches(term(pattern), term(target))) == []


@pytest.mark.parametrize("pattern, target", [(p, t) for p, t, _ in FITS] + MISSES)
def test_a_match_filled_in_is_the_target(pattern, target):
    for found in matches(term(pattern), term(target)):
        assert fill(term(pattern), found.values, found.sorts) is term(target)


SIDES = st.recursive(
    st.sampled_from(["a", "b", "c", "2", "(inv a)"]).map(term),
    lambda parts: st.builds(mk, st.sampled_from(["add", "mul"]), parts, parts),
    max_leaves=6,
)
PATTERNS = [
    "(add ?x ?y)",
    "(mul ?x ?y)",
    "(add ?x a)",
    "(mul ?x ?x)",
    "(add (mul ?x ?y) ?z)",
    "(add ?x ?y ?z)",
]


@given(SIDES, st.sampled_from(PATTERNS))
def test_matches_are_sound_and_few(target, pattern):
    found = list(matches(term(pattern), target))
    assert len(found) <= 40
    assert all(fill(term(pattern), m.values, m.sorts) is target for m in found)


@given(SIDES, SIDES, st.sampled_from(["(add ?x ?y)", "(mul ?x ?y)"]))
def test_an_instance_of_a_pattern_is_found(first, second, pattern):
    instance = fill(term(pattern), {"x": first, "y": second}, {})
    assert instance.sort == "num"
    head = pattern[1:4]
    assert list(matches(term(pattern), instance)) or getattr(instance, "head", "") != head
