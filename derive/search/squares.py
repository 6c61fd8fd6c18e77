"""Squares whose sum may be what an inequality asks for: 2ab ≤ a² + b² because 0 ≤ (a - b)².

A quadratic form is positive exactly if completing squares, one letter after another, never meets a
negative coefficient; the squares met on the way are offered. If it fails, the form may still follow
from squares (u ± v)² and other facts. Nothing here is trusted: the kernel adds the squares up.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from derive.kernel.term import Term, mk, mk_nat
from derive.search.polynomial import Poly, add, rebuilt, times

MAX_BASIS = 6


def squares(target: Poly) -> list[Term]:
    """Numbers whose squares are worth adding up to reach a polynomial that should be ≥ 0."""
    basis = _basis(target)
    if not basis or len(basis) > MAX_BASIS:
        return []
    rest, found = dict(target), []
    for root in basis:
        coefficient = rest.get(_product(root, root), Fraction(0))
        if coefficient <= 0:
            continue
        line = {root: Fraction(1)}
        for other in basis:
            cross = rest.get(_product(root, other), Fraction(0))
            if other != root and cross:
                line[other] = cross / (2 * coefficient)
        found.append(line)
        rest = add(rest, times(line, line), -coefficient)
    if set(rest) - {()} or rest.get((), 0) < 0:
        for one, two in combinations(basis, 2):
            if target.get(_product(one, two)):
                found += [{one: Fraction(1), two: Fraction(s)} for s in (1, -1)]
    return [rebuilt(line) for line in found if line != {(): 1}]


def square(base: Term) -> Term:
    """base²."""
    return mk("pow", base, mk_nat(2))


def _basis(target: Poly) -> list[tuple]:
    """The monomials whose squares occur, and 1 if something is not of the second degree."""
    nonlinear = any(sum(abs(e) for _, e in m) > 1 for m in target)
    if not nonlinear:
        return []
    roots = [
        tuple((a, e // 2) for a, e in m) for m in target if m and all(e % 2 == 0 for _, e in m)
    ]
    products = {_product(a, b) for a, b in combinations(roots, 2)}
    linear = any(m in roots for m in target)
    rest = any(m not in products for m in target if not _even(m))
    return [*roots, ()] if roots and (linear or rest or () in target) else roots


def _even(monomial: tuple) -> bool:
    return all(e % 2 == 0 for _, e in monomial)


def _product(first: tuple, second: tuple) -> tuple:
    (monomial,) = times({first: Fraction(1)}, {second: Fraction(1)})
    return monomial
