"""Equality of real expressions as Laurent polynomials with exact rational coefficients.

Atoms are opaque. A monomial whose atoms are all proved finite obeys field laws. A monomial with an
atom that may be infinite must, at every intermediate node, have a positive coefficient and only
atoms proved ≥ 0: then it is never cancelled, and [0,∞] with 0·∞ = 0 is a semiring (rulings S7).
An atom is inverted only if it is proved finite and nonzero.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain

from derive.kernel.refusal import Reason, require, spend
from derive.kernel.sign import FINITE, NONNEGATIVE, NONZERO, REGULAR, Signs
from derive.kernel.term import MAX_BITS, App, Nat, Num, Term, mk

MAX_MONOMIALS, MAX_PRODUCT, MAX_EXPONENT = 2_000, 40_000, 64
INVERTIBLE = FINITE | NONZERO

Monomial = tuple[tuple[int, int], ...]  # of (atom number, exponent ≠ 0), sorted
Poly = dict[Monomial, int | Fraction]  # with nonzero coefficients


class Ring:
    """Polynomials over atoms, with facts (`fin a`, `0 ≤ a`, `a ≠ 0`) that license laws."""

    def __init__(self, facts: list[Term], licence: int = REGULAR) -> None:
        """An atom needs one of the properties `licence`."""
        self.signs, self.licence = Signs(facts), licence
        self.atoms: dict[Term, int] = {}
        self.properties: list[int] = []
        self.divisors: dict[int, Poly] = {}

    def poly(self, term: Term) -> Poly:
        """The polynomial of `term`; refuses what the facts do not license."""
        match term:
            case Num(value=value):
                return {(): value.numerator if value.denominator == 1 else value} if value else {}
            case App(head="add"):
                return self._sound(
                    _total(chain.from_iterable(p.items() for p in map(self.poly, term.args)))
                )
            case App(head="mul"):
                return self._product(map(self.poly, term.args))
            case App(head="pow", args=(base, Nat(value=exponent))):
                require(exponent <= MAX_EXPONENT, Reason.TOO_LARGE, "an exponent")
                return self._product([self.poly(base)] * exponent)
            case App(head="pow", args=(base, App(head="nadd", args=parts))):
                return self._product(self.poly(mk("pow", base, part)) for part in parts)
            case App(head="inv", args=(base,)) if self.signs.of(base) & NONZERO:
                return self._inverse(term, self.poly(base))
            case App(head="ofnat", args=(App(head="nadd" | "nmul" as head, args=parts),)):
                return self.poly(mk(head[1:], *[mk("ofnat", p) for p in parts]))
        return self._atom(term)

    def _atom(self, term: Term) -> Poly:
        if term not in self.atoms:
            known = self.signs.of(term)
            require(
                known & self.licence != 0,
                Reason.NOT_FINITE,
                "an atom not known to be finite or ≥ 0",
            )
            self.atoms[term] = len(self.properties)
            self.properties.append(known)
        return {((self.atoms[term], 1),): 1}

    def _product(self, factors: Iterable[Poly]) -> Poly:
        out: Poly = {(): 1}
        for factor in factors:
            out = self._sound(_times(out, factor))
        return out

    def _inverse(self, term: Term, base: Poly) -> Poly:
        """A Laurent monomial if the nonzero base is one, else an atom with a denominator."""
        if len(base) == 1 and self._all(next(iter(base)), INVERTIBLE):
            ((monomial, coefficient),) = base.items()
            return {tuple([(a, -e) for a, e in monomial]): Fraction(1) / coefficient}
        made = self._atom(term)
        if self._finite(base):
            self.divisors[self.atoms[term]] = base
        return made

    def _all(self, monomial: Monomial, wanted: int) -> bool:
        return all(self.properties[a] & wanted == wanted for a, _ in monomial)

    def _finite(self, poly: Poly) -> bool:
        return all(self._all(monomial, FINITE) for monomial in poly)

    def _sound(self, poly: Poly) -> Poly:
        """`poly`, if each possibly infinite monomial is positive with nonnegative atoms."""
        for monomial, coefficient in poly.items():
            safe = self._all(monomial, FINITE)
            safe = safe or (coefficient > 0 and self._all(monomial, NONNEGATIVE))
            require(safe, Reason.NOT_FINITE, "∞ - ∞ or 0 · ∞")
        return poly

    def difference(self, left: Term, right: Term) -> Poly:
        """`left - right` without equal possibly infinite parts, times its nonzero denominators."""
        minus = [(m, -c) for m, c in self.poly(right).items()]
        out = _total(chain(self.poly(left).items(), minus))
        require(self._finite(out), Reason.NOT_POLYNOMIAL)
        for number, divisor in reversed(self.divisors.items()):
            out = _cleared(out, number, divisor)
        return out

    def equal(self, left: Term, right: Term) -> bool:
        """Whether the two terms are equal as polynomials."""
        return not self.difference(left, right)


def _total(parts: Iterable[tuple[Monomial, int | Fraction]]) -> Poly:
    """The sum of (monomial, coefficient) pairs, without zeros, within the bounds."""
    out: Poly = {}
    for monomial, coefficient in parts:
        value = out.pop(monomial, 0) + coefficient
        if value:
            out[monomial] = value
            bits = value.numerator.bit_length() + value.denominator.bit_length()
            require(bits <= MAX_BITS, Reason.TOO_LARGE, "a coefficient")
    spend(len(out))
    require(len(out) <= MAX_MONOMIALS, Reason.TOO_LARGE, "too many monomials")
    return out


def _times(left: Poly, right: Poly) -> Poly:
    pairs = len(left) * len(right)
    spend(pairs)
    require(pairs <= MAX_PRODUCT, Reason.TOO_LARGE, "too many monomials")
    return _total((_joined(m, n), a * b) for m, a in left.items() for n, b in right.items())


def _joined(first: Monomial, second: Monomial) -> Monomial:
    """The product of two monomials."""
    powers = dict(first)
    for atom, exponent in second:
        powers[atom] = exponent = powers.get(atom, 0) + exponent
        require(-MAX_EXPONENT <= exponent <= MAX_EXPONENT, Reason.TOO_LARGE, "an exponent")
    return tuple(sorted([power for power in powers.items() if power[1]]))


def _cleared(poly: Poly, number: int, divisor: Poly) -> Poly:
    """`poly` times a power of the nonzero `divisor`, whose inverse is the atom `number`."""
    top = max((e for m in poly for a, e in m if a == number), default=0)
    out: Poly = {}
    for monomial, coefficient in poly.items():
        part: Poly = {tuple([(a, e) for a, e in monomial if a != number]): coefficient}
        for _ in range(top - dict(monomial).get(number, 0)):
            part = _times(part, divisor)
        out = _total(chain(out.items(), part.items()))
    return out
