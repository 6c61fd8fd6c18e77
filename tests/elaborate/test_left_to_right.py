"""`/`, `√` and products side by side are read from left to right (rulings L3, L4)."""

from __future__ import annotations

import pytest
from elaborate.cases import item_of


def term(text):
    item = item_of(f"theorem t\ngiven n, a, b, x, y : real\nshow {text} = 0\n")
    assert not item.errors
    return item.show


@pytest.mark.parametrize(
    "written,              meant",
    [
        ("1/n² (n x) / a²", "((1/n²) · (n · x)) / a²"),
        ("x / a (b)",       "(x / a) · b"),
        ("1/2 x",           "(1/2) · x"),
        ("1/n (x)",         "(1/n) · x"),
        ("x / a (b) (y)",   "((x / a) · b) · y"),
        ("√n (x - 1)",      "(√n) · (x - 1)"),
        ("a² (x)²",         "(a²) · (x²)"),
    ],
)  # fmt: skip
def test_one_factor_is_divided_by(written, meant):
    assert term(written) is term(meant)


@pytest.mark.parametrize(
    "written,         not_meant",
    [
        ("x / a (b)",  "x / (a · b)"),
        ("√n (x - 1)", "√(n · (x - 1))"),
        ("1/2 x",      "1 / (2 · x)"),
    ],
)  # fmt: skip
def test_and_not_by_what_follows(written, not_meant):
    assert term(written) is not term(not_meant)
