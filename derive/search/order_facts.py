"""What linear arithmetic may add up: the order facts that speak of a goal's atoms, as rows.

A row is (proof, gap, kind): the polynomial high − low, and whether it is ≥ 0, > 0 or = 0.
"""

from __future__ import annotations

from derive.kernel.sort import NUM
from derive.kernel.term import App, Term, mk, mk_num
from derive.search.clause import letters_of
from derive.search.letters import Found
from derive.search.matching import matches
from derive.search.polynomial import Expander, add
from derive.search.proof import Proof
from derive.search.squares import square, squares

ZERO = mk_num(0)


def ends(prop: Term) -> tuple[Term, Term, bool] | None:
    """(low, high, strict) of `low ≤ high` or `low < high`, else None."""
    if isinstance(prop, App) and prop.head == "le":
        return prop.args[0], prop.args[1], False
    if (
        isinstance(prop, App)
        and prop.head == "not"
        and isinstance(prop.args[0], App)
        and prop.args[0].head == "le"
    ):
        return prop.args[0].args[1], prop.args[0].args[0], True
    return None


def gap_of(low: Term, high: Term) -> dict:
    """The polynomial high − low."""
    expander = Expander(canonical_atom)
    return add(expander.poly(high), expander.poly(low), -1)


def canonical_atom(term: Term) -> Term:
    """Atoms are compared as they stand."""
    return term


def _atoms_of(poly: dict) -> set[Term]:
    return {atom for monomial in poly for atom, _ in monomial}


def order_facts(prover, goal: Term, target: dict, context, depth: int) -> list[tuple]:
    """(proof, gap, strict or 'eq') of the order facts in scope that speak of the goal's atoms.

    And those that speak of what the first ones compare the goal's atoms to.
    """
    rows: list[tuple] = []
    seen: set[Term] = {goal}
    wanted = _atoms_of(target)
    clauses = [c for c in context.all_clauses() if _compares_numbers(c)]
    _context_rows(prover, rows, seen, clauses, wanted, context, depth)
    fresh = {a for r in rows for a in _atoms_of(r[1])} - wanted if depth < 6 else set()
    if fresh:
        _context_rows(prover, rows, seen, clauses, fresh, context, depth)
    _named_rows(prover, rows, seen, wanted, context, depth)
    _absolute_rows(prover, rows, seen, wanted, context, depth)
    for atom in sorted(wanted, key=lambda t: t.key):
        sign = mk("le", ZERO, atom)
        if sign not in seen and not (isinstance(goal, App) and goal is sign):
            proof = prover.prove(sign, context, depth + 2)
            if proof is not None:
                _row(rows, proof)
                seen.add(sign)
    return rows


def _compares_numbers(clause) -> bool:
    return clause.key in ("le", "not le", "eq") and not _is_other_equation(clause.conclusion)


def _context_rows(
    prover, rows: list, seen: set, clauses: list, wanted: set[Term], context, depth: int
) -> None:
    for clause in clauses:
        for proof in _instances(prover, clause, wanted, context, depth):
            if proof.prop not in seen:
                seen.add(proof.prop)
                _row(rows, proof)


def _named_rows(prover, rows: list, seen: set, wanted: set[Term], context, depth: int) -> None:
    """Instances of the rules that the reason names, and instances about what those speak of."""
    atoms_now = set(wanted)
    for _ in range(2 if prover.named and depth < 2 else 0):
        new = []
        for clause in prover.named:
            if clause.open or clause.bare:
                continue
            for proof in _instances(prover, clause, atoms_now, context, depth):
                if proof.prop not in seen:
                    seen.add(proof.prop)
                    _row(rows, proof)
                    new.append(rows[-1][1])
        atoms_now = {a for gap in new for a in _atoms_of(gap)} - atoms_now


def _absolute_rows(prover, rows: list, seen: set, wanted: set[Term], context, depth: int) -> None:
    """What absolute values in the goal and the facts are compared to: ±t ≤ |t|, and |s| + |t|."""
    absolute = wanted | {a for r in rows for a in _atoms_of(r[1])}
    for atom in sorted(absolute, key=lambda t: t.key):
        if isinstance(atom, App) and atom.head == "abs":
            for proof in prover.structure.absolute(prover, atom, context, depth):
                if proof.prop not in seen:
                    seen.add(proof.prop)
                    _row(rows, proof)


def square_rows(prover, goal: Term, target: dict, context, depth: int) -> list[tuple]:
    """Rows for the squares that completing squares in the target suggests."""
    rows: list[tuple] = []
    for base in squares(target):
        claim = mk("le", ZERO, square(base))
        proof = None if claim is goal else prover.prove(claim, context, depth + 2)
        if proof is not None:
            _row(rows, proof)
    return rows


def _is_other_equation(conclusion: Term) -> bool:
    return conclusion.head == "eq" and conclusion.args[0].sort != NUM


def _row(rows: list, proof: Proof) -> None:
    shape = ends(proof.prop)
    if shape is not None:
        rows.append((proof, gap_of(shape[0], shape[1]), "lt" if shape[2] else "le"))
    else:
        rows.append((proof, gap_of(*proof.prop.args), "eq"))


def _instances(prover, clause, wanted: set[Term], context, depth: int) -> list[Proof]:
    if not clause.metas:
        mentioned = clause.conclusion.frees
        relevant = not wanted or any(mentioned & a.frees for a in wanted) or not mentioned
        proof = prover.instance(clause, Found(), context, depth + 2) if relevant else None
        return [] if proof is None else [proof]
    out: list[Proof] = []
    for pattern in _applications(clause.conclusion):
        if clause.rule is not None and not set(clause.metas) <= letters_of(pattern):
            continue
        for atom in sorted(wanted, key=lambda t: t.key):
            for found in matches(pattern, atom):
                proof = prover.instance(clause, found, context, depth + 2)
                if proof is not None:
                    out.append(proof)
    return out[:8]


def _applications(conclusion: Term) -> list[Term]:
    out, stack = [], [conclusion]
    while stack:
        part = stack.pop()
        if isinstance(part, App):
            if part.meta and part.head not in ("le", "not", "eq", "add", "mul", "inv", "pow"):
                out.append(part)
            elif part.meta:
                stack.extend(part.args)
    return out
