"""What gives a step's expressions a value: facts about signs where they do, else proofs."""

from __future__ import annotations

from derive.kernel.sign import FINITE, Signs, claim
from derive.kernel.term import Term
from derive.kernel.value import follows, obligations
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.proof import Proof, by_rule, needs, walk


def with_consequences(proof: Proof, context: Context) -> Context:
    """The context with all else that the rules of a complete proof give: values above all."""
    if needs(proof):
        return context
    facts = []
    for node in walk(proof):
        if node.op == "rule" and not any("·" in f.name for f in node.prop.frees):
            rule, sorts, values, pick = node.data
            facts += [
                by_rule(rule, sorts, values, list(node.parts), k)
                for k, conclusion in enumerate(rule.conclusions)
                if k != pick and conclusion not in rule.premises
            ]
    return Context(context, facts, context.variables) if facts else context


def values_after(
    prover: Prover, goal: Term, proof: Proof, context: Context
) -> tuple[list[Proof], list[Term]]:
    """`prove_values` where a proof is known; what its rules give is looked into if need be."""
    facts = _by_signs(goal, context)
    if facts is not None:
        return facts, []
    return prove_values(prover, goal, with_consequences(proof, context))


def prove_values(prover: Prover, goal: Term, context: Context) -> tuple[list[Proof], list[Term]]:
    """Proofs of what gives the statement a value, and what could not be proved of it."""
    facts = _by_signs(goal, context)
    if facts is not None:
        return facts, []
    proofs, open_demands = [], []
    for demand in obligations(goal):
        prover.fresh_budget()
        proof = prover.prove(demand, context)
        if proof is None:
            open_demands.append(demand)
        else:
            proofs.append(proof)
    return proofs, open_demands


def _by_signs(goal: Term, context: Context) -> list[Proof] | None:
    """Facts in scope that alone give the statement a value, if they do: `fin t` first."""
    claims = [fact for fact in context.all_facts() if claim(fact.prop)[1]]
    chosen = [fact for fact in claims if claim(fact.prop)[1] == FINITE]
    signs = Signs([fact.prop for fact in chosen])
    if not follows(goal, signs):
        chosen, signs = claims, Signs([fact.prop for fact in claims])
        if not follows(goal, signs):
            return None
    chosen = [fact for fact in chosen if claim(fact.prop)[0] in signs.found]
    for fact in [fact for fact in chosen if claim(fact.prop)[1] != FINITE]:
        fewer = [other for other in chosen if other is not fact]
        chosen = fewer if follows(goal, Signs([f.prop for f in fewer])) else chosen
    return chosen
