"""Binders that look at some indices only: a sum at those summed over, a limit at n ≥ 1."""

from __future__ import annotations

from derive.kernel.term import App, Term, mk
from derive.kernel.value import ONE

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
