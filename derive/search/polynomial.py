"""Polynomials over opaque atoms, for finding only: the kernel's `ring` asks for licences.

`canonical(t)` is a normal form of a whole term, inside binders too: two terms with one canonical
form are equal by algebra if the licences can be proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.kernel.term import App, Lam, Nat, Num, Term, mk, mk_lam, mk_nat, mk_num

LIMIT = 1_500
MAX_KNOWN = 100_000
RING = frozenset(("add", "mul", "pow", "inv"))
Poly = dict  # tuple of (atom, exponent), sorted -> Fraction or int, not 0


class TooLarge(Exception):
    """An expansion was given up."""


def _order(pair: tuple) -> tuple:
    return pair[0].key


def is_ring(term: Term) -> bool:
    """Whether `ring` looks inside."""
    return isinstance(term, Num) or (
        isinstance(term, App)
        and (
            term.head in RING
            or (
                term.head == "ofnat"
                and isinstance(term.args[0], App)
                and term.args[0].head in ("nadd", "nmul")
            )
        )
    )


def add(left: Poly, right: Poly, scale: Fraction | int = 1) -> Poly:
    """left + scale · right."""
    out = dict(left)
    for monomial, coefficient in right.items():
        value = out.get(monomial, 0) + scale * coefficient
        if value:
            out[monomial] = value
        else:
            out.pop(monomial, None)
    return out


def times(left: Poly, right: Poly) -> Poly:
    """The product."""
    if len(left) * len(right) > LIMIT * 10:
        raise TooLarge
    out: Poly = {}
    for first, a in left.items():
        for second, b in right.items():
            monomial = _joined(first, second)
            value = out.get(monomial, 0) + a * b
            if value:
                out[monomial] = value
            else:
                out.pop(monomial, None)
    if len(out) > LIMIT:
        raise TooLarge
    return out


def _joined(first: tuple, second: tuple) -> tuple:
    """The product of two monomials."""
    if not first or not second:
        return first or second
    exponents = dict(first)
    for atom, exponent in second:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return tuple(sorted(((k, e) for k, e in exponents.items() if e), key=_order))


def _literal(value: Fraction) -> Fraction | int:
    """A whole number as an int, with which Python reckons faster."""
    return value.numerator if value.denominator == 1 else value


class Expander:
    """Polynomials of terms; `atom` maps each opaque part; `divide` allows 1/a to be a⁻¹."""

    def __init__(self, atom=lambda t: t, divide: bool = True) -> None:
        self.atom, self.divide = atom, divide
        self.inverses: dict[Term, Poly] = {}

    def poly(self, term: Term) -> Poly:
        """The polynomial of a numeric term."""
        if isinstance(term, Num):
            return {(): _literal(term.value)} if term.value else {}
        if isinstance(term, App):
            if term.head == "add":
                return self._sum(term.args)
            if term.head == "mul":
                return self._product(term.args)
            if term.head == "pow":
                return self._power(*term.args)
            if term.head == "inv":
                if term not in self.inverses:
                    self.inverses[term] = self._inverse(term)
                return self.inverses[term]
            if term.head == "ofnat" and is_ring(term):
                inner = term.args[0]
                parts = [mk("ofnat", a) for a in inner.args]
                return self._sum(parts) if inner.head == "nadd" else self._product(parts)
        return {((self.atom(term), 1),): 1}

    def _sum(self, terms: Iterable[Term]) -> Poly:
        out: Poly = {}
        for term in terms:
            for monomial, coefficient in self.poly(term).items():
                value = out.get(monomial, 0) + coefficient
                if value:
                    out[monomial] = value
                else:
                    del out[monomial]
        return out

    def _product(self, terms: Iterable[Term]) -> Poly:
        out: Poly = {(): 1}
        for term in terms:
            out = times(out, self.poly(term))
        return out

    def _power(self, base: Term, exponent: Term) -> Poly:
        out: Poly = {(): 1}
        if isinstance(exponent, Nat):
            if exponent.value > 64:
                raise TooLarge
            poly = self.poly(base)
            for _ in range(exponent.value):
                out = times(out, poly)
            return out
        if isinstance(exponent, App) and exponent.head == "nadd":
            for part in exponent.args:
                out = times(out, self._power(base, part))
            return out
        return {((self.atom(mk("pow", base, exponent)), 1),): 1}

    def _inverse(self, term: Term) -> Poly:
        if not self.divide:
            return {((self.atom(term), 1),): 1}
        poly = self.poly(term.args[0])
        if len(poly) == 1:
            ((monomial, coefficient),) = poly.items()
            return {tuple((a, -e) for a, e in monomial): _literal(1 / Fraction(coefficient))}
        if not poly:
            return {((term, 1),): 1}
        return {((mk("inv", rebuilt(poly)), 1),): 1}


def rebuilt(poly: Poly) -> Term:
    """The term of a polynomial."""
    parts = []
    for monomial, coefficient in poly.items():
        factors = [mk_num(coefficient)] if coefficient != 1 or not monomial else []
        for atom, exponent in monomial:
            power = atom if abs(exponent) == 1 else mk("pow", atom, mk_nat(abs(exponent)))
            factors.append(power if exponent > 0 else mk("inv", power))
        parts.append(mk("mul", *factors))
    return mk("add", *parts) if parts else mk_num(0)


_CANONICAL: dict[Term, Term] = {}


def canonical(term: Term) -> Term:
    """The normal form under algebra; raises `TooLarge`."""
    found = _CANONICAL.get(term)
    if found is None:
        if is_ring(term):
            found = rebuilt(Expander(canonical).poly(term))
        elif isinstance(term, Lam):
            found = mk_lam(term.domain, canonical(term.body))
        elif isinstance(term, App) and term.args:
            found = mk(term.head, *map(canonical, term.args))
        else:
            found = term
        if len(_CANONICAL) >= MAX_KNOWN:
            _CANONICAL.clear()
        _CANONICAL[term] = found
    return found


def atoms(term: Term) -> list[Term]:
    """The opaque parts of a numeric term that `ring` sees, each once, inverses as they stand."""
    found: dict[Term, None] = {}
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Num):
            continue
        if isinstance(part, App) and part.head in ("add", "mul", "inv"):
            stack.extend(part.args)
        elif isinstance(part, App) and part.head == "pow":
            if isinstance(part.args[1], (Nat,)) or (
                isinstance(part.args[1], App) and part.args[1].head == "nadd"
            ):
                stack.append(part.args[0])
                if not isinstance(part.args[1], Nat):
                    for piece in part.args[1].args:
                        if not isinstance(piece, Nat):
                            found[mk("pow", part.args[0], piece)] = None
            else:
                found[part] = None
        elif is_ring(part):
            stack.extend(mk("ofnat", a) for a in part.args[0].args)
        else:
            found[part] = None
    return list(found)


def inverted(term: Term) -> list[Term]:
    """The `inv` parts that ring sees."""
    found: dict[Term, None] = {}
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, App):
            if part.head == "inv":
                found[part] = None
            if part.head in ("add", "mul", "inv"):
                stack.extend(part.args)
            elif part.head == "pow":
                stack.append(part.args[0])
    return list(found)


def folded(term: Term) -> Term:
    """The term with literals computed, and 0 and 1 left out of sums and products."""
    if isinstance(term, App) and term.head in ("pow", "inv"):
        return _folded_power(term)
    if not (isinstance(term, App) and term.head in ("add", "mul")):
        return term
    parts = [folded(a) for a in term.args]
    literals = [p.value for p in parts if isinstance(p, Num)]
    others = [p for p in parts if not isinstance(p, Num)]
    unit = 0 if term.head == "add" else 1
    plain = not literals or (len(literals) == 1 and literals[0] != unit)
    if plain and others and all(p is a for p, a in zip(parts, term.args, strict=True)):
        return term
    value = Fraction(unit)
    for literal in literals:
        value = value + literal if term.head == "add" else value * literal
    if not others:
        return mk_num(value)
    return mk(term.head, *others) if value == unit else mk(term.head, mk_num(value), *others)


def _folded_power(term: App) -> Term:
    base = folded(term.args[0])
    if isinstance(base, Num):
        if term.head == "inv" and base.value:
            return mk_num(1 / base.value)
        if term.head == "pow" and isinstance(term.args[1], Nat) and term.args[1].value <= 16:
            return mk_num(base.value ** term.args[1].value)
    return mk(term.head, base, *term.args[1:])
