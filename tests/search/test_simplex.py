"""Multipliers: what is found adds up, and is found where it exists."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from derive.search.simplex import combination

ONE = ()
X, Y = ("x",), ("y",)


def row(**coefficients: int) -> dict:
    """A linear form; `c` is its constant."""
    names = {"x": X, "y": Y, "c": ONE}
    return {names[k]: Fraction(v) for k, v in coefficients.items() if v}


def test_two_facts_add_up():
    rows = [(row(x=1, y=-1), "le"), (row(y=1, c=-2), "le")]
    assert combination(row(x=1, c=-2), rows, strict=False) == [1, 1]


def test_a_constant_is_left_over():
    assert combination(row(x=1, c=5), [(row(x=1), "le")], strict=False) == [1]
    assert combination(row(x=1, c=-5), [(row(x=1), "le")], strict=False) is None


def test_exact_leaves_nothing_over():
    assert combination(row(x=1, c=5), [(row(x=1), "le")], strict=False, exact=True) is None
    assert combination(row(x=2), [(row(x=1), "eq")], strict=False, exact=True) == [2]


def test_an_equation_may_be_turned_round():
    assert combination(row(x=-3), [(row(x=1), "eq")], strict=False) == [-3]
    assert combination(row(x=-3), [(row(x=1), "le")], strict=False) is None


def test_strict_needs_a_strict_row_or_a_constant():
    assert combination(row(x=1), [(row(x=1), "le")], strict=True) is None
    assert combination(row(x=1), [(row(x=1), "lt")], strict=True) == [1]
    assert combination(row(x=1, c=1), [(row(x=1), "le")], strict=True) == [1]
    assert combination(row(), [(row(x=1), "le")], strict=True) is None


def test_facts_that_contradict_one_another_prove_anything():
    rows = [(row(x=1), "le"), (row(x=-1, c=-1), "le")]
    found = combination(row(c=-7), rows, strict=False)
    assert found is not None
    assert total(rows, found).get(ONE, 0) <= -7


def total(rows: list, multipliers: list[Fraction]) -> dict:
    """Σ mᵢ rowᵢ."""
    out: dict = {}
    for (form, _), m in zip(rows, multipliers, strict=True):
        for monomial, c in form.items():
            out[monomial] = out.get(monomial, Fraction(0)) + m * c
    return {k: v for k, v in out.items() if v}


COEFFICIENTS = st.integers(-3, 3)
ROWS = st.lists(
    st.tuples(
        st.builds(row, x=COEFFICIENTS, y=COEFFICIENTS, c=COEFFICIENTS), st.sampled_from(["le", "lt", "eq"])
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@given(ROWS, st.builds(row, x=COEFFICIENTS, y=COEFFICIENTS, c=COEFFICIENTS), st.booleans())
def test_what_is_found_is_right(rows, target, strict):
    found = combination(target, rows, strict)
    if found is None:
        return
    assert all(m >= 0 for m, (_, kind) in zip(found, rows, strict=True) if kind != "eq")
    summed = total(rows, found)
    rest = {k: target.get(k, 0) - summed.get(k, 0) for k in {*target, *summed}}
    assert all(v == 0 for k, v in rest.items() if k != ONE)
    left = rest.get(ONE, Fraction(0))
    assert left >= 0
    if strict:
        assert left > 0 or any(
            m > 0 and kind == "lt" for m, (_, kind) in zip(found, rows, strict=True)
        )


def test_nothing_is_a_combination_of_nothing():
    assert combination({}, [({}, "eq")], strict=False, exact=True) == [0]


@given(
    ROWS.filter(lambda rows: any(form for form, _ in rows)),
    st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
def test_what_exists_is_found(rows, multipliers):
    target = total(rows, [Fraction(m) for m in multipliers[: len(rows)]])
    assert combination(target, rows, strict=False, exact=True) is not None
