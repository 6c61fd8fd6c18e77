"""Set algebra at one generic point, with the hypotheses that speak of the same sets."""

from __future__ import annotations

import pytest
from search.terms import context, term

from derive.search.sets import by_boolean, decides

AT = {name: f"(app {name} w)" for name in "ABC"}


def at(text: str) -> str:
    """Core text with A, B, C standing for membership of w."""
    return "".join(AT.get(c, c) for c in text)


VALID = [
    ("(eq (and A B) (and B A))", ()),
    ("(eq (and A (or B C)) (or (and A B) (and A C)))", ()),
    ("(eq (not (and A B)) (or (not A) (not B)))", ()),
    ("(imp (and A B) A)", ()),
    ("(eq (and A B) A)", ("(all (lam 𝒳 (imp (app A #0) (app B #0))))",)),
    ("(imp A C)", ("(all (lam 𝒳 (imp (app A #0) (app B #0))))", "(all (lam 𝒳 (imp (app B #0) (app C #0))))")),
    ("(eq (and A B) false)", ("(all (lam 𝒳 (eq (and (app A #0) (app B #0)) false)))",)),
]  # fmt: skip
INVALID = [
    ("(eq (or A B) (and A B))", ()),
    ("(imp A B)", ()),
    ("(imp A (and A B))", ()),
    ("(imp B A)", ("(all (lam 𝒳 (imp (app A #0) (app B #0))))",)),
    ("(eq (and A C) false)", ("(all (lam 𝒳 (eq (and (app A #0) (app B #0)) false)))",)),
    ("(imp A B)", ("(app C w)",)),
]


@pytest.mark.parametrize("goal, facts", VALID)
def test_proved(goal, facts):
    proof = by_boolean(term(at(goal)), context(*facts))
    assert proof is not None
    assert proof.prop is term(at(goal))


@pytest.mark.parametrize("goal, facts", INVALID)
def test_not_proved(goal, facts):
    assert by_boolean(term(at(goal)), context(*facts)) is None


def test_too_many_sets_are_a_no_and_not_an_error():
    many = " ".join(f"(le {i} x)" for i in range(40))
    assert not decides(term(f"(imp (or {many}) (le 0 y))"), [])


def test_only_the_facts_that_are_needed_are_used():
    needed = "(all (lam 𝒳 (imp (app A #0) (app B #0))))"
    proof = by_boolean(
        term(at("(imp A B)")), context(needed, "(all (lam 𝒳 (imp (app B #0) (app C #0))))")
    )
    assert len(proof.parts) == 1
