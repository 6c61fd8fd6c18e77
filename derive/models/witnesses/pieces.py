"""Functions on ℝ that are sums of powers on finitely many intervals, and their exact integrals.

Endpoints, heights and exponents are rational functions of n (`ratios`), so that one object is a
whole sequence, described for all large n; everything is exact. A function is 0 outside its pieces.
What happens at the endpoints themselves is left out: they are a null set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from derive.models.extended import INF, NEG
from derive.models.outcome import NoValue, Undecided
from derive.models.witnesses.ratios import Ratio, ratio

Bound = Ratio | float
"""An endpoint or a value for all large n: a rational function of n, or ±∞."""


def bound(number: Ratio | Fraction | float) -> Bound:
    """A number as an endpoint."""
    return number if isinstance(number, float) else ratio(number)


def limit(number: Bound) -> Fraction | float:
    """The limit of a value as n → ∞."""
    return number if isinstance(number, float) else number.limit()


@dataclass(frozen=True)
class Term:
    """height · x^exponent."""

    height: Ratio
    exponent: Ratio

    def sign(self, negative: bool) -> int:
        """The sign on the positive or the negative half-line."""
        odd = negative and _whole(self.exponent) % 2 == 1
        return -self.height.sign() if odd else self.height.sign()

    def integral(self, low: Bound, high: Bound) -> Bound:
        """∫ over (low, high), which lies on one side of 0; ±∞ if it diverges."""
        if self.exponent == -1:
            return self._logarithmic(low, high)
        power = self.exponent + 1
        ends = [self._primitive(end, power) for end in (low, high)]
        if not any(isinstance(end, float) for end in ends):
            return ends[1] - ends[0]
        return INF if self.sign(negative=high <= 0) > 0 else NEG

    def _primitive(self, end: Bound, power: Ratio) -> Bound:
        """height · end^power / power, or ±∞."""
        if isinstance(end, float) or end == 0:
            if (power.sign() > 0) == isinstance(end, float):
                return INF
            return ratio(0)
        return self.height / power * _power(end, power)

    def _logarithmic(self, low: Bound, high: Bound) -> Bound:
        """∫ height / x: infinite at 0 and at ±∞, a logarithm (not rational) elsewhere."""
        if any(isinstance(end, float) or end == 0 for end in (low, high)):
            return INF if self.sign(negative=high <= 0) > 0 else NEG
        raise Undecided("a logarithm")


def _whole(exponent: Ratio) -> int:
    """An exponent that is a whole number."""
    number = exponent.limit()
    if isinstance(number, float) or exponent != number or number.denominator != 1:
        raise Undecided("a power that is not rational")
    return number.numerator


def _power(base: Ratio, exponent: Ratio) -> Ratio:
    """A power that is a rational function: of 1, or with a whole exponent."""
    return ratio(1) if base == 1 else base ** _whole(exponent)


@dataclass(frozen=True)
class Piece:
    """A sum of powers on the interval (low, high)."""

    low: Bound
    high: Bound
    terms: tuple[Term, ...]

    def integral(self) -> Bound:
        """∫ of the piece; raises `Undecided` where infinite parts could cancel."""
        parts = [t.integral(self.low, self.high) for t in self.terms]
        infinite = [p for p in parts if isinstance(p, float)]
        if len(infinite) > 1 and len(set(infinite)) > 1:
            raise Undecided("∞ - ∞ inside a piece")
        return infinite[0] if infinite else sum(parts, ratio(0))


class Pieces:
    """A function by its pieces: disjoint intervals in increasing order, none with 0 inside.

    Each has at least one power whose height is not 0.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        kept = (Piece(p.low, p.high, _collected(p.terms)) for p in pieces if p.low < p.high)
        self.pieces = tuple(_split(p for p in kept if p.terms))
        for left, right in pairwise(self.pieces):
            if right.low < left.high:
                raise ValueError("the intervals overlap")

    def integral(self) -> Bound:
        """∫ f dλ for all large n; raises `NoValue` if both parts are infinite."""
        parts = [p.integral() for p in self.pieces]
        if INF in parts and NEG in parts:
            raise NoValue("the positive and the negative part both have the integral ∞")
        infinite = [p for p in parts if isinstance(p, float)]
        return infinite[0] if infinite else sum(parts, ratio(0))

    def limit(self) -> Pieces:
        """The limit of f_n(x) as n → ∞, for almost every fixed x."""
        out = []
        for piece in self.pieces:
            low, high = (bound(limit(end)) for end in (piece.low, piece.high))
            if low < high:
                out.append(Piece(low, high, _limit_terms(piece.terms, low, high)))
        return Pieces(out)

    def __add__(self, other: Pieces) -> Pieces:
        return Pieces(self._merged(other, lambda a, b: a + b))

    def __mul__(self, other: Pieces) -> Pieces:
        return Pieces(self._merged(other, _product))

    def __neg__(self) -> Pieces:
        return scaled(-1, self)

    def __sub__(self, other: Pieces) -> Pieces:
        return self + -other

    def __call__(self, index: Ratio | int) -> Pieces:
        """The function with another index in place of n."""

        def end_at(end: Bound) -> Bound:
            return end if isinstance(end, float) else at(end)

        def at(number: Ratio) -> Ratio:
            return ratio(number(index))

        return Pieces(
            Piece(
                end_at(p.low),
                end_at(p.high),
                tuple(Term(at(t.height), at(t.exponent)) for t in p.terms),
            )
            for p in self.pieces
        )

    def is_zero(self) -> bool:
        """Whether the function is 0 almost everywhere."""
        return not self.pieces

    def is_nonnegative(self) -> bool:
        """Whether every term is nonnegative on its piece."""
        return all(t.sign(p.high <= 0) >= 0 for p in self.pieces for t in p.terms)

    def _merged(
        self, other: Pieces, join: Callable[[tuple[Term, ...], tuple[Term, ...]], tuple[Term, ...]]
    ) -> Iterator[Piece]:
        ends: list[Bound] = []
        for piece in (*self.pieces, *other.pieces):
            ends += [e for e in (piece.low, piece.high) if not any(_same(e, old) for old in ends)]
        for low, high in pairwise(sorted(ends)):
            terms = join(self._on(low, high), other._on(low, high))
            if terms:
                yield Piece(low, high, terms)

    def _on(self, low: Bound, high: Bound) -> tuple[Term, ...]:
        """The terms on an interval that lies in one piece or outside all."""
        inside = (p for p in self.pieces if p.low <= low and high <= p.high)
        return next((p.terms for p in inside), ())


def _same(left: Bound, right: Bound) -> bool:
    return bool(left == right)


def _split(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Each piece cut at 0."""
    for p in pieces:
        if p.low < 0 < p.high:
            yield Piece(p.low, ratio(0), p.terms)
            yield Piece(ratio(0), p.high, p.terms)
        else:
            yield p


def _product(left: tuple[Term, ...], right: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(Term(a.height * b.height, a.exponent + b.exponent) for a in left for b in right)


def _collected(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Equal powers together, without those of height 0."""
    found: list[Term] = []
    for term in terms:
        twin = next((t for t in found if t.exponent == term.exponent), None)
        if twin is not None:
            found.remove(twin)
            term = Term(twin.height + term.height, term.exponent)
        found.append(term)
    return tuple(t for t in found if t.height != 0)


def _limit_terms(terms: tuple[Term, ...], low: Bound, high: Bound) -> tuple[Term, ...]:
    """The limits of the terms at a fixed x; height · x^n → 0 for 0 < x < 1."""
    out = []
    for term in terms:
        height, exponent = limit(term.height), limit(term.exponent)
        if exponent == INF and low >= 0 and high <= 1:
            continue
        if isinstance(exponent, float) or isinstance(height, float):
            raise Undecided("a limit that is not finite")
        out.append(Term(ratio(height), ratio(exponent)))
    return tuple(out)


def power(
    low: Ratio | Fraction | float,
    high: Ratio | Fraction | float,
    height: Ratio | Fraction | int = 1,
    exponent: Ratio | Fraction | int = 0,
) -> Pieces:
    """height · x^exponent on (low, high), 0 elsewhere; height · 1_(low,high) by default."""
    term = Term(ratio(height), ratio(exponent))
    return Pieces([Piece(bound(low), bound(high), (term,))])


def scaled(factor: Ratio | Fraction | int, function: Pieces) -> Pieces:
    """factor · function."""
    by = ratio(factor)
    return Pieces(
        Piece(p.low, p.high, tuple(Term(by * t.height, t.exponent) for t in p.terms))
        for p in function.pieces
    )


def length(low: Ratio | Fraction | float, high: Ratio | Fraction | float) -> Bound:
    """The Lebesgue measure of an interval for all large n."""
    return power(low, high).integral()
