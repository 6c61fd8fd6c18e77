"""Equality by algebra at any depth: polynomials over atoms that are themselves equal by algebra."""

from __future__ import annotations

from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Term, mk, mk_bound
from derive.search.equality import ring_equal
from derive.search.equations import hole_for, inside, meeting, replaced, transitive
from derive.search.fingerprint import fingerprint
from derive.search.polynomial import atoms, is_ring
from derive.search.proof import Proof, refl


def algebra_equal(engine, left: Term, right: Term, context, asking: str | None) -> Proof | None:
    """left = right by ring laws, under binders too; None if the canonical forms differ."""
    if left is right:
        return refl(left)
    if fingerprint(left) != fingerprint(right):
        return None
    return _equal(engine, left, right, context, asking)


def _equal(engine, left: Term, right: Term, context, asking: str | None) -> Proof | None:
    if left is right:
        return refl(left)
    if left.sort == "num" and (is_ring(left) or is_ring(right)):
        return _ring(engine, left, right, context, asking)
    if isinstance(left, App) and isinstance(right, App) and left.head == right.head:
        return _congruent(engine, left, right, context, asking)
    return None


def _ring(engine, left: Term, right: Term, context, asking: str | None) -> Proof | None:
    """Make equal atoms identical, then ask the kernel's ring."""
    representative: dict[Term, Term] = {}
    chosen: dict[int, Term] = {}
    proofs: dict[Term, Proof] = {}
    for atom in (*atoms(left), *atoms(right)):
        best = chosen.setdefault(fingerprint(atom), atom)
        if best is not atom and atom not in representative:
            proof = _equal(engine, atom, best, context, asking)
            if proof is None:
                return None
            representative[atom], proofs[atom] = best, proof
    first, second = left, right
    start, end = refl(left), refl(right)
    for atom, proof in proofs.items():
        start, first = _swapped(start, first, atom, proof)
        end, second = _swapped(end, second, atom, proof)
    middle = ring_equal(engine.prover, first, second, context, 0, asking)
    if middle is None:
        return None
    return meeting(transitive(start, middle), end)


def _swapped(proof: Proof, term: Term, atom: Term, equation: Proof) -> tuple[Proof, Term]:
    """Continue `… = term` by replacing an atom where `ring` sees it."""
    pattern = _marked(term, atom, mk_bound(0, atom.sort))
    if pattern is term:
        return proof, term
    step = replaced(term, pattern, equation)
    return transitive(proof, step), step.prop.args[1]


def _marked(term: Term, atom: Term, hole: Term) -> Term:
    if term is atom:
        return hole
    if is_ring(term) and isinstance(term, App):
        return mk(term.head, *[_marked(a, atom, hole) for a in term.args])
    return term


def _congruent(engine, left: App, right: App, context, asking: str | None) -> Proof | None:
    if SYMBOLS[left.head].ac:
        pairs = _paired(left, right)
    elif len(left.args) == len(right.args):
        pairs = list(zip(left.args, right.args, strict=True))
    else:
        return None
    if pairs is None:
        return None

    def inner(a: Term, b: Term, scope) -> Proof | None:
        return _equal(engine, a, b, scope, asking)

    return by_parts(engine, left, pairs, context, inner)


def _paired(left: App, right: App) -> list | None:
    if len(left.args) != len(right.args):
        return None
    rest = list(right.args)
    pairs = []
    for part in left.args:
        form = fingerprint(part)
        match = next((r for r in rest if r is part), None) or next(
            (r for r in rest if fingerprint(r) == form), None
        )
        if match is None:
            return None
        rest.remove(match)
        pairs.append((part, match))
    return pairs


def by_parts(engine, whole: App, pairs: list, context, inner) -> Proof | None:
    """whole = whole' where each argument a of a pair (a, b) becomes b; `inner` proves a = b."""
    current: list[Term] = [a for a, _ in pairs]
    proof = refl(whole)
    for position, (a, b) in enumerate(pairs):
        if a is b:
            continue
        step = _one_part(engine, whole.head, current, position, b, context, inner)
        if step is None:
            return None
        proof = transitive(proof, step)
        current[position] = b
    return proof


def _one_part(
    engine, head: str, parts: list[Term], position: int, new: Term, context, inner
) -> Proof | None:
    old = parts[position]
    if isinstance(old.sort, tuple) and old.sort[0] == "fn":
        return engine.under_binder(head, parts, position, new, context, inner)
    equation = inner(old, new, context)
    if equation is None:
        return None
    hole = mk_bound(0, old.sort)
    pattern = mk(head, *[hole if i == position else p for i, p in enumerate(parts)])
    return replaced(mk(head, *parts), pattern, equation)


def under(
    engine, head: str, parts: list[Term], position: int, new: Term, context, inner
) -> Proof | None:
    """The part is a function: prove the bodies equal at a fresh point (for every point)."""
    old = parts[position]
    scope, variable = context.opened(old.sort[1])
    a, b = mk("app", old, variable), mk("app", new, variable)
    if isinstance(a.sort, tuple) and a.sort[0] == "fn":
        return _deeper(head, parts, position, new, [variable], scope, inner)
    equation = inner(a, b, scope)
    if equation is None:
        return None
    return _replaced(head, parts, position, [variable], equation)


def _deeper(
    head: str, parts: list[Term], position: int, new: Term, variables: list, context, inner
) -> Proof | None:
    old = parts[position]
    a, b = old, new
    for variable in variables:
        a, b = mk("app", a, variable), mk("app", b, variable)
    while isinstance(a.sort, tuple) and a.sort[0] == "fn":
        context, variable = context.opened(a.sort[1])
        variables = [*variables, variable]
        a, b = mk("app", a, variable), mk("app", b, variable)
    equation = inner(a, b, context)
    return None if equation is None else _replaced(head, parts, position, variables, equation)


def _replaced(
    head: str, parts: list[Term], position: int, variables: list[Term], equation: Proof
) -> Proof:
    hole, _ = hole_for(variables, equation.prop.args[0].sort)
    marked = mk(head, *[hole if i == position else p for i, p in enumerate(parts)])
    return inside(marked, hole, variables, equation)
