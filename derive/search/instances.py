"""Instances of a clause: open letters solved from hypotheses, premises proved or left as needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from derive.kernel.refusal import Rejected
from derive.kernel.term import App, Term
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.letters import Found, instantiated
from derive.search.matching import matches
from derive.search.proof import Need, Proof, fewest_needs

MAX_SOLUTIONS = 12


def least_needy(prover: Prover, clause: Clause, found: Found, context: Context) -> Proof | None:
    """The instance of a clause with the fewest needs; None if a letter stays unknown.

    Letters that the conclusion leaves open are solved from hypotheses that fit a premise.
    """
    solutions = islice(_solutions(prover, clause, found, context), MAX_SOLUTIONS + 1)
    return fewest_needs(_instance(prover, clause, complete, context) for complete in solutions)


def _solutions(prover: Prover, clause: Clause, found: Found, context: Context) -> Iterator[Found]:
    if all(m in found.values for m in clause.metas):
        yield found
        return
    open_premises = [p for p in clause.premises if instantiated(p, found) is None]
    for pattern in sorted(open_premises, key=_vague):
        facts = prover.facts_for(pattern, context)
        for fact in facts:
            for wider in matches(pattern, fact.prop, found):
                if len(wider.values) > len(found.values):  # else nothing was learnt
                    yield from _solutions(prover, clause, wider, context)
        if facts:
            return


def _vague(premise: Term) -> tuple:
    """Premises that fit nearly every object are solved last."""
    head = premise.head if isinstance(premise, App) else ""
    return (head in ("mset", "measurable", "fin", "all"), -premise.size)


def _instance(prover: Prover, clause: Clause, found: Found, context: Context) -> Proof | None:
    if found.later and any(instantiated(p, found) is not t for p, t in found.later):
        return None
    proofs = []
    for premise in clause.premises:
        concrete = instantiated(premise, found)
        if concrete is None:
            return None
        proofs.append(prover.prove(concrete, context) or Need(concrete, context, clause.name))
    try:
        return clause.build(found.values, found.sorts, proofs)
    except Rejected:
        return None
