"""Goals with logical structure: what each connective and binder asks to be proved."""

from __future__ import annotations

from derive.kernel.sign import INFINITY
from derive.kernel.sort import NUM, PROP
from derive.kernel.term import App, Term, mk
from derive.search.almost import (
    at_a_point,
    close_almost_everywhere,
    given_almost_everywhere,
    known_almost_everywhere,
    known_of_versions,
    versions_in,
)
from derive.search.context import Context
from derive.search.equality import prove_equal
from derive.search.equations import symmetric
from derive.search.order_facts import ends
from derive.search.order_lemmas import by_order_and_boolean
from derive.search.proof import Proof, boolean, conj, discharge, gen, refl


def _true(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    return boolean(goal, [])


def _and(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    parts = []
    for part in goal.args:
        proof = prover.prove(part, context, depth + 1)
        if proof is None:
            return None
        parts.append(proof)
    return conj(parts)


def _or(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    for part in sorted(goal.args, key=_speaks_of_infinity):
        proof = prover.prove(part, context, depth + 1)
        if proof is not None:
            return boolean(goal, [proof])
    return _by_boolean(prover, goal, context, depth) or _last_part(prover, goal, context, depth)


def _last_part(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    """One of several comparisons: the last, if the others do not hold."""
    if depth > 6 or any(ends(p) is None or _speaks_of_infinity(p) for p in goal.args):
        return None
    *parts, last = goal.args
    others = [p.args[0] if p.head == "not" else mk("not", p) for p in parts]
    proof = prover.prove(last, context.assuming(others), depth + 1)
    if proof is None:
        return None
    for other in others:
        proof = discharge(other, proof)
    return boolean(goal, [proof])


def _speaks_of_infinity(part: Term) -> bool:
    """Of `all > -∞ or all < ∞` the first is tried first."""
    first = part.args[0] if isinstance(part, App) and part.head == "and" else part
    inner = first.args[0] if isinstance(first, App) and first.head == "not" else first
    return isinstance(inner, App) and inner.head == "le" and inner.args[0] is INFINITY


def _all(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    function = goal.args[0]
    domain = function.sort[1]
    inner, variable = context.opened(domain)
    proof = prover.prove(mk("app", function, variable), inner, depth + 1)
    return None if proof is None else gen(variable, proof)


def _imp(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    left, right = goal.args
    proof = prover.prove(right, context.assuming([left]), depth + 1)
    return None if proof is None else discharge(left, proof)


def _eq(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    left, right = goal.args
    if left is right:
        return refl(left)
    if left.sort == PROP:
        one = prover.prove(mk("imp", left, right), context, depth + 1)
        two = one and prover.prove(mk("imp", right, left), context, depth + 1)
        return (
            boolean(goal, [one, two]) if one and two else _by_boolean(prover, goal, context, depth)
        )
    flipped = context.known(mk("eq", right, left))
    if flipped is not None:
        return symmetric(flipped)
    if left.sort == NUM:
        return prove_equal(prover, goal, context, depth)
    return None


def _not(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    inner = goal.args[0]
    if isinstance(inner, App) and inner.head in ("and", "or", "imp", "all", "ex", "true", "false"):
        return _by_boolean(prover, goal, context, depth)
    return None


def _ex(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    return _by_boolean(prover, goal, context, depth)


def _by_boolean(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    return by_order_and_boolean(prover, goal, context)


def _ae(prover, goal: Term, context: Context, depth: int) -> Proof | None:
    """μ-a.e. φ(x): at a point where all holds that is given μ-a.e., then what follows from it."""
    given = given_almost_everywhere(goal.args[0], context)
    found = _from_almost(prover, goal, given, context, depth)
    if found is not None:
        return found
    known = known_almost_everywhere(prover, goal.args[0], context, depth)
    if len(known) > len(given):
        found = _from_almost(prover, goal, known, context, depth)
    if found is None and versions_in(goal.args[1]):
        more = known_of_versions(prover, goal.args[0], goal.args[1], context, depth)
        known = known + [p for p in more if p.prop not in {k.prop for k in known}]
        found = _from_almost(prover, goal, known, context, depth) if more else None
    return found


def _from_almost(
    prover, goal: Term, local: list[Proof], context: Context, depth: int
) -> Proof | None:
    measure, predicate = goal.args
    scope, variable = at_a_point(predicate.sort[1], local, context)
    proof = prover.prove(mk("app", predicate, variable), scope, depth + 1)
    if proof is None:
        return None
    return close_almost_everywhere(prover, measure, variable, proof, local)


STRUCTURAL = {
    "true": _true,
    "and": _and,
    "or": _or,
    "all": _all,
    "imp": _imp,
    "eq": _eq,
    "not": _not,
    "ex": _ex,
    "ae": _ae,
}
