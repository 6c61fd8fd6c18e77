"""Finiteness and signs from facts about parts: true for all extended reals and all junk."""

from __future__ import annotations

import math
from contextlib import suppress
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.kernel import LETTERS, rejection, term, terms

from derive.kernel import step
from derive.kernel.refusal import Reason, Rejected
from derive.kernel.ring import Ring
from derive.kernel.sign import ABOVE, BELOW, FINITE, NONNEGATIVE, NONZERO, POSITIVE, Signs, claim
from derive.kernel.term import App, Num, mk, mk_nat, mk_num

FIN = "(fin a) (fin b) (fin c)"


@pytest.mark.parametrize(
    "goal, facts, holds",
    [
        ("(fin (add a b))",                  FIN,                       True),
        ("(fin (add a b))",                  "(fin a)",                 False),
        ("(fin (mul 2 a (pow b n)))",        FIN,                       True),
        ("(fin (exp a))",                    FIN,                       False),
        ("(fin (add 1 (exp a)))",            "(fin (exp a))",           True),
        ("(fin (inv a))",                    "(fin a)",                 False),
        ("(fin (inv a))",                    "(not (eq a 0))",          False),
        ("(fin (inv a))",                    "(fin a) (not (eq a 0))",  True),
        ("(not (le (inv a) 0))",             "(fin a) (not (le a 0))",  True),
        ("(not (le (inv a) 0))",             "(not (le a 0))",          False),
        ("(le 0 (mul a b))",                 "(le 0 a) (le 0 b)",       True),
        ("(le 0 (mul a b))",                 FIN,                       False),
        ("(le 0 (pow a (nat 2)))",           "(fin a)",                 True),
        ("(le 0 (pow a (nat 2)))",           "",                        False),
        ("(le 0 (pow a (nat 3)))",           "(fin a)",                 False),
        ("(not (eq (pow a (nat 2)) 0))",     "(not (eq a 0))",          False),
        ("(not (eq (mul a b) 0))",           "(not (eq a 0)) (not (eq b 0))", False),
        ("(not (eq (mul a b) 0))",           FIN + "(not (eq a 0)) (not (eq b 0))", True),
        ("(not (le (add a b) 0))",           "(le 0 a) (not (le b 0))", True),
        ("(not (le (add a b) 0))",           "(fin a) (not (le b 0))",  False),
        ("(not (eq (add a b) 0))",           FIN + "(not (eq a 0)) (not (eq b 0))", False),
        ("(not (le (add a b) (mul -1 inf)))", "(fin a) (le 0 b)",       True),
        ("(not (le inf (add a b)))",         "(fin a) (le 0 b)",        False),
        ("(not (le inf (add a b)))",         "(fin a) (not (le inf b))", True),
        ("(not (le inf (mul a b)))",         "(not (le inf a)) (not (le inf b))", False),
        ("(or (fin a) (le 0 a))",            "(le 0 a)",                True),
        ("(and (fin a) (le 0 a))",           "(le 0 a)",                False),
        ("(or (and (fin a) (fin b)) (and (le 0 a) (le 0 b)))", "(fin a) (le 0 b)", False),
        ("(le 0 (ofnat n))",                 "",                        True),
        ("(fin inf)",                        "",                        False),
        ("(le 1 a)",                         "(le 1 a)",                False),
        ("(fin (mul 0 inf))",                "",                        False),
    ],
)  # fmt: skip
def test_claims(goal, facts, holds):
    assert Signs(terms(facts)).hold(term(goal)) is holds


def test_the_step_carries_its_facts():
    facts = [step.hypothesis(fact) for fact in terms("(fin a) (fin b)")]
    made = step.numeral(term("(fin (add a b))"), facts)
    assert made.hypotheses == set(terms("(fin a) (fin b)"))
    assert rejection(Reason.NOT_FINITE, step.numeral, term("(fin (add a c))"), facts)


# ---- every property that is inferred holds, whatever the undefined operations are


a, b, n = (LETTERS[letter] for letter in "abn")
VALUES = [-math.inf, Fraction(-2), Fraction(-1, 2), Fraction(0), Fraction(1, 2), Fraction(3)]
VALUES += [math.inf]
JUNK = st.sampled_from(VALUES)
TERMS = st.recursive(
    st.sampled_from([a, b, mk("ofnat", n), mk("pow", mk_num(2), n), mk("inf")])
    | st.sampled_from([mk_num(-1), mk_num(0), mk_num(2)]),
    lambda parts: (
        st.builds(lambda s, t: mk("add", s, t), parts, parts)
        | st.builds(lambda s, t: mk("mul", s, t), parts, parts)
        | st.builds(lambda s: mk("inv", s), parts)
        | st.builds(lambda s, k: mk("pow", s, mk_nat(k)), parts, st.integers(0, 3))
    ),
    max_leaves=6,
)
HAS = {
    FINITE: lambda v: abs(v) < math.inf,
    NONNEGATIVE: lambda v: v >= 0,
    NONZERO: lambda v: v != 0,
    ABOVE: lambda v: v > -math.inf,
    BELOW: lambda v: v < math.inf,
    POSITIVE: lambda v: v > 0,
}
FACTS = terms(
    " ".join(
        f"(fin {x}) (le 0 {x}) (not (eq {x} 0)) (not (le {x} 0)) (not (le inf {x}))"
        f" (not (le {x} (mul -1 inf)))"
        for x in "ab"
    )
)


def value(t, letters, junk):
    """The value of a term; `junk` where an operation is not defined."""
    if isinstance(t, Num):
        return t.value
    if not isinstance(t, App):
        return letters[t]
    if t.head == "inf":
        return math.inf
    if t.head == "pow":
        exponent = letters[n] if t.args[1] is n else t.args[1].value
        return _power(value(t.args[0], letters, junk), exponent, junk)
    if t.head == "ofnat":
        return Fraction(letters[n])
    parts = [value(p, letters, junk) for p in t.args]
    finite = all(abs(p) < math.inf for p in parts)
    if t.head == "inv":
        return 1 / parts[0] if finite and parts[0] else junk
    if t.head == "add":
        return junk if {math.inf, -math.inf} <= set(parts) else sum(parts)
    if not finite and any(p < 0 for p in parts):
        return junk
    return Fraction(0) if 0 in parts else math.prod(parts)


def _power(base, exponent, junk):
    if base == -math.inf:
        return junk
    return base**exponent if abs(base) < math.inf else (base if exponent else Fraction(1))


@given(TERMS, st.sets(st.sampled_from(FACTS)), JUNK)
def test_no_property_is_wrong(t, facts, junk):
    known = Signs(facts).of(t)
    for letters in EVERY:
        if all(HAS[bits](letters[u]) for u, bits in map(claim, facts)):
            found = value(t, letters, junk)
            assert all(has(found) for bits, has in HAS.items() if known & bits == bits), found


EVERY = [{a: one, b: two, n: k} for one, two in product(VALUES, VALUES) for k in (0, 1, 2)]


@given(TERMS, TERMS, st.sampled_from(["eq", "le"]), st.booleans(), JUNK)
def test_no_numeral_step_is_wrong(left, right, head, positive, junk):
    goal = mk(head, left, right) if positive else mk("not", mk(head, left, right))
    try:
        step.numeral(goal)
    except Rejected:
        return
    for letters in EVERY:
        one, two = value(left, letters, junk), value(right, letters, junk)
        assert ((one == two) if head == "eq" else (one <= two)) is positive


def ring_equality(left, right, facts, junk):
    """Where `ring` says that two terms are equal, they are."""
    if Ring(facts).equal(left, right):
        for letters in EVERY:
            if all(HAS[bits](letters[u]) for u, bits in map(claim, facts)):
                assert value(left, letters, junk) == value(right, letters, junk)


@given(TERMS, TERMS, st.sets(st.sampled_from(FACTS)), JUNK)
def test_no_ring_step_is_wrong(left, right, facts, junk):
    sums = [(left, right), (mk("add", left, right, mk("mul", mk_num(-1), right)), left)]
    sums += [(mk("mul", left, right, mk("inv", right)), left)]
    sums += [
        (
            mk("mul", left, mk("add", right, a)),
            mk("add", mk("mul", left, right), mk("mul", left, a)),
        )
    ]
    for one, two in sums:
        with suppress(Rejected):
            ring_equality(one, two, facts, junk)
