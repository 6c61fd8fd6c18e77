"""Linear combinations of order facts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from samples.kernel import rejection, term, terms

from derive.kernel.linear import follows, gap
from derive.kernel.refusal import Reason

FIN = "(fin a) (fin b) (fin c)"


@pytest.mark.parametrize(
    "goal, facts, multipliers, licences, holds",
    [
        ("(le a b)",               "(le a b)",                  "1",    FIN, True),
        ("(le a b)",               "(le b a)",                  "1",    FIN, False),
        ("(le a c)",               "(le a b) (le b c)",         "1 1",  FIN, True),
        ("(not (le c a))",         "(le a b) (not (le c b))",   "1 1",  FIN, True),
        ("(not (le c a))",         "(le a b) (le b c)",         "1 1",  FIN, False),
        ("(not (le (add a 1) a))", "",                          "",     FIN, True),
        ("(not (le a a))",         "",                          "",     FIN, False),
        ("(le (mul 2 a) (mul 2 b))", "(le a b)",                "2",    FIN, True),
        ("(le (mul 2 a) (mul 2 b))", "(le a b)",                "1",    FIN, False),
        ("(le b a)",               "(eq a b)",                  "-1",   FIN, True),
        ("(eq a c)",               "(eq a b) (eq b c)",         "1 1",  FIN, True),
        ("(eq a b)",               "(le a b)",                  "1",    FIN, False),
        ("(le a b)",               "(not (le b a))",            "1",    FIN, True),
        ("(not (le b a))",         "(le a b) (not (le c b))",   "1 0",  FIN, False),
        ("(le 0 (inv (add a b)))", "",                          "",     FIN + "(not (eq (add a b) 0))", False),
        ("(le 0 (inv a))",         "",                          "",     FIN + "(not (eq a 0))", False),
        ("(le (inv a) (add 1 (inv a)))", "",                    "",     FIN + "(not (eq a 0))", True),
    ],
)  # fmt: skip
def test_follows(goal, facts, multipliers, licences, holds):
    numbers = [Fraction(m) for m in multipliers.split()]
    assert follows(term(goal), terms(facts), numbers, terms(licences)) is holds


@pytest.mark.parametrize(
    "goal, facts, multipliers, licences, reason",
    [
        ("(le b a)", "(le a b)", "-1",  FIN,                 Reason.NOT_LINEAR),
        ("(le a b)", "(le a b)", "1 1", FIN,                 Reason.BAD_RECORD),
        ("(le a b)", "(le a b)", "1",   "(fin a)",           Reason.NOT_FINITE),
        ("(le a b)", "(le a b)", "1",   "(le 0 a) (le 0 b)", Reason.NOT_FINITE),
        ("(le a b)", "(fin a)",  "1",   FIN,                 Reason.NOT_LINEAR),
        ("(fin a)",  "",         "",    FIN,                 Reason.NOT_LINEAR),
        ("(eq n m)", "",         "",    FIN,                 Reason.NOT_LINEAR),
    ],
)  # fmt: skip
def test_refusals(goal, facts, multipliers, licences, reason):
    numbers = [Fraction(m) for m in multipliers.split()]
    assert rejection(reason, follows, term(goal), terms(facts), numbers, terms(licences))


def test_gap():
    assert gap(term("(not (le a b))")) == (term("b"), term("a"), "lt")
