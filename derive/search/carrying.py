"""Inequalities carried into contexts: under an integral, a measure, a sum, a product."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.sort import NAT
from derive.kernel.term import App, Num, Term
from derive.search.clause import Clause, claim_of, fits, shape_of
from derive.search.context import Context
from derive.search.equations import transported
from derive.search.letters import Found, instantiated
from derive.search.matching import matches
from derive.search.order_facts import ends
from derive.search.proof import Need, Proof, fewest_needs
from derive.search.unfolding import definitions_unfolded


def by_monotone(engine, goal: Term, context: Context, depth: int) -> Proof | None:
    """An inequality by rules that carry inequalities into contexts; they may lack needs."""
    proof = engine.prover.prove(goal, context)
    if proof is not None or depth == 0 or not isinstance(goal, App):
        return proof
    return fewest_needs(_candidates(engine, goal, context, depth))


def _candidates(engine, goal: App, context: Context, depth: int) -> Iterator[Proof | None]:
    shape = shape_of(goal)
    for clause in engine.library.monotone:
        if not (clause.open or clause.bare) and fits(clause.shape, shape):
            for found in matches(clause.conclusion, goal):
                yield _carried(engine, clause, found, context, depth)
    expanded = definitions_unfolded(goal)
    if expanded is not None:
        inner = by_monotone(engine, expanded[1], context, depth)
        yield None if inner is None else transported(expanded[0], inner, flip=True)


def _carried(engine, clause: Clause, found: Found, context: Context, depth: int) -> Proof | None:
    proofs = []
    carries = False
    for premise in clause.premises:
        concrete = instantiated(premise, found)
        if concrete is None:
            return None
        proof = engine.prover.prove(concrete, context)
        if proof is None and compares(concrete) and not bare_number(concrete):
            proof = by_monotone(engine, concrete, context, depth - 1)
            if proof is None and concrete.head not in ("all", "ae"):
                return None  # between functions or sets it may be what is missing
        carries = carries or compares(concrete)
        proofs.append(proof if proof is not None else Need(concrete, context, clause.name))
    if not carries:
        return None
    return clause.build(found.values, found.sorts, proofs)


def compares(prop: Term) -> bool:
    """An inequality at a point, everywhere or almost everywhere, or an inclusion of sets."""
    claim = claim_of(prop, ("all", "ae"))
    if not (isinstance(claim, App) and claim.head == "imp" and prop.head == "all"):
        return ends(claim) is not None
    guard = claim.args[0]
    return prop.args[0].sort[1] != NAT and not (isinstance(guard, App) and guard.head == "fin")


def bare_number(prop: Term) -> bool:
    """A sign or bound of one expression: a literal stands on one side."""
    relation = prop.args[0] if isinstance(prop, App) and prop.head == "not" else prop
    return (
        isinstance(relation, App)
        and relation.head == "le"
        and any(isinstance(a, Num) or not a.frees for a in relation.args)
    )
