"""What holds almost everywhere: what is known of that kind, and claims closed by it."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.sort import NUM, Sort
from derive.kernel.term import App, Term, mk
from derive.search.clause import Clause, claim_of, key_of
from derive.search.context import Context
from derive.search.letters import Found, instantiated
from derive.search.matching import matches
from derive.search.proof import (
    Proof,
    discharge,
    gen,
    hypotheses,
)


def close_almost_everywhere(
    prover,
    measure: Term,
    variable: Term,
    proof: Proof,
    local: list[Proof],
) -> Proof | None:
    """μ-a.e. φ from a proof of φ at a point that may use facts which hold μ-a.e."""
    used = hypotheses(proof)
    needed = [f for f in local if mk("app", f.prop.args[1], variable) in used]
    for fact in reversed(needed):
        proof = discharge(mk("app", fact.prop.args[1], variable), proof)
    everywhere = gen(variable, proof)
    out = prover.structure.ae_of_all(measure, everywhere)
    for fact in needed:
        out = out and prover.structure.ae_mp(out, fact)
    return out


def at_a_point(goal_sort: Sort, local: list[Proof], context: Context) -> tuple[Context, Term]:
    """A fresh point at which facts that hold almost everywhere hold."""
    scope, variable = context.opened(goal_sort)
    there = [mk("app", f.prop.args[1], variable) for f in local]
    return (scope.assuming(there) if there else scope), variable


def given_almost_everywhere(measure: Term, context: Context) -> list[Proof]:
    """Facts in scope that hold almost everywhere for a measure."""
    return [
        f
        for f in context.all_facts()
        if isinstance(f.prop, App) and f.prop.head == "ae" and f.prop.args[0] is measure
    ]


def known_almost_everywhere(prover, measure: Term, context: Context, depth: int) -> list[Proof]:
    """Facts in scope that hold almost everywhere for a measure, and those that follow from them."""
    key = (measure, context.key)
    found = prover.ae_facts.get(key)
    if found is not None and key in prover.ae_open:
        prover.table.spent = True
    if found is None:
        prover.ae_facts[key] = []
        prover.ae_open.add(key)
        found = given_almost_everywhere(measure, context)
        for clause in prover.index.rows.get("ae", ()):
            if not clause.premises:
                found += [
                    clause.build(f.values, f.sorts, [])
                    for f in matches(clause.conclusion.args[0], measure)
                    if not clause.metas
                ]
            elif _speaks_unasked(clause) and clause.name not in prover.forbidden:
                found += _forward(prover, clause, measure, context, depth)
        for fact in context.all_facts():
            if (
                isinstance(fact.prop, App)
                and fact.prop.head == "ac"
                and fact.prop.args[0] is measure
                and fact.prop.args[1] is not measure
            ):
                other = known_almost_everywhere(prover, fact.prop.args[1], context, depth + 1)
                found = found + [
                    p for p in (prover.structure.ae_ac(fact, o) for o in other) if p is not None
                ]
        prover.ae_facts[key] = found
        prover.ae_open.discard(key)
    return found


MAX_KNOWN = 12
SEEDS = frozenset(("ac", "ae"))
SELF_MADE = frozenset(("ae_of_all", "ae_mp", "ae_and", "ae_ac"))


def _speaks_unasked(clause: Clause) -> bool:
    """Whether a rule is used without being named: not if it says that two numbers are equal."""
    claim = claim_of(clause.conclusion)
    equation = isinstance(claim, App) and claim.head == "eq" and claim.args[0].sort == NUM
    return clause.name not in SELF_MADE and not equation


def _forward(prover, clause: Clause, measure: Term, context: Context, depth: int) -> list[Proof]:
    """What a rule says of the measure, its other letters found in what is known."""
    seeds = sorted((p for p in clause.premises if key_of(p) in SEEDS), key=key_of)
    out = []
    for start in matches(clause.conclusion.args[0], measure):
        for found in _seeded(prover, seeds or [clause.premises[0]], start, context, depth):
            proof = prover.instance(clause, found, context, depth + 1)
            if proof is not None:
                out.append(proof)
    return out


def _seeded(
    prover, seeds: list[Term], start: Found, context: Context, depth: int
) -> Iterator[Found]:
    """The letters of the first premise that says more than what kind of thing a letter is."""
    if not seeds:
        yield start
        return
    for fact in _known(prover, seeds[0], start, context, depth):
        for found in matches(seeds[0], fact.prop, start):
            yield from _seeded(prover, seeds[1:], found, context, depth)


def _known(prover, premise: Term, start: Found, context: Context, depth: int) -> list[Proof]:
    if key_of(premise) == "ae":
        other = instantiated(premise.args[0], start)
        if other is not None and (other, context.key) not in prover.ae_open:
            return known_almost_everywhere(prover, other, context, depth + 1)[:MAX_KNOWN]
    return prover.facts_for(premise, context)
