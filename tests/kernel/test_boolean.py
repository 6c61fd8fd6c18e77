"""Propositional reasoning: decided by truth tables, with quantifiers pulled apart."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.kernel import LETTERS, rejection, term, terms

from derive.kernel.boolean import is_tautology
from derive.kernel.refusal import Reason
from derive.kernel.term import mk


@pytest.mark.parametrize(
    "goal, facts, holds",
    [
        ("true",                                   "",                     True),
        ("false",                                  "",                     False),
        ("p",                                      "",                     False),
        ("p",                                      "p",                    True),
        ("(or p (not p))",                         "",                     True),
        ("(imp p q)",                              "(not p)",              True),
        ("q",                                      "(imp p q) p",          True),
        ("p",                                      "(imp p q) q",          False),
        ("(eq (and p q) (and q p))",               "",                     True),
        ("(eq p q)",                               "(imp p q) (imp q p)",  True),
        ("(eq p q)",                               "(imp p q)",            False),
        ("(le a a)",                               "",                     True),
        ("(eq n n)",                               "",                     True),
        ("(le a b)",                               "",                     False),
        ("(eq (not (all A)) (ex (lam Ω (not (app A #0)))))", "",           True),
        ("(imp (all A) (ex A))",                   "",                     False),
        ("(imp (app A ω) (ex A))",                 "",                     False),
        ("(eq (ex (lam Ω (and p (app A #0)))) (and p (ex A)))", "",        True),
        ("(eq (ex (lam Ω (or (app B #0) (app A #0)))) (or (ex B) (ex A)))", "", True),
        ("(eq (ex (lam Ω (and (app B #0) (app A #0)))) (and (ex B) (ex A)))", "", False),
        ("(eq (all (lam Ω (and (app B #0) (app A #0)))) (and (all B) (all A)))", "", True),
        ("(eq (all (lam Ω (or (app B #0) (app A #0)))) (or (all B) (all A)))", "", False),
        ("(eq (ex (lam nat (all (lam Ω (app (app D #1) #0))))) (all (lam Ω (ex (lam nat (app (app D #0) #1))))))", "", False),
        ("(ex (lam Ω p))",                         "p",                    True),
        ("(not (all (lam Ω (not (app A #0)))))",   "(ex A)",               True),
        ("(eq (fin a) (fin b))",                   "(eq a b)",             False),
    ],
)  # fmt: skip
def test_tautologies(goal, facts, holds):
    assert is_tautology(term(goal), terms(facts)) is holds


LETTER = st.sampled_from([LETTERS[n] for n in "pqr"])
PROPS = st.recursive(
    LETTER,
    lambda parts: (
        st.builds(lambda s: mk("not", s), parts)
        | st.builds(
            lambda h, s, t: mk(h, s, t), st.sampled_from(["and", "or", "imp", "eq"]), parts, parts
        )
    ),
    max_leaves=8,
)


def _true(prop, row):
    match getattr(prop, "head", None):
        case None:
            return row[prop.name]
        case "not":
            return not _true(prop.args[0], row)
        case "and":
            return all(_true(p, row) for p in prop.args)
        case "or":
            return any(_true(p, row) for p in prop.args)
        case "imp":
            return not _true(prop.args[0], row) or _true(prop.args[1], row)
    return _true(prop.args[0], row) == _true(prop.args[1], row)


@given(PROPS, PROPS)
def test_it_agrees_with_truth_tables(goal, fact):
    rows = [dict(zip("pqr", values, strict=True)) for values in product((True, False), repeat=3)]
    follows = all(_true(goal, row) for row in rows if _true(fact, row))
    assert is_tautology(goal, [fact]) is follows


def test_at_most_fourteen_atoms():
    many = [mk("fin", mk("add", LETTERS["a"], term(str(i)))) for i in range(15)]
    assert rejection(Reason.TOO_LARGE, is_tautology, mk("and", *many), [])
    assert is_tautology(mk("or", *many[:14]), [many[0]])
