"""The places of a term: its subterms with their binders opened, and equations put in there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Bound, Free, Lam, Meta, Num, Term, abstract, mk
from derive.search.context import Context
from derive.search.proof import (
    Proof,
    hole_for,
    inside,
)


def bare(side: Term) -> bool:
    """A side that matches anything: a letter, or a literal."""
    head = side
    while isinstance(head, App) and head.head == "app":
        head = head.args[0]
    return isinstance(head, (Meta, Num, Bound)) or (isinstance(side, App) and not side.args)


def parts_of(side: Term, sub: Term) -> Iterator[tuple[Term, list | None]]:
    """The subterm itself, and, for an AC pattern with k parts, each choice of k of its parts."""
    yield sub, None
    if (
        isinstance(side, App)
        and isinstance(sub, App)
        and side.head == sub.head
        and SYMBOLS[side.head].ac
    ):
        size = len(side.args)
        if size < len(sub.args) <= 8:
            for chosen in combinations(range(len(sub.args)), size):
                part = mk(side.head, *[sub.args[i] for i in chosen])
                yield part, [a for i, a in enumerate(sub.args) if i not in chosen]


def places(
    whole: Term, context: Context, variables: tuple = ()
) -> Iterator[tuple[Term, Context, tuple]]:
    """Every subterm, binders opened by fresh variables, outermost first."""
    if isinstance(whole, Lam):
        scope, variable = context.opened(whole.domain)
        yield from places(mk("app", whole, variable), scope, (*variables, variable))
        return
    if isinstance(whole, App):
        yield whole, context, variables
        for argument in whole.args:
            yield from places(argument, context, variables)
    elif isinstance(whole, Free):
        yield whole, context, variables


def put_at(whole: Term, sub: Term, variables: tuple, equation: Proof) -> Proof | None:
    """whole = whole' by an equation about a subterm whose binders were opened."""
    own = [v for v in variables if v in sub.frees]
    hole, applied = hole_for(own, sub.sort)
    marked = _mark(whole, sub, applied, variables, 0)
    if hole not in marked.frees:
        return None
    return inside(marked, hole, own, equation)


def _mark(term: Term, sub: Term, applied: Term, variables: tuple, level: int) -> Term:
    if term is sub:
        return applied
    if isinstance(term, Lam):
        if level >= len(variables) or variables[level].sort != term.domain:
            return term
        variable = variables[level]
        return abstract(
            _mark(mk("app", term, variable), sub, applied, variables, level + 1), variable
        )
    if isinstance(term, App) and term.args:
        return mk(term.head, *[_mark(a, sub, applied, variables, level) for a in term.args])
    return term


def distance(first: Term, second: Term) -> tuple:
    """How unlike two terms look: another head, then the difference of their sizes."""
    same = isinstance(first, App) and isinstance(second, App) and first.head == second.head
    return (not same, abs(first.size - second.size))
