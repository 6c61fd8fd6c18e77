"""Normal forms and fingerprints respect the laws of a ring, and nothing more."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.terms import term

from derive.kernel.term import App, Num, Term, mk, mk_nat, mk_num
from derive.search.fingerprint import fingerprint
from derive.search.polynomial import TooLarge, atoms, canonical, folded

ATOMS = [term(t) for t in ("a", "b", "c", "(exp a)", "(mass μ A)")]
NUMBERS = st.sampled_from([0, 1, -1, 2, Fraction(1, 2)]).map(mk_num)
LEAVES = st.one_of(NUMBERS, st.sampled_from(ATOMS))
TERMS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(mk, st.sampled_from(["add", "mul"]), parts, parts),
        st.builds(lambda base, k: mk("pow", base, mk_nat(k)), parts, st.integers(0, 3)),
    ),
    max_leaves=8,
)


def same(left: Term, right: Term) -> bool:
    """Equal by both measures."""
    assert (canonical(left) is canonical(right)) == (fingerprint(left) == fingerprint(right))
    return canonical(left) is canonical(right)


def value(t: Term, at: dict[Term, int]) -> Fraction:
    """The value of a polynomial at a point."""
    match t:
        case Num():
            return t.value
        case App(head="add"):
            return sum((value(a, at) for a in t.args), Fraction(0))
        case App(head="mul"):
            out = Fraction(1)
            for a in t.args:
                out *= value(a, at)
            return out
        case App(head="pow"):
            return value(t.args[0], at) ** t.args[1].value
    return Fraction(at[t])


@given(TERMS, TERMS, TERMS)
def test_the_laws_of_a_ring(s, t, u):
    assert same(mk("add", s, t), mk("add", t, s))
    assert same(mk("mul", s, mk("add", t, u)), mk("add", mk("mul", s, t), mk("mul", s, u)))
    assert same(mk("add", s, mk("mul", mk_num(-1), s)), mk_num(0))
    assert same(mk("pow", mk("add", s, t), mk_nat(2)), mk("mul", mk("add", s, t), mk("add", s, t)))


@given(TERMS)
def test_a_normal_form_is_its_own(t):
    assert canonical(canonical(t)) is canonical(t)
    assert fingerprint(canonical(t)) == fingerprint(t)


@given(TERMS, st.lists(st.integers(-5, 5), min_size=len(ATOMS), max_size=len(ATOMS)))
def test_a_normal_form_keeps_the_value(t, point):
    at = dict(zip(ATOMS, point, strict=True))
    assert value(canonical(t), at) == value(t, at)
    assert value(folded(t), at) == value(t, at)


@given(TERMS, TERMS, st.lists(st.integers(-3, 3), min_size=len(ATOMS), max_size=len(ATOMS)))
def test_what_differs_somewhere_is_not_the_same(s, t, point):
    at = dict(zip(ATOMS, point, strict=True))
    if value(s, at) != value(t, at):
        assert not same(s, t)


EQUAL = [
    ("(mul a (inv a) b)", "b"),
    ("(inv (mul 2 a))", "(mul 1/2 (inv a))"),
    ("(exp (add a a))", "(exp (mul 2 a))"),
    ("(int μ (lam 𝒳 (add (app f #0) (app f #0))))", "(int μ (lam 𝒳 (mul 2 (app f #0))))"),
]
UNEQUAL = [
    ("(exp (add a b))", "(mul (exp a) (exp b))"),
    ("(int μ (lam 𝒳 (app f #0)))", "(int ν (lam 𝒳 (app f #0)))"),
    ("(log (mul a b))", "(add (log a) (log b))"),
    ("(sqrt (pow a (nat 2)))", "a"),
    ("(inv (add a b))", "(add (inv a) (inv b))"),
    ("(pow a (nat 2))", "a"),
]


@pytest.mark.parametrize("left, right", EQUAL)
def test_equal_at_any_depth(left, right):
    assert same(term(left), term(right))


@pytest.mark.parametrize("left, right", UNEQUAL)
def test_atoms_stay_opaque(left, right):
    assert not same(term(left), term(right))


def test_the_atoms_of_a_term():
    assert set(atoms(term("(add (mul a (exp b)) (pow c (nat 3)) 2)"))) == {
        term("a"), term("(exp b)"), term("c"),
    }  # fmt: skip


def test_an_expansion_is_given_up():
    with pytest.raises(TooLarge):
        canonical(term("(pow (add a b c x y z) (nat 40))"))
    with pytest.raises(TooLarge):
        canonical(term("(pow (add a b) (nat 1000000000))"))
