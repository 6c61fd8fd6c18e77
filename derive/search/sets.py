"""Propositional goals: Boolean reasoning with the hypotheses that speak of the same sets."""

from __future__ import annotations

from derive.kernel.boolean import is_tautology
from derive.kernel.refusal import Rejected
from derive.kernel.sort import PROP
from derive.kernel.term import App, Free, Lam, Term
from derive.search.proof import Proof, boolean, discharge, hyp, mp, spec

MAX_FACTS = 24


def decides(goal: Term, facts: list[Term]) -> bool:
    """Whether the kernel's Boolean procedure proves the goal; a refusal counts as no."""
    try:
        return is_tautology(goal, facts)
    except Rejected:
        return False


def by_boolean(goal: Term, context) -> Proof | None:
    """The goal from nothing or from facts in scope, as few as dropping one by one leaves."""
    if decides(goal, []):
        return boolean(goal, [])
    return closed_by(goal, relevant(goal, context))


def closed_by(goal: Term, facts: list[Proof]) -> Proof | None:
    """The goal from some facts, as few of them as dropping one by one leaves."""
    if not facts or not _together(goal, facts):
        return None
    chosen = list(facts)
    for fact in facts:
        fewer = [f for f in chosen if f is not fact]
        if decides(goal, [f.prop for f in fewer]):
            chosen = fewer
    return boolean(goal, chosen) if decides(goal, [f.prop for f in chosen]) else None


def _together(goal: Term, facts: list[Proof]) -> bool:
    while facts:
        try:
            return is_tautology(goal, [f.prop for f in facts])
        except Rejected:
            facts.pop()
    return False


def relevant(goal: Term, context) -> list[Proof]:
    """Propositional facts in scope, universal ones at the goal's points, nearest symbols first."""
    points = [f for f in sorted(goal.frees, key=lambda t: t.name) if "·" in f.name]
    points += [
        f
        for f in sorted(goal.frees, key=lambda t: t.name)
        if isinstance(f.sort, str) and f.sort != "num" and f not in points
    ]
    mine = _letters(goal)
    scored: list[tuple] = []
    for fact in context.all_facts():
        for instance in _at_points(fact, points):
            local = (
                bool(instance.prop.frees)
                and instance.prop.frees <= goal.frees
                and not _letters(instance.prop)
            )
            shared = len(_letters(instance.prop) & mine) + local
            if shared and _propositional(instance.prop):
                scored.append((-shared, len(scored), instance))
    scored.sort(key=lambda s: s[:2])
    return [s[2] for s in scored[:MAX_FACTS]]


def _letters(prop: Term) -> set[Term]:
    return {f for f in prop.frees if isinstance(f, Free) and "·" not in f.name}


def _at_points(fact: Proof, points: list[Term], depth: int = 0) -> list[Proof]:
    prop = fact.prop
    if isinstance(prop, App) and prop.head == "all" and isinstance(prop.args[0], Lam) and depth < 5:
        domain = prop.args[0].domain
        out: list[Proof] = [fact] if depth == 0 else []
        for point in points:
            if point.sort == domain:
                out += _at_points(spec(fact, point), points, depth + 1)
        return out
    if (
        isinstance(prop, App)
        and prop.head == "imp"
        and isinstance(prop.args[1], App)
        and prop.args[1].head == "all"
    ):
        guard = prop.args[0]
        below = _at_points(mp(fact, hyp(guard)), points, depth + 1)
        return [discharge(guard, instance) for instance in below]
    return [fact]


def _propositional(prop: Term) -> bool:
    """Whether Boolean reasoning can see into a fact."""
    if not isinstance(prop, App) or prop.sort != PROP:
        return False
    if prop.head in (
        "fin",
        "measurable",
        "mset",
        "integrable",
        "probability",
        "finite_measure",
        "sigma_finite",
        "has_integral",
        "ae",
    ):
        return False
    return prop.head not in ("all",) or isinstance(prop.args[0], Lam)
