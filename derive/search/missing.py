"""Say what is missing: the unproved conditions of a step, minimised, and what would give them.

A condition about intermediate terms is traced back to a property of the user's own objects by
trying the properties that such objects can have; one is offered only if assuming it proves the
condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.kernel.refusal import Rejected
from derive.kernel.sort import PROP
from derive.kernel.term import App, Term, all_of, mk
from derive.kernel.value import obligations_of_all
from derive.search.candidates import candidates
from derive.search.clause import claim_of
from derive.search.context import Context
from derive.search.proof import Need

MAX_CANDIDATES = 80
GOALS = 300


@dataclass
class Missing:
    """Conditions to list, the condition each would serve, and the rule that asked."""

    conditions: list[Term]
    asked: list[tuple[Term, str]]


def explain(prover, open_needs: list[tuple[Term, str]], context: Context, item) -> Missing:
    """The smallest readable list of conditions that would prove all the open ones."""
    rest = _minimal(prover, open_needs, context)
    conditions: list[Term] = []
    here = context
    for prop, _ in rest:
        prover.fresh_budget(GOALS)
        if conditions and prover.prove(prop, here) is not None:
            continue
        chosen = _would_give(prover, prop, here, item)
        if chosen is None:
            chosen = [prop]
        elif _is_plain(prop):
            chosen = [*chosen, prop]
        for condition in chosen:
            if condition not in conditions:
                conditions.append(condition)
        here = context.assuming(conditions)
    return Missing(conditions, rest)


def closed(need: Need) -> Term:
    """The need as a closed proposition: binders above it become quantifiers."""
    return all_of([v for v in need.context.variables if v in need.prop.frees], need.prop)


def _minimal(
    prover, open_needs: list[tuple[Term, str]], context: Context
) -> list[tuple[Term, str]]:
    """Drop conditions that the others imply, the last first."""
    distinct: dict[Term, str] = {}
    for prop, rule in open_needs:
        distinct.setdefault(prop, rule)
    rest = list(distinct.items())
    for pair in list(reversed(rest)):
        others = [p for p, _ in rest if p is not pair[0]]
        if others:
            prover.fresh_budget(GOALS)
            if prover.prove(pair[0], context.assuming(others)) is not None:
                rest.remove(pair)
    return rest


def _is_plain(prop: Term) -> bool:
    """A condition that a user would recognise: an inequality, equation or inclusion."""
    prop = claim_of(prop)
    if not isinstance(prop, App):
        return False
    if prop.head == "not":
        prop = prop.args[0]
    return (
        isinstance(prop, App)
        and prop.head in ("le", "eq")
        and not any(a.sort == PROP for a in prop.args)
    )


def _would_give(prover, prop: Term, context: Context, item) -> list[Term] | None:
    tried = 0
    found = [c for c in candidates(prop, item) if not _denied(prover, c, context)]
    if prop in found:
        return [prop]
    for candidate in found:
        if candidate is prop or context.known(candidate) is not None:
            continue
        tried += 1
        if tried > MAX_CANDIDATES:
            break
        if _proves(prover, prop, context, [candidate]):
            return [candidate]
    strong = [c for c in found[:14] if context.known(c) is None and c is not prop]
    for i, first in enumerate(strong):
        for second in strong[i + 1 :]:
            if _proves(prover, prop, context, [first, second]):
                return [first, second]
    return None


def _denied(prover, candidate: Term, context: Context) -> bool:
    """Whether the hypotheses say the opposite."""
    prover.fresh_budget(60)
    return (
        isinstance(candidate, App)
        and candidate.head in ("le", "not")
        and prover.prove(mk("not", candidate), context) is not None
    )


def _proves(prover, prop: Term, context: Context, given: list[Term]) -> bool:
    prover.fresh_budget(GOALS)
    try:
        more = [*given, *obligations_of_all(tuple(given))]
        return prover.prove(prop, context.assuming(more)) is not None
    except Rejected:
        return False
