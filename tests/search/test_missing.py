"""What is listed as missing: about the user's own objects, minimal, and enough."""

from __future__ import annotations

import pytest

import derive

CASES = [
    ("X : random variable", "E[2 X]", "= 2 E[X]", "linearity", {"X integrable"}),
    ("X, Y : random variable", "E[X + Y]", "= E[X] + E[Y]", "linearity", {"X integrable", "Y integrable"}),
    ("X, Y : random variable, integrable", "E[X]", "≤ E[Y]", "monotonicity", {"X ≤ Y"}),
    ("x : real", "x/x", "= 1", "algebra", {"x ≠ 0"}),
    ("x : real", "√(x²)", "= x", "algebra", {"x ≥ 0"}),
    ("x : real", "exp(log(x))", "= x", "algebra", {"x > 0"}),
    ("A, B : event", "P(A)", "≤ P(B)", "monotonicity", {"A ⊆ B"}),
    ("A, B : event", "P(A ∪ B)", "= P(A) + P(B)", "finite_additivity", {"A ∩ B = ∅"}),
    ("A : event; B : subset of Ω", "P(A ∩ B)", "≤ P(A)", "monotonicity", {"B event"}),
    ("X : random variable, integrable", "P(X ≥ 3)", "≤ E[X]/3", "markov", {"X ≥ 0"}),
    ("μ : measure on 𝒳; A : event in 𝒳", "μ(Aᶜ)", "= μ(𝒳) - μ(A)", "measure_compl", {"μ(A) < ∞"}),
]  # fmt: skip


def step(givens: list[str], left: str, right: str, reason: str):
    """The report of a derivation's one step."""
    lines = [f"given {g}" for g in givens]
    report = derive.check("\n".join([*lines, left, f"  {right}   by {reason}"]) + "\n")
    (answer,) = report.files[0].items[0].steps
    return answer


@pytest.mark.parametrize("givens, left, right, reason, conditions", CASES)
def test_the_conditions(givens, left, right, reason, conditions):
    answer = step(givens.split("; "), left, right, reason)
    assert answer.verdict in ("missing", "refuted")
    assert set(answer.missing) == conditions


@pytest.mark.parametrize("givens, left, right, reason, conditions", CASES)
def test_with_them_it_is_checked(givens, left, right, reason, conditions):
    answer = step([*givens.split("; "), *sorted(conditions)], left, right, reason)
    assert answer.verdict == "checked"


@pytest.mark.parametrize(
    "givens, left, right, reason, conditions", [c for c in CASES if len(c[4]) > 1]
)
def test_none_of_them_is_idle(givens, left, right, reason, conditions):
    for one in sorted(conditions):
        answer = step([*givens.split("; "), *sorted(conditions - {one})], left, right, reason)
        assert answer.missing == (one,)
