"""Integrals of rational functions by antiderivatives that are proved by differentiation.

An antiderivative is a rational function, or a multiple of arctan; its derivative is compared
exactly with the integrand. Coefficients may be rational functions of a second variable, so that
inner integrals of functions of two variables come out exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.models.extended import INF, NEG
from derive.models.outcome import Undecided
from derive.models.witnesses.ratios import Coefficient, N, Ratio


@dataclass(frozen=True, eq=False)
class MultipleOfPi:
    """factor · π."""

    factor: Fraction

    def __eq__(self, other: object) -> bool:
        if isinstance(other, MultipleOfPi):
            return self.factor == other.factor
        if isinstance(other, (int, Fraction)):  # π is irrational
            return self.factor == 0 == other
        return NotImplemented

    def __str__(self) -> str:
        above, below = self.factor.numerator, self.factor.denominator
        sign, size = "-" if above < 0 else "", abs(above)
        shown = "π" if size == 1 else f"{size}π"
        return f"{sign}{shown}" + (f"/{below}" if below > 1 else "") if above else "0"


def certified(rational: Ratio, integrand: Ratio) -> Ratio:
    """The antiderivative `rational`, if its derivative is the integrand."""
    if rational.derivative() != integrand:
        raise ValueError("not an antiderivative")
    return rational


def between(antiderivative: Ratio, low: Coefficient, high: Coefficient) -> Coefficient:
    """The difference of its values at two points at which it is continuous."""
    return antiderivative(high) - antiderivative(low)


def arctan_integral(
    integrand: Ratio, low: Fraction | float, high: Fraction | float
) -> MultipleOfPi:
    """∫ c/(1+x²) dx = c (arctan(high) - arctan(low)), for c rational and ends in {±∞, ±1, 0}."""
    factor = (integrand * (1 + N * N)).limit()
    if isinstance(factor, float) or integrand != factor / (1 + N * N):
        raise Undecided("not a multiple of 1/(1+x²)")
    return MultipleOfPi(factor * (_arctan(high) - _arctan(low)))


def _arctan(point: Fraction | float) -> Fraction:
    """arctan(point)/π."""
    table: dict[Fraction | float, Fraction] = {
        NEG: Fraction(-1, 2),
        -1: Fraction(-1, 4),
        0: Fraction(0),
        1: Fraction(1, 4),
        INF: Fraction(1, 2),
    }
    if point not in table:
        raise Undecided("arctan")
    return table[point]


def diverges_at_infinity(integrand: Ratio) -> bool:
    """Whether ∫ integrand = ∞ over (a,∞), because it exceeds a positive multiple of 1/x there."""
    height = (integrand * N).limit()
    return height > 0


def diverges_at_0(integrand: Ratio) -> bool:
    """Whether ∫ integrand = ∞ over (0,a): with x = 1/u it is an integral over (1/a,∞)."""
    return diverges_at_infinity(integrand(1 / N) / (N * N))
