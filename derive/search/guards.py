"""Binders that look at some indices only: a sum at those summed over, a limit at n ≥ 1."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.term import App, Term, abstract, mk
from derive.kernel.value import ONE
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.places import places, put_at
from derive.search.proof import Proof, discharge, gen, hypotheses, needs

OVER_A_SET = frozenset(("sum", "sup", "inff"))
LIMITS = frozenset(("lim", "limsup", "liminf"))
CONGRUENCES = (
    "sum_congr",
    "sum_range_congr",
    "sup_congr",
    "inf_congr",
    "lim_congr",
    "limsup_congr",
    "liminf_congr",
)
"""The rules by which terms that agree at the indices that count give the same value."""


def guard_of(head: str, parts: list[Term] | tuple, position: int, variable: Term) -> Term | None:
    """What is known of the variable of the function at a position; None where nothing is."""
    if head in OVER_A_SET and position == 1:
        return mk("app", parts[0], variable)
    if head in LIMITS and position == 0:
        return mk("le", ONE, mk("ofnat", variable))
    return None


def guarded_place(term: Term) -> int | None:
    """The position of the function of a term whose binder has a guard."""
    if isinstance(term, App) and term.head in OVER_A_SET:
        return 1
    return 0 if isinstance(term, App) and term.head in LIMITS else None


def congruent_where(
    engine, head: str, parts: list[Term], position: int, new: Term, context: Context, inner
) -> Proof | None:
    """Sums, extrema and limits agree if their terms do at every index that counts."""
    old = parts[position]
    scope, variable = context.opened(old.sort[1])
    guard = guard_of(head, parts, position, variable)
    if guard is None:
        return None
    equation = inner(mk("app", old, variable), mk("app", new, variable), scope.assuming([guard]))
    if equation is None or needs(equation):
        return None
    fact = gen(variable, discharge(guard, equation))
    changed = [new if i == position else p for i, p in enumerate(parts)]
    goal = mk("eq", mk(head, *parts), mk(head, *changed))
    return engine.library.congruent_almost(engine, goal, fact, context)


def rewrites_where(engine, whole: Term, context: Context, clauses: list[Clause]) -> Iterator[Proof]:
    """Rewriting of the terms of a sum, extremum or limit that holds where they count only."""
    for sub, scope, variables in places(whole, context):
        position = guarded_place(sub)
        if position is None:
            continue
        below, variable = scope.opened(sub.args[position].sort[1])
        guard = guard_of(sub.head, sub.args, position, variable)
        body = mk("app", sub.args[position], variable)
        for step in engine.rewrites(body, below.assuming([guard]), clauses):
            if guard in hypotheses(step) and not needs(step):
                equation = _lifted(engine, sub, position, variable, guard, step, scope)
                lifted = equation and put_at(whole, sub, variables, equation)
                if lifted is not None:
                    yield lifted


def _lifted(
    engine, sub: App, position: int, variable: Term, guard: Term, step: Proof, scope: Context
) -> Proof | None:
    new = abstract(step.prop.args[1], variable)
    changed = [new if i == position else p for i, p in enumerate(sub.args)]
    fact = gen(variable, discharge(guard, step))
    goal = mk("eq", sub, mk(sub.head, *changed))
    return engine.library.congruent_almost(engine, goal, fact, scope)
