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
from derive.kernel.term import MAX_BITS, App, Nat, Num, Term, mk, mk_num

MAX_MONOMIALS, MAX_PRODUCT, MAX_EXPONENT = 2_000, 40_000, 64
ZERO = mk_num(0)

Monomial = tuple  # of (atom number, exponent ≠ 0), sorted
Poly = dict  # monomial -> nonzero Fraction


class Ring:
    """Polynomials over atoms, with the facts (`fin a`, `0 ≤ a`, `a ≠ 0`) that license laws."""

    def __init__(self, facts: list[Term]) -> None:
        self.atoms: dict[Term, int] = {}
        self.divisors: dict[int, Poly] = {}
        self.finite, self.nonnegative, self.nonzero = set(), set(), set()
        for fact in facts:
            match fact:
                case App(head="fin", args=(term,)):
                    self.finite.add(term)
                case App(head="le", args=(low, term)) if low is ZERO:
                    self.nonnegative.add(term)
                case App(head="not", args=(App(head="eq", args=(term, zero)),)) if zero is ZERO:
                    self.nonzero.add(term)
                case App(head="not", args=(App(head="le", args=(term, zero)),)) if zero is ZERO:
                    self.nonzero.add(term)
                    self.nonnegative.add(term)

    def poly(self, term: Term) -> Poly:
        """The polynomial of `term`; refuses what the facts do not license."""
        match term:
            case Num():
                return {(): term.value} if term.value else {}
            case App(head="add"):
                return self._sound(_total(*map(self.poly, term.args)))
            case App(head="mul"):
                return self._product(map(self.poly, term.args))
            case App(head="pow", args=(base, Nat(value=exponent))):
                require(exponent <= MAX_EXPONENT, Reason.TOO_LARGE, "an exponent")
                return self._product([self.poly(base)] * exponent)
            case App(head="pow", args=(base, App(head="nadd", args=parts))):
                return self._product(self.poly(mk("pow", base, part)) for part in parts)
            case App(head="inv", args=(base,)) if self._speaks_of(base):
                return self._inverse(term, base)
            case App(head="ofnat", args=(App(head="nadd" | "nmul" as head, args=parts),)):
                return self.poly(mk(head.removeprefix("n"), *[mk("ofnat", p) for p in parts]))
        return self._atom(term)

    def _atom(self, term: Term) -> Poly:
        licensed = term in self.finite or term in self.nonnegative
        require(licensed, Reason.NOT_FINITE, "an atom that is not known to be finite or ≥ 0")
        return {((self.atoms.setdefault(term, len(self.atoms)), 1),): Fraction(1)}

    def _product(self, factors: Iterable[Poly]) -> Poly:
        out: Poly = {(): Fraction(1)}
        for factor in factors:
            out = self._sound(_times(out, factor))
        return out

    def _inverse(self, term: Term, base: Term) -> Poly:
        """A Laurent monomial if the base is an invertible one, else an atom with a denominator."""
        poly = self.poly(base)
        if len(poly) == 1 and self._all(next(iter(poly)), self.nonzero & self.finite):
            ((monomial, coefficient),) = poly.items()
            return {tuple((a, -e) for a, e in monomial): 1 / coefficient}
        if base in self.nonzero and all(self._all(m, self.finite) for m in poly):
            self.finite.add(term)
            self.divisors[self.atoms.setdefault(term, len(self.atoms))] = poly
        return self._atom(term)

    def _speaks_of(self, base: Term) -> bool:
        """Whether the facts say that `base`, or each factor of it, is not zero."""
        match base:
            case Num(value=value):
                return value != 0
            case App(head="mul", args=parts) | App(head="pow", args=(*parts, _)):
                return base in self.nonzero or all(map(self._speaks_of, parts))
        return base in self.nonzero

    def _all(self, monomial: Monomial, kind: set[Term]) -> bool:
        names = list(self.atoms)
        return all(names[a] in kind for a, _ in monomial)

    def _sound(self, poly: Poly) -> Poly:
        """`poly`, if each possibly infinite monomial is positive with nonnegative atoms."""
        for monomial, coefficient in poly.items():
            small = all(abs(exponent) <= MAX_EXPONENT for _, exponent in monomial)
            require(small, Reason.TOO_LARGE, "an exponent")
            safe = coefficient > 0 and self._all(monomial, self.nonnegative)
            require(safe or self._all(monomial, self.finite), Reason.NOT_FINITE, "∞ - ∞ or 0 · ∞")
        return poly

    def difference(self, left: Term, right: Term) -> Poly:
        """`left - right` without equal possibly infinite parts, times its nonzero denominators."""
        out = _total(self.poly(left), {m: -c for m, c in self.poly(right).items()})
        require(all(self._all(m, self.finite) for m in out), Reason.NOT_POLYNOMIAL)
        for number, divisor in reversed(self.divisors.items()):
            out = _cleared(out, number, divisor)
        return out

    def equal(self, left: Term, right: Term) -> bool:
        """Whether the two terms are equal as polynomials."""
        return not self.difference(left, right)


def _total(*polys: Poly) -> Poly:
    """The sum, without zero coefficients, within the bounds."""
    out: Poly = {}
    for monomial, coefficient in chain.from_iterable(poly.items() for poly in polys):
        spend()
        value = out.pop(monomial, 0) + coefficient
        if value:
            bits = value.numerator.bit_length() + value.denominator.bit_length()
            require(bits <= MAX_BITS, Reason.TOO_LARGE, "a coefficient")
            out[monomial] = value
    require(len(out) <= MAX_MONOMIALS, Reason.TOO_LARGE, "too many monomials")
    return out


def _times(left: Poly, right: Poly) -> Poly:
    require(len(left) * len(right) <= MAX_PRODUCT, Reason.TOO_LARGE, "too many monomials")
    return _total(*({_joined(m, n): a * b} for m, a in left.items() for n, b in right.items()))


def _joined(first: Monomial, second: Monomial) -> Monomial:
    powers = dict(first)
    for atom, exponent in second:
        powers[atom] = powers.get(atom, 0) + exponent
    return tuple(sorted(power for power in powers.items() if power[1]))


def _cleared(poly: Poly, number: int, divisor: Poly) -> Poly:
    """`poly` times a power of the nonzero `divisor`, whose inverse is the atom `number`."""
    top = max((e for m in poly for a, e in m if a == number), default=0)
    out: Poly = {}
    for monomial, coefficient in poly.items():
        part: Poly = {tuple((a, e) for a, e in monomial if a != number): coefficient}
        for _ in range(top - dict(monomial).get(number, 0)):
            part = _times(part, divisor)
        out = _total(out, part)
    return out
