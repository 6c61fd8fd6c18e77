"""Real numbers that are not rational: sums of q · e^r · √n · logs, exact as far as the form goes.

Two numbers with the same form are equal; two with different forms are compared by interval bounds.
When the bounds meet, the comparison is `Undecided`. No answer rests on a rounded number.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import TypeVar

from derive.models.enclosure import enclose, factors, squarefree, times
from derive.models.outcome import Undecided

_GRID = 2**200
Atom = TypeVar("Atom", bound=Hashable)
MAX_TERMS = 60

Powers = tuple[tuple[Atom, int], ...]
Logs = Powers[int]
"""Primes with the powers of their logarithms."""
Opaque = Powers[tuple[str, frozenset["tuple[Mono, Fraction]"]]]
"""Functions (their name, the terms of their argument) that have no better form, with powers."""
Mono = tuple[Fraction, int, Logs, Opaque]
"""The exponent of e, the number under the root, the logarithms, what is opaque."""
Terms = dict[Mono, Fraction]

UNIT: Mono = (Fraction(0), 1, (), ())


class Real:
    """A finite sum of rational multiples of monomials, not itself rational by its form."""

    __slots__ = ("bounds", "terms")

    def __init__(self, terms: Terms) -> None:
        self.terms = frozenset(terms.items())
        self.bounds: tuple[Fraction, Fraction] | None = None

    def interval(self) -> tuple[Fraction, Fraction]:
        """Rational numbers that enclose this one."""
        if self.bounds is None:
            low = high = Fraction(0)
            for mono, factor in self.terms:
                a, b = _bounds(mono)
                low, high = (
                    (low + factor * a, high + factor * b)
                    if factor > 0
                    else (low + factor * b, high + factor * a)
                )
            self.bounds = (
                Fraction((low * _GRID).__floor__(), _GRID),
                Fraction((high * _GRID).__ceil__(), _GRID),
            )
        return self.bounds

    def _compare(self, other: object) -> int:
        """-1, 0 or 1."""
        if isinstance(other, float):
            return -1 if other > 0 else 1
        if isinstance(other, Real):
            if other.terms == self.terms:
                return 0
            difference = add_real(self, mul_real(other, -1))
            return (
                difference._compare(0)
                if isinstance(difference, Real)
                else (difference > 0) - (difference < 0)
            )
        if not isinstance(other, (int, Fraction)):
            raise Undecided
        low, high = self.interval()
        if high < other:
            return -1
        if low > other:
            return 1
        raise Undecided(f"{float(low)} or {other}")

    def __eq__(self, other: object) -> bool:
        return self._compare(other) == 0

    def __lt__(self, other: object) -> bool:
        return self._compare(other) < 0

    def __le__(self, other: object) -> bool:
        return self._compare(other) <= 0

    def __gt__(self, other: object) -> bool:
        return self._compare(other) > 0

    def __ge__(self, other: object) -> bool:
        return self._compare(other) >= 0

    def __hash__(self) -> int:
        return hash(self.terms)

    def __repr__(self) -> str:
        return f"{float(self.interval()[0]):.6g}…"


Finite = int | Fraction | Real


def _terms(value: Finite) -> Terms:
    if isinstance(value, Real):
        return dict(value.terms)
    return {UNIT: Fraction(value)} if value else {}


def _made(terms: Terms) -> Finite:
    terms = {mono: factor for mono, factor in terms.items() if factor}
    if len(terms) > MAX_TERMS:
        raise Undecided
    if not terms:
        return 0
    if len(terms) == 1 and UNIT in terms:
        return terms[UNIT]
    return Real(terms)


def add_real(left: Finite, right: Finite) -> Finite:
    """The sum of two finite numbers."""
    terms = _terms(left)
    for mono, factor in _terms(right).items():
        terms[mono] = terms.get(mono, 0) + factor
    return _made(terms)


def mul_real(left: Finite, right: Finite) -> Finite:
    """The product of two finite numbers."""
    terms: Terms = {}
    for (e, n, logs, opaque), p in _terms(left).items():
        for (f, k, more, others), q in _terms(right).items():
            shared = gcd(n, k)
            mono = (
                e + f,
                (n // shared) * (k // shared),
                _merge(logs, more),
                _merge(opaque, others),
            )
            terms[mono] = terms.get(mono, 0) + p * q * shared
    return _made(terms)


def _merge(left: Powers[Atom], right: Powers[Atom]) -> Powers[Atom]:
    if not left or not right:
        return left or right
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(
        sorted(
            ((a, p) for a, p in powers.items() if p),
            key=lambda item: (str(type(item[0])), hash(item[0])),
        )
    )


def _single(value: Finite) -> tuple[Mono, Fraction] | None:
    """The one monomial of a value with its factor, if it has one, no logs and nothing opaque."""
    terms = _terms(value)
    if len(terms) == 1:
        mono, factor = next(iter(terms.items()))
        if not mono[2] and not mono[3]:
            return mono, factor
    return None


def _opaque(kind: str, value: Finite) -> Finite:
    key = (kind, value.terms if isinstance(value, Real) else frozenset(_terms(value).items()))
    return Real({(Fraction(0), 1, (), ((key, 1),)): Fraction(1)})


def inv_real(value: Finite) -> Finite:
    """1/value, for a value other than zero."""
    if not isinstance(value, Real):
        return 1 / Fraction(value)
    single = _single(value)
    if single is None:
        return _opaque("inv", value)
    (e, n, _, _), factor = single
    return _made({(-e, n, (), ()): 1 / (factor * n)})


def sqrt_real(value: Finite) -> Finite:
    """The root of a positive number."""
    single = _single(value)
    if single is None or single[0][1] != 1:
        return _opaque("sqrt", value)
    (e, _, _, _), factor = single
    return _made(
        {
            (e / 2, *squarefree(factor.numerator * factor.denominator)[1:], (), ()): Fraction(
                squarefree(factor.numerator * factor.denominator)[0], factor.denominator
            )
        }
    )


def log_real(value: Finite) -> Finite:
    """The logarithm of a positive number."""
    single = _single(value)
    if single is None:
        return _opaque("log", value)
    (e, n, _, _), factor = single
    total: Finite = e
    for number, sign in (
        (factor.numerator, Fraction(1)),
        (factor.denominator, Fraction(-1)),
        (n, Fraction(1, 2)),
    ):
        for prime, power in factors(number):
            total = add_real(total, Real({(Fraction(0), 1, ((prime, 1),), ()): sign * power}))
    return total


def exp_real(value: Finite) -> Finite:
    """e to a finite power."""
    e, number, root = Fraction(0), Fraction(1), 1
    for (exponent, n, logs, opaque), factor in _terms(value).items():
        if (exponent, n, logs, opaque) == UNIT:
            e = factor
        elif (
            exponent == 0
            and n == 1
            and not opaque
            and len(logs) == 1
            and logs[0][1] == 1
            and (2 * factor).denominator == 1
            and abs(factor) < 20
        ):
            whole = factor.__floor__()
            number *= Fraction(logs[0][0]) ** whole
            root *= 1 if whole == factor else logs[0][0]
        else:
            return _opaque("exp", value)
    if abs(e) > 500:
        raise Undecided("exponent too large")
    return _made({(e, root, (), ()): number})


@lru_cache(maxsize=100_000)
def _bounds(mono: Mono) -> tuple[Fraction, Fraction]:
    """An enclosure of a monomial."""
    e, n, logs, opaque = mono
    out = (Fraction(1), Fraction(1))
    if e:
        out = times(out, enclose("exp", e, e))
    if n != 1:
        out = times(out, enclose("sqrt", Fraction(n), Fraction(n)))
    for prime, power in logs:
        for _ in range(power):
            out = times(out, enclose("log", Fraction(prime), Fraction(prime)))
    for (kind, terms), power in opaque:
        low, high = Real(dict(terms)).interval()
        if power < 0:
            raise Undecided
        for _ in range(power):
            out = times(out, enclose(kind, low, high))
    return out
