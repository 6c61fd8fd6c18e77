"""Inequalities carried into contexts: under an integral, a measure, a sum, a product."""

from __future__ import annotations

from derive.kernel.term import App, Num, Term
from derive.search.clause import Clause, claim_of, fits, shape_of
from derive.search.context import Context
from derive.search.letters import Found, instantiated
from derive.search.matching import matches
from derive.search.order_facts import ends
from derive.search.proof import Need, Proof, fewest_needs


def by_monotone(engine, goal: Term, context: Context, depth: int) -> Proof | None:
    """An inequality by rules that carry inequalities into contexts; they may lack needs."""
    proof = engine.prover.prove(goal, context)
    if proof is not None or depth == 0 or not isinstance(goal, App):
        return proof
    shape = shape_of(goal)
    return fewest_needs(
        _carried(engine, clause, found, context, depth)
        for clause in engine.library.monotone
        if not (clause.open or clause.bare) and fits(clause.shape, shape)
        for found in matches(clause.conclusion, goal)
    )


def _carried(engine, clause: Clause, found: Found, context: Context, depth: int) -> Proof | None:
    proofs = []
    carries = False
    for premise in clause.premises:
        concrete = instantiated(premise, found)
        if concrete is None:
            return None
        proof = engine.prover.prove(concrete, context)
        if proof is None and _compares(concrete) and not bare_number(concrete):
            proof = by_monotone(engine, concrete, context, depth - 1)
            if proof is None:
                return None
        carries = carries or _compares(concrete)
        proofs.append(proof if proof is not None else Need(concrete, context, clause.name))
    if not carries:
        return None
    return clause.build(found.values, found.sorts, proofs)


def _compares(prop: Term) -> bool:
    """An inequality between two expressions, at a point, everywhere or almost everywhere."""
    return ends(claim_of(prop, ("all", "ae"))) is not None


def bare_number(prop: Term) -> bool:
    """A sign or bound of one expression: a literal stands on one side."""
    relation = prop.args[0] if isinstance(prop, App) and prop.head == "not" else prop
    return (
        isinstance(relation, App)
        and relation.head == "le"
        and any(isinstance(a, Num) or not a.frees for a in relation.args)
    )
