"""Rational functions of one variable n over an ordered field, ordered by their values for large n.

With rational coefficients they describe what happens "for all large n" to a sequence of endpoints,
heights and masses. With rational functions of x as coefficients they are rational functions of
two variables. All operations are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from derive.models.extended import INF, NEG

Coefficient = Any
"""An element of the field of coefficients: an int, a Fraction or a `Ratio`."""


class Ratio:
    """The quotient of two polynomials, given by their coefficients from n⁰ up."""

    __slots__ = ("above", "below")

    def __init__(self, above: Sequence[Coefficient], below: Sequence[Coefficient] = (1,)) -> None:
        self.above, self.below = trimmed(above), trimmed(below)
        if not self.below:
            raise ZeroDivisionError("a rational function with denominator 0")

    def __repr__(self) -> str:
        return f"Ratio({self.above}, {self.below})"

    def __add__(self, other: object) -> Ratio:
        right = ratio(other)
        cross = plus(times(self.above, right.below), times(right.above, self.below))
        return Ratio(cross, times(self.below, right.below))

    def __neg__(self) -> Ratio:
        return Ratio([-c for c in self.above], self.below)

    def __sub__(self, other: object) -> Ratio:
        return self + -ratio(other)

    def __mul__(self, other: object) -> Ratio:
        right = ratio(other)
        return Ratio(times(self.above, right.above), times(self.below, right.below))

    def __truediv__(self, other: object) -> Ratio:
        right = ratio(other)
        return Ratio(times(self.above, right.below), times(self.below, right.above))

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: object) -> Ratio:
        return ratio(other) - self

    def __rtruediv__(self, other: object) -> Ratio:
        return ratio(other) / self

    def __pow__(self, exponent: int) -> Ratio:
        out = Ratio((1,))
        for _ in range(abs(exponent)):
            out = out * self
        return out if exponent >= 0 else 1 / out

    def sign(self) -> int:
        """-1, 0 or 1: the sign for all large n."""
        if not self.above:
            return 0
        return 1 if (self.above[-1] > 0) == (self.below[-1] > 0) else -1

    def __eq__(self, other: object) -> bool:
        if isinstance(other, float):
            return False
        return not (self - other).above

    def __lt__(self, other: object) -> bool:
        return other == INF if isinstance(other, float) else (self - other).sign() < 0

    def __gt__(self, other: object) -> bool:
        return other == NEG if isinstance(other, float) else (self - other).sign() > 0

    def __le__(self, other: object) -> bool:
        return not self > other

    def __ge__(self, other: object) -> bool:
        return not self < other

    def __call__(self, point: Coefficient) -> Coefficient:
        """The value at a point, which may be a `Ratio` itself (a substitution)."""
        return value(self.above, point) / value(self.below, point)

    def limit(self) -> Coefficient | float:
        """The limit as n → ∞."""
        above, below = len(self.above), len(self.below)
        if above < below:
            return Fraction(0)
        if above == below:
            return self.above[-1] / (Fraction(1) * self.below[-1])
        return INF if self.sign() > 0 else NEG

    def derivative(self) -> Ratio:
        """The formal derivative, by the quotient rule."""
        rise = times(slope(self.above), self.below)
        fall = times(self.above, slope(self.below))
        return Ratio(plus(rise, [-c for c in fall]), times(self.below, self.below))


def ratio(number: object) -> Ratio:
    """A number as a constant, a `Ratio` as it is."""
    if isinstance(number, Ratio):
        return number
    if isinstance(number, (int, Fraction)):
        return Ratio((Fraction(number),))
    raise TypeError(f"no rational function: {number!r}")


def constant(number: Coefficient) -> Ratio:
    """An element of the field of coefficients as a constant: for coefficients that are `Ratio`s."""
    return Ratio((number,))


# ---- polynomials: coefficients from n⁰ up


def trimmed(coefficients: Sequence[Coefficient]) -> tuple[Coefficient, ...]:
    """Without leading zeros."""
    out = list(coefficients)
    while out and out[-1] == 0:
        out.pop()
    return tuple(out)


def plus(left: Sequence[Coefficient], right: Sequence[Coefficient]) -> list[Coefficient]:
    """The sum of two polynomials."""
    return [a + b for a, b in zip_longest(left, right, fillvalue=0)]


def times(left: Sequence[Coefficient], right: Sequence[Coefficient]) -> list[Coefficient]:
    """The product of two polynomials."""
    out: list[Coefficient] = [0] * max(0, len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            out[i + j] = out[i + j] + a * b
    return out


def slope(coefficients: Sequence[Coefficient]) -> list[Coefficient]:
    """The derivative of a polynomial."""
    return [k * c for k, c in enumerate(coefficients)][1:]


def value(coefficients: Sequence[Coefficient], point: Coefficient) -> Coefficient:
    """The value of a polynomial at a point, by Horner's rule."""
    total: Coefficient = Fraction(0)
    for coefficient in reversed(coefficients):
        total = total * point + coefficient
    return total


N = Ratio((0, 1))
"""The variable itself."""
