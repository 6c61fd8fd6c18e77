"""Numbers: [-∞,∞] as the kernel has it, and irrational ones with exact comparisons."""

from __future__ import annotations

from fractions import Fraction

import pytest
from models.scene import Scene

from derive.models.extended import (
    INF,
    NEG,
    add,
    exponential,
    logarithm,
    mul,
    power,
    real_power,
    reciprocal,
    root,
)
from derive.models.outcome import Undecided


@pytest.mark.parametrize(
    "values, total, product",
    [
        ((1, 2), 3, 2),
        ((INF, NEG), NEG, NEG),
        ((NEG, INF), NEG, NEG),
        ((INF, -1), INF, NEG),
        ((0, INF), INF, 0),
        ((NEG, 0), NEG, 0),
        ((NEG, NEG), NEG, INF),
        ((Fraction(1, 2), -2, INF), INF, NEG),
    ],
)
def test_sums_and_products(values, total, product):
    assert add(values) == total
    assert mul(values) == product


def test_powers():
    assert power(INF, 0) == 1
    assert power(0, 0) == 1
    assert power(INF, 2) == INF
    assert power(-2, 3) == -8


def test_exact_forms():
    two, three = 2, Fraction(3)
    assert root(4) == 2
    assert mul((root(two), root(three))) == root(6)
    assert mul((root(8), root(2))) == 4
    assert logarithm(6) == add((logarithm(2), logarithm(3)))
    assert logarithm(Fraction(1, 2)) == mul((-1, logarithm(2)))
    assert logarithm(root(2)) == mul((Fraction(1, 2), logarithm(2)))
    assert exponential(logarithm(3)) == 3
    assert logarithm(exponential(-2)) == -2
    assert mul((exponential(1), exponential(-1))) == 1
    assert reciprocal(exponential(2)) == exponential(-2)
    assert real_power(4, Fraction(1, 2)) == 2
    assert real_power(2, -2) == Fraction(1, 4)


def test_the_ends():
    assert exponential(NEG) == 0
    assert exponential(INF) == INF
    assert logarithm(INF) == INF
    assert root(INF) == INF


def test_comparisons_rest_on_bounds():
    assert exponential(1) > Fraction(2718281828, 10**9)
    assert exponential(1) < Fraction(2718281829, 10**9)
    assert root(2) != Fraction(141421356, 10**8)
    assert NEG < root(2) < INF
    assert exponential(exponential(1)) > 15
    assert logarithm(2) < root(2)


def test_what_bounds_cannot_tell_is_undecided():
    nearly = root(add((2, root(2))))
    with pytest.raises(Undecided):
        bool(mul((nearly, nearly)) == add((2, root(2))))


@pytest.mark.parametrize(
    "text,                               value",
    [
        ("(nmul (nat 2) (nat 3) (nat 4))", 24),
        ("(nfact (nat 0))",                1),
        ("(nfact (nat 5))",                120),
    ],
)  # fmt: skip
def test_naturals(text, value):
    assert Scene()(text) == value


def test_a_large_factorial_is_not_computed():
    with pytest.raises(Undecided):
        Scene()("(nfact (nat 31))")
