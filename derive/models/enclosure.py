"""Rational bounds of exp, log and √ at rational arguments, and factors of whole numbers."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from derive.models.outcome import Undecided

_CONTEXT = Context(prec=70)
_MARGIN = Fraction(1, 10**50)
Bounds = tuple[Fraction, Fraction]
"""The ends of an interval that encloses a number."""


def squarefree(number: int) -> tuple[int, int]:
    """(outside, inside) with √number = outside · √inside."""
    whole = isqrt(number)
    if whole * whole == number:
        return whole, 1
    outside, inside = 1, 1
    for prime, power in factors(number):
        outside *= prime ** (power // 2)
        inside *= prime ** (power % 2)
    return outside, inside


@lru_cache(maxsize=100_000)
def factors(number: int) -> tuple[tuple[int, int], ...]:
    """Factors with their powers; a large rest is left as one factor."""
    found = []
    divisor = 2
    while divisor * divisor <= number and divisor < 2000:
        power = 0
        while number % divisor == 0:
            number //= divisor
            power += 1
        if power:
            found.append((divisor, power))
        divisor += 1
    return (*found, (number, 1)) if number > 1 else tuple(found)


def enclose(kind: str, low: Fraction, high: Fraction) -> Bounds:
    """An enclosure of exp, inv, sqrt or log of the numbers in an interval."""
    if kind == "exp":
        return exp_bounds(low, high)
    if low <= 0 <= high or (low < 0 and kind != "inv"):
        raise Undecided
    if kind == "inv":
        return 1 / high, 1 / low
    step = _CONTEXT.sqrt if kind == "sqrt" else _CONTEXT.ln
    return around(Fraction(step(decimal(low))))[0], around(Fraction(step(decimal(high))))[1]


def exp_bounds(low: Fraction, high: Fraction) -> Bounds:
    """An enclosure of exp of the numbers in an interval."""
    if max(abs(low), abs(high)) > 1000:
        raise Undecided("exponent too large")
    return around(Fraction(_CONTEXT.exp(decimal(low))))[0], around(
        Fraction(_CONTEXT.exp(decimal(high)))
    )[1]


def decimal(value: Fraction) -> Decimal:
    """A rational number to 70 digits."""
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def around(value: Fraction) -> Bounds:
    """An enclosure that covers the rounding of the argument and of the result."""
    margin = max(abs(value), Fraction(1)) * _MARGIN
    return (value - margin if value < 0 or value > margin else Fraction(0)), value + margin


def times(left: Bounds, right: Bounds) -> Bounds:
    """An enclosure of the products of numbers in two enclosures."""
    corners = [a * b for a in left for b in right]
    return min(corners), max(corners)
