"""What holds almost everywhere: what is known of that kind, and claims closed by it."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.sort import Sort
from derive.kernel.term import App, Lam, Term, mk, mk_lam
from derive.search.clause import Clause, key_of
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
            elif (
                clause.name not in SELF_MADE
                and not versions_in(clause.conclusion)
                and clause.name not in prover.forbidden
            ):
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
VERSIONS = frozenset(("rn", "cexp"))
SEEDS = frozenset(("ac", "ae"))
SELF_MADE = frozenset(("ae_of_all", "ae_mp", "ae_and", "ae_ac"))


def _forward(prover, clause: Clause, measure: Term, context: Context, depth: int) -> list[Proof]:
    """What a rule says of the measure, its other letters found in what is known."""
    seeds = _seeds(clause) or [clause.premises[0]]
    out = []
    for start in matches(clause.conclusion.args[0], measure):
        for found in _seeded(prover, seeds, start, context, depth, None):
            proof = prover.instance(clause, found, context, depth + 1)
            if proof is not None:
                out.append(proof)
    return out


def _seeds(clause: Clause, words: frozenset = SEEDS) -> list[Term]:
    return sorted((p for p in clause.premises if key_of(p) in words), key=key_of)


def _seeded(
    prover, seeds: list[Term], start: Found, context: Context, depth: int, about: Term | None
) -> Iterator[Found]:
    """The letters of the first premise that says more than what kind of thing a letter is."""
    if not seeds:
        yield start
        return
    for fact in _known(prover, seeds[0], start, context, depth, about):
        for found in matches(seeds[0], fact.prop, start):
            yield from _seeded(prover, seeds[1:], found, context, depth, about)


def _known(
    prover, premise: Term, start: Found, context: Context, depth: int, about: Term | None
) -> list[Proof]:
    if key_of(premise) == "ae":
        other = instantiated(premise.args[0], start)
        if other is not None and (other, context.key) not in prover.ae_open:
            known = known_almost_everywhere(prover, other, context, depth + 1)[:MAX_KNOWN]
            if about is None:
                return known
            more = known_of_versions(prover, other, about, context, depth + 1)
            return known + [p for p in more if not _conditional(p) and p not in known]
    return prover.facts_for(premise, context)


def _conditional(fact: Proof) -> bool:
    """μ-a.e. (φ ⟹ ψ)."""
    predicate = fact.prop.args[1]
    return isinstance(predicate, Lam) and getattr(predicate.body, "head", "") == "imp"


# ---- densities and conditional expectations that a claim mentions


def known_of_versions(
    prover, measure: Term, claim: Term, context: Context, depth: int
) -> list[Proof]:
    """What rules say almost everywhere of the dν/dμ and E[X | 𝒢] in a claim, for the measure."""
    out: dict[Term, Proof] = {}
    for version in versions_in(claim):
        key = (measure, version.args[:-1], context.key)
        if key not in prover.ae_facts:
            prover.ae_facts[key] = []
            found = _of_version(prover, measure, version, claim, context, depth)
            prover.ae_facts[key] = list(found)
        out.update((p.prop, p) for p in prover.ae_facts[key])
    return [p for p in out.values() if not _conditional(p) or _says_more(p, out)]


def _says_more(fact: Proof, known: dict[Term, Proof]) -> bool:
    """Whether `dν/dμ ≠ 0 ⟹ ψ` is about another density, and not known without the condition."""
    measure, predicate = fact.prop.args
    guard, claim = predicate.body.args
    plain = mk("ae", measure, mk_lam(predicate.domain, claim))
    return plain not in known and not set(versions_in(guard)) & set(versions_in(claim))


def _of_version(
    prover, measure: Term, version: App, claim: Term, context: Context, depth: int
) -> Iterator[Proof]:
    for clause in prover.index.rows.get("ae", ()):
        if clause.name in SELF_MADE or clause.name in prover.forbidden:
            continue
        for pattern in versions_in(clause.conclusion):
            if pattern.head != version.head:
                continue
            for start in _all_match(pattern.args[:-1], version.args[:-1], Found()):
                about = claim if depth < 2 else None
                seeds = _seeds(clause, frozenset(("ae",)))
                for found in _seeded(prover, seeds, start, context, depth, about):
                    proof = prover.instance(clause, found, context, depth + 1)
                    moved = proof and carried(prover, proof, measure, context, depth)
                    if moved is not None:
                        yield moved


def carried(prover, proof: Proof, measure: Term, context: Context, depth: int = 0) -> Proof | None:
    """μ-a.e. φ as ν-a.e. φ along ν ≪ μ."""
    base = proof.prop.args[0]
    if base is measure or base.sort != measure.sort:
        return proof if base is measure else None
    dominated = prover.prove(mk("ac", measure, base), context, depth + 1)
    return None if dominated is None else prover.structure.ae_ac(dominated, proof)


def _all_match(patterns: tuple, terms: tuple, start: Found) -> Iterator[Found]:
    if not patterns:
        yield start
        return
    for found in matches(patterns[0], terms[0], start):
        yield from _all_match(patterns[1:], terms[1:], found)


def versions_in(term: Term) -> list[App]:
    """The dν/dμ(x) and E[X | 𝒢](ω) in a term whose measures and variables are closed."""
    found: dict[Term, None] = {}
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, App):
            if part.head in VERSIONS and not any(a.loose for a in part.args[:-1]):
                found.setdefault(part)
            stack.extend(part.args)
        elif isinstance(part, Lam):
            stack.append(part.body)
    return list(found)
