"""Say what is missing: the unproved conditions of a step, minimised, and what would give them.

A condition about intermediate terms is traced back to a property of the user's own objects by
trying the properties that such objects can have; one is offered only if assuming it proves the
condition. What the others imply is not listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.kernel.letter import all_of
from derive.kernel.refusal import Rejected
from derive.kernel.sign import INFINITY, MINUS_INFINITY, ZERO
from derive.kernel.sort import PROP
from derive.kernel.term import App, Bound, Free, Lam, Num, Term, mk, mk_lam
from derive.kernel.value import obligations_of_all
from derive.search.candidates import candidates, dominations
from derive.search.clause import claim_of
from derive.search.context import Context
from derive.search.proof import Need

MAX_CANDIDATES = 80
GOALS = 300
VALUE = "value"


@dataclass
class Missing:
    """Conditions to list, the condition each would serve, and the rule that asked."""

    conditions: list[Term]
    asked: list[tuple[Term, str]]


def explain(
    prover,
    open_needs: list[tuple[Term, str]],
    context: Context,
    item,
    goal: Term,
    enough: Callable[[list[Term]], bool],
) -> Missing:
    """The smallest readable list of conditions that would prove all the open ones.

    `enough` says whether the step is checked once some conditions hold.
    """
    rest = _minimal(prover, open_needs, context)
    listed: dict[Term, bool] = {}  # whether a condition must stay: a premise in plain words
    here = context
    for prop, rule in rest:
        prover.fresh_budget(GOALS)
        if listed and prover.prove(prop, here) is not None:
            continue
        for condition, stays in _conditions_for(prover, prop, rule, here, item).items():
            listed[condition] = listed.get(condition, False) or stays
        here = context.assuming(list(listed))
    kept = _pruned(prover, listed, [p for p, _ in open_needs], context)
    if len(kept) < len(listed) and not enough(kept):
        kept = list(listed)
    for condition in [c for c in kept if _is_derived(c) and not listed[c]]:
        others = [c for c in kept if c is not condition]
        if others and enough(others):
            kept = others
    words = {c: _in_words_of(goal, prover, c, context) for c in kept}
    return Missing(list(dict.fromkeys(words.values())), rest)


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


def _pruned(prover, listed: dict[Term, bool], wanted: list[Term], context: Context) -> list[Term]:
    """Drop what the conditions found later make idle, the most derived first."""
    kept = list(listed)
    for condition in sorted(listed, key=_how_derived, reverse=True):
        others = [c for c in kept if c is not condition]
        if others and not listed[condition] and _prove_all(prover, wanted, context, others):
            kept = others
    return kept


def _is_derived(condition: Term) -> bool:
    """A claim about a computed number: what gives the number a value may make it needless."""
    if not isinstance(condition, App):
        return False
    relation = condition.args[0] if condition.head == "not" else condition
    return (
        isinstance(relation, App)
        and relation.head in ("fin", "le", "eq")
        and not all(map(_is_letter, relation.args))
    )


def _how_derived(condition: Term) -> tuple:
    return (_is_bound(condition), not _is_about_letters(condition), condition.size)


def _prove_all(prover, wanted: list[Term], context: Context, given: list[Term]) -> bool:
    """Whether conditions give all that is wanted; not by what else it takes to speak of them."""
    here = context.assuming(given)
    for prop in wanted:
        prover.fresh_budget(GOALS)
        if prover.prove(prop, here) is None:
            return False
    return True


def _conditions_for(prover, prop: Term, rule: str, context: Context, item) -> dict[Term, bool]:
    """What to list for one open condition; what is marked must stay in the list."""
    for condition in dominations(prop, context, item):
        if _proves(prover, prop, context, [condition]):
            return {condition: False}
    if _is_about_letters(prop) and (rule == VALUE or _holds_at_points(prop)):
        return {prop: True}
    chosen = _would_give(prover, prop, context, item)
    if chosen is None:
        return {prop: False}
    if prop not in chosen and _is_plain(prop) and not _is_about_letters(prop):
        return dict.fromkeys([*chosen, prop], True)
    return dict.fromkeys(chosen, False)


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


def _holds_at_points(prop: Term) -> bool:
    """Whether a condition is asked at a point or at every one, not only almost everywhere."""
    return claim_of(prop, ("all",)) is claim_of(prop)


def _is_about_letters(prop: Term) -> bool:
    """An order claim about declared numbers, or about values of declared functions."""
    if not _is_plain(prop):
        return False
    claim = claim_of(prop)
    relation = claim.args[0] if claim.head == "not" else claim
    return all(map(_is_letter, relation.args))


def _is_letter(term: Term) -> bool:
    while isinstance(term, App) and term.head == "app" and isinstance(term.args[1], (Bound, Free)):
        term = term.args[0]
    return isinstance(term, (Free, Num)) or term in (INFINITY, MINUS_INFINITY)


def _would_give(prover, prop: Term, context: Context, item) -> list[Term] | None:
    """One property of the user's objects that proves a condition, or two; bounds come last."""
    found = [c for c in candidates(prop, item) if not _denied(prover, c, context)]
    if prop in found:
        return [prop]
    unknown = [c for c in found if context.known(c) is None][:MAX_CANDIDATES]
    last = [[c] for c in unknown if _is_bound(c)]
    first = [[c] for c in unknown if not _is_bound(c)]
    strong = [c for c in found[:14] if c in unknown]
    pairs = [[c, d] for i, c in enumerate(strong) for d in strong[i + 1 :]]
    tries = (given for given in (*first, *pairs, *last) if _proves(prover, prop, context, given))
    return next(tries, None)


def _is_bound(candidate: Term) -> bool:
    return isinstance(candidate, App) and candidate.head == "bounded"


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


def _in_words_of(goal: Term, prover, condition: Term, context: Context) -> Term:
    """A condition as the line would say it: E[Y] for ∫ Y dP, and < ∞ of what is at least 0."""
    folded = _folded(condition, goal)
    if isinstance(folded, App) and folded.head == "fin" and not _is_letter(folded.args[0]):
        number = folded.args[0]
        prover.fresh_budget(GOALS)
        if prover.prove(mk("le", ZERO, number), context) is not None:
            return mk("not", mk("le", INFINITY, number))
    return folded


def _folded(condition: Term, goal: Term) -> Term:
    """∫ f dμ as E_μ[f] where the line writes only that."""
    written: dict[str, set[Term]] = {"E": set(), "int": set()}
    stack = [goal]
    while stack:
        part = stack.pop()
        if isinstance(part, Lam):
            stack.append(part.body)
        elif isinstance(part, App):
            stack += part.args
            if part.head in written:
                written[part.head].add(part.args[0])
    measures = written["E"] - written["int"]
    return _with_expectations(condition, measures) if measures else condition


def _with_expectations(term: Term, measures: set[Term]) -> Term:
    if isinstance(term, Lam):
        return mk_lam(term.domain, _with_expectations(term.body, measures))
    if not (isinstance(term, App) and term.args):
        return term
    head = "E" if term.head == "int" and term.args[0] in measures else term.head
    return mk(head, *[_with_expectations(a, measures) for a in term.args])
