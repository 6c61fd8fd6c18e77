"""Arithmetic on [-∞,∞] as the kernel has it: total, 0·∞ = 0, and -∞ absorbing in sums.

A number is an int, a Fraction, a `Real`, or ±∞ as a float (no other float occurs). The functions
here take finite tuples and never see a missing value: what is partial asks its caller for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf
from typing import TypeGuard, overload

from derive.models.outcome import Undecided
from derive.models.reals import (
    Finite,
    Real,
    add_real,
    exp_real,
    inv_real,
    log_real,
    mul_real,
    sqrt_real,
)

INF, NEG = inf, -inf
Number = Finite | float


def finite(value: Number) -> TypeGuard[Finite]:
    """Whether a number is neither ∞ nor -∞."""
    return not isinstance(value, float)


def literal(value: Fraction) -> Number:
    """A rational literal, as an int where it is one."""
    return value.numerator if value.denominator == 1 else value


def add(values: Iterable[Number]) -> Number:
    """A sum; -∞ absorbs."""
    total: Number = 0
    for value in values:
        if isinstance(total, float) or isinstance(value, float):
            total = NEG if NEG in (total, value) else INF
        elif isinstance(total, Real) or isinstance(value, Real):
            total = add_real(total, value)
        else:
            total = total + value
    return total


@overload
def mul(values: Iterable[Finite]) -> Finite: ...
@overload
def mul(values: Iterable[Number]) -> Number: ...
def mul(values: Iterable[Number]) -> Number:
    """A product; zero absorbs."""
    total: Number = 1
    values = list(values)
    if any(value == 0 for value in values if not isinstance(value, float)):
        return 0
    for value in values:
        if isinstance(total, float) or isinstance(value, float):
            total = INF if (total > 0) == (value > 0) else NEG
        elif isinstance(total, Real) or isinstance(value, Real):
            total = mul_real(total, value)
        else:
            total = total * value
    return total


def negative(value: Number) -> Number:
    """-value."""
    return mul((-1, value))


def absolute(value: Number) -> Number:
    """|value|."""
    return value if value >= 0 else negative(value)


@overload
def power(value: Finite, exponent: int) -> Finite: ...
@overload
def power(value: Number, exponent: int) -> Number: ...
def power(value: Number, exponent: int) -> Number:
    """A natural power of a number other than -∞."""
    if value == INF:
        return INF if exponent else 1
    if exponent > 40:
        raise Undecided
    return mul([value] * exponent)


def reciprocal(value: Finite) -> Number:
    """1/value for a value other than zero."""
    return inv_real(value)


def root(value: Number) -> Number:
    """√value for a value ≥ 0."""
    return value if isinstance(value, float) or value == 0 else sqrt_real(value)


def exponential(value: Number) -> Number:
    """e to the value, on all of [-∞,∞]."""
    if isinstance(value, float):
        return INF if value > 0 else 0
    return exp_real(value) if value != 0 else 1


def logarithm(value: Number) -> Number:
    """log of a value > 0."""
    return INF if isinstance(value, float) else log_real(value)


def real_power(base: Finite, exponent: Finite) -> Number:
    """base to the exponent, base > 0."""
    if isinstance(exponent, (int, Fraction)):
        whole = int(exponent)
        if whole == exponent and -40 <= whole <= 40:
            size = power(base, abs(whole))
            return size if whole >= 0 else reciprocal(size)
    return exponential(mul((exponent, logarithm(base))))


def show(value: Number) -> str:
    """A number as text."""
    if isinstance(value, float):
        return "∞" if value > 0 else "-∞"
    return str(value)
