"""Order and equality from facts in scope; each proof is of what was asked."""

from __future__ import annotations

import pytest
from search.terms import context, prover, term

REAL = ("(fin a)", "(fin b)", "(fin c)")
PROVED = [
    ("(le a (add a 1))", REAL),
    ("(not (le (add a 1) a))", REAL),
    ("(le a c)", (*REAL, "(le a b)", "(le b c)")),
    ("(not (le c a))", (*REAL, "(not (le b a))", "(le b c)")),
    ("(le (mul 2 a) (add b c))", (*REAL, "(le a b)", "(le a c)")),
    ("(eq a 0)", (*REAL, "(eq (add a b) b)")),
    ("(eq (add a c) (add b c))", (*REAL, "(eq a b)")),
    ("(le 0 (pow a (nat 2)))", REAL),
    ("(le (iv p) 1)", ()),
    ("(le 0 (iv p))", ()),
    ("(le 0 (exp a))", REAL),
    ("(le a inf)", ()),
    ("(not (eq a 0))", ("(not (le a 0))",)),
    ("(fin a)", ("(le 0 a)", "(not (le inf a))")),
    ("(le (mul c a) (mul c b))", (*REAL, "(le a b)", "(le 0 c)")),
    ("(le (mul 2 a b) (add (pow a (nat 2)) (pow b (nat 2))))", REAL),
    ("(le (mul a b) (add (pow a (nat 2)) (pow b (nat 2)) (pow c (nat 2))))", REAL),
    ("(le (mul 2 a) (add 1 (pow a (nat 2))))", REAL),
    ("(le (abs (add a b)) 2)", (*REAL, "(le (abs a) 1)", "(le (abs b) 1)")),
    ("(eq (mul (iv p) (iv p)) (iv p))", ()),
    ("(eq (iv (not p)) (add 1 (mul -1 (iv p))))", ()),
    ("(eq (iv (and (app A w) (app B w))) (min (iv (app A w)) (iv (app B w))))", ()),
    ("(le (iv (or p q)) (add (iv p) (iv q)))", ()),
    ("(or (not (le a 1)) (not (le b 1)))", (*REAL, "(not (le (add a b) 2))")),
    ("(eq (le a b) (or (not (le b a)) (eq a b)))", ()),
    ("(imp (le 2 a) (not (le a 1)))", REAL),
]
UNPROVED = [
    ("(le (mul 2 a b) (add (pow a (nat 2)) (pow b (nat 2))))", ()),
    ("(le (mul 2 a) (pow a (nat 2)))", REAL),
    ("(le (mul 3 a b) (add (pow a (nat 2)) (pow b (nat 2))))", REAL),
    ("(le (abs (add a b)) 1)", (*REAL, "(le (abs a) 1)", "(le (abs b) 1)")),
    ("(eq (mul (iv p) (iv q)) (iv p))", ()),
    ("(eq (iv (and p q)) (max (iv p) (iv q)))", ()),
    ("(or (not (le a 1)) (not (le b 1)))", (*REAL, "(not (le (add a b) 1))")),
    ("(eq (le a b) (not (le b a)))", ()),
    ("(imp (le 1 a) (not (le a 2)))", ()),
    ("(not (le (add a 1) a))", ()),
    ("(not (le (add a 1) a))", ("(le 0 a)",)),
    ("(le a b)", REAL),
    ("(not (le b a))", (*REAL, "(le a b)")),
    ("(le c a)", (*REAL, "(le a b)", "(le b c)")),
    ("(eq a b)", (*REAL, "(le a b)")),
    ("(eq a b)", ("(eq (add a c) (add b c))", "(le 0 a)", "(le 0 b)", "(le 0 c)")),
    ("(le (mul c a) (mul c b))", (*REAL, "(le a b)")),
    ("(le 1 (iv p))", ()),
    ("(fin a)", ("(le 0 a)",)),
    ("(not (eq a 0))", (*REAL, "(le 0 a)")),
    ("(le 0 a)", (*REAL, "(le 0 (pow a (nat 2)))")),
    ("(le (inv b) (inv a))", (*REAL, "(le a b)")),
]


@pytest.mark.parametrize("goal, facts", PROVED)
def test_proved(goal, facts):
    proof = prover().prove(term(goal), context(*facts))
    assert proof is not None
    assert proof.prop is term(goal)


@pytest.mark.parametrize("goal, facts", UNPROVED)
def test_not_proved(goal, facts):
    """None of these follows."""
    assert prover().prove(term(goal), context(*facts)) is None
