"""An inequality that a rule gives on one side, when the other side only looks different."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.sort import NAT, NUM
from derive.kernel.term import App, Term, mk
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.equations import hole_for, inside, transported
from derive.search.matching import matches
from derive.search.order_facts import ends
from derive.search.places import bare
from derive.search.proof import Proof

MAX_SIDE = 60


def by_side(
    engine, clause: Clause, goal: App, context: Context, budget: int
) -> Iterator[Proof | None]:
    """A named inequality whose one side is the goal's, and whose other side equals the goal's.

    Equal as the reason allows; without `algebra` or the like, up to the value of numerals.
    """
    wanted, given = ends(goal), ends(clause.conclusion)
    if wanted is None or given is None or wanted[2] != given[2]:
        return
    for side in (0, 1):
        if bare(given[side]):
            continue
        for found in matches(given[side], wanted[side], engine.start(clause)):
            proof = engine.build(clause, found, context)
            other = proof and ends(proof.prop)[1 - side]
            if proof is None or other is wanted[1 - side] or other.size > MAX_SIDE:
                continue
            equation = engine.equal(other, wanted[1 - side], context, budget)
            if equation is not None:
                yield _with_side(proof, other, equation)


def _with_side(proof: Proof, old: Term, equation: Proof) -> Proof:
    """An inequality with one of its sides replaced by an equal one."""
    hole, applied = hole_for([], NUM)
    relation = proof.prop.args[0] if proof.prop.head == "not" else proof.prop
    marked = mk("le", *[applied if a is old else a for a in relation.args])
    marked = mk("not", marked) if proof.prop.head == "not" else marked
    return transported(inside(marked, hole, [], equation), proof)


def numeric_claim(prop: Term) -> bool:
    """An equation or inequality of numbers."""
    inner = prop.args[0] if isinstance(prop, App) and prop.head == "not" else prop
    return (
        isinstance(inner, App) and inner.head in ("eq", "le") and inner.args[0].sort in (NUM, NAT)
    )
