"""Named equations that hold almost everywhere, as far as they fit an integrand or a claim a.e.

`dν/dρ = dν/dμ · dμ/dρ ρ-a.e.` may be used under `∫ … dρ`, under `∫ … dσ` if σ ≪ ρ, nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.term import App, Lam, Term, abstract, mk, mk_lam
from derive.search.almost import carried
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.letters import Found
from derive.search.matching import matches
from derive.search.places import bare, parts_of, places
from derive.search.proof import Proof, needs


def named_equations(
    engine, measure: Term, functions: list[Term], context: Context
) -> Iterator[Proof]:
    """Equations a.e. for `measure`, each with a side that occurs in one of the functions."""
    seen: set[Term] = set()
    for clause in engine.toolkit.others:
        if not _is_equation(clause):
            continue
        for function in functions:
            scope, variable = context.opened(function.sort[1])
            body = mk("app", function, variable)
            for found in _fits(engine, clause, measure, body, variable, scope):
                proof = _under(engine, clause, found, measure, context)
                if proof is not None and proof.prop not in seen:
                    seen.add(proof.prop)
                    yield proof


def _is_equation(clause: Clause) -> bool:
    claim = clause.conclusion
    return (
        isinstance(claim, App)
        and claim.head == "ae"
        and isinstance(claim.args[1], Lam)
        and isinstance(claim.args[1].body, App)
        and claim.args[1].body.head == "eq"
    )


def _fits(
    engine, clause: Clause, measure: Term, body: Term, variable: Term, scope: Context
) -> Iterator[Found]:
    """The ways in which one side of a clause occurs in a body; for the given measure first."""
    base, claim = clause.conclusion.args
    starts = [*matches(base, measure, engine.start(clause)), engine.start(clause)]
    for side in claim.body.args:
        if bare(side):
            continue
        pattern = mk_lam(claim.domain, side)
        for sub, _, opened in places(body, scope):
            if opened or variable not in sub.frees:
                continue
            for part, _ in parts_of(side, sub):
                for start in starts:
                    yield from matches(pattern, abstract(part, variable), start)


def _under(engine, clause: Clause, found: Found, measure: Term, context: Context) -> Proof | None:
    """The instance, carried to the measure along ≪ if it is about another."""
    proof = engine.build(clause, found, context)
    if proof is None or needs(proof):
        return None
    return carried(engine.prover, proof, measure, context)
