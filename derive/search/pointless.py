"""Clauses about values at a point, as clauses about the values themselves."""

from __future__ import annotations

from derive.kernel.sort import Sort
from derive.kernel.term import (
    App,
    Lam,
    Meta,
    Term,
    mk,
    mk_bound,
    mk_lam,
    mk_meta,
    mk_nat,
    shift,
)
from derive.search.clause import Clause
from derive.search.proof import Proof


def pointless(clause: Clause) -> Clause:
    """A clause about values `f(x)` at a point x that stands nowhere else, as one about the values.

    `1_A(x) · 1_B(x)` for any A, B, x is `1{p} · 1{q}` for any propositions: A is then the constant
    set of p over the natural numbers, and x is 0. Likewise `A_n` at x is a proposition about n.
    """
    terms = (*clause.premises, clause.conclusion)
    for point, sort in clause.metas.items():
        if isinstance(sort, str) and sort.startswith("'"):
            letters = _letters_at(point, terms)
            if letters:
                return _value_clause(clause, point, sort, letters)
    return clause


def _at_point(term: Term, point: str) -> Meta | None:
    """The letter f of a term `f(…)(x)` whose last argument is the point."""
    if not (isinstance(term, App) and term.head == "app" and term.sort in ("num", "prop")):
        return None
    head, last = term.args
    while isinstance(head, App) and head.head == "app":
        head = head.args[0]
    return (
        head if isinstance(head, Meta) and isinstance(last, Meta) and last.name == point else None
    )


def _letters_at(point: str, terms: tuple) -> dict[str, Sort] | None:
    """The letters that are applied to the point; None if it or one of them stands elsewhere too."""
    applied: dict[str, Sort] = {}
    alone: set[str] = set()
    stack = list(terms)
    while stack:
        part = stack.pop()
        letter = _at_point(part, point)
        if letter is not None:
            applied[letter.name] = letter.sort
            inner = part.args[0]
            while isinstance(inner, App):
                stack.append(inner.args[1])
                inner = inner.args[0]
        elif isinstance(part, Meta):
            alone.add(part.name)
        elif isinstance(part, App):
            stack.extend(part.args)
        elif isinstance(part, Lam):
            stack.append(part.body)
    return applied if applied and not alone & {point, *applied} else None


def _without_last(sort: Sort) -> Sort:
    """The sort of f(…) read as a function of all its arguments but the last."""
    _, domain, target = sort
    return (
        target
        if not isinstance(target, tuple) or target[0] != "fn"
        else ("fn", domain, _without_last(target))
    )


def _value_clause(clause: Clause, point: str, space: str, letters: dict[str, Sort]) -> Clause:
    own = {name: mk_meta(name, _without_last(sort)) for name, sort in letters.items()}
    metas = {n: s for n, s in clause.metas.items() if n != point} | {
        n: m.sort for n, m in own.items()
    }

    def lowered(term: Term) -> Term:
        letter = _at_point(term, point)
        if letter is not None:
            return _same_arguments(term.args[0], own[letter.name])
        if isinstance(term, App) and term.args:
            return mk(term.head, *map(lowered, term.args))
        return mk_lam(term.domain, lowered(term.body)) if isinstance(term, Lam) else term

    def build(found: dict, sorts: dict, proofs: list, prop: Term | None = None) -> Proof:
        values = {
            n: _constant_in_point(v, letters[n]) if n in letters else v for n, v in found.items()
        }
        return clause.build({**values, point: mk_nat(0)}, {**sorts, space: "nat"}, proofs, prop)

    premises = tuple(map(lowered, clause.premises))
    return Clause(clause.name, lowered(clause.conclusion), premises, metas, build, clause.rule)


def _same_arguments(applied: Term, letter: Term) -> Term:
    """`f(a)(b)` with another letter in the place of f."""
    if isinstance(applied, App) and applied.head == "app":
        return mk("app", _same_arguments(applied.args[0], letter), applied.args[1])
    return letter


def _constant_in_point(value: Term, sort: Sort) -> Term:
    """λ a …. λ x. value(a …): the value as a function that does not look at the point."""
    if not (isinstance(sort[2], tuple) and sort[2][0] == "fn"):
        return mk_lam("nat", shift(value, 1))
    domain = value.sort[1]
    return mk_lam(
        domain, _constant_in_point(mk("app", shift(value, 1), mk_bound(0, domain)), sort[2])
    )
