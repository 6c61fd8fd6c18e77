"""Congruence: terms with one head are equal if their arguments are.

The arguments of a symbol that is associative and commutative are paired first.
"""

from __future__ import annotations

from functools import reduce

from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Term, mk, mk_bound
from derive.search import algebra
from derive.search.context import Context
from derive.search.equations import replaced, transitive
from derive.search.proof import Proof, boolean, discharge, needs, refl


def by_congruence(engine, left: Term, right: Term, context: Context, budget: int) -> Proof | None:
    """left = right from equations of their arguments, if the heads are the same."""
    if not (isinstance(left, App) and isinstance(right, App) and left.head == right.head):
        return None
    if SYMBOLS[left.head].ac:
        return _ac_congruence(engine, left, right, context, budget)
    if left.head == "app" and _two_letters(left.args[0], right.args[0]):
        return None
    if len(left.args) != len(right.args) or (left.args and left.args[0].sort != right.args[0].sort):
        return None
    pairs = list(zip(left.args, right.args, strict=True))
    if any(a.sort != b.sort for a, b in pairs):
        return None

    def inner(a: Term, b: Term, scope: Context) -> Proof | None:
        return engine.equal(a, b, scope, budget)

    return algebra.by_parts(engine, left, pairs, context, inner)


def _ac_congruence(engine, left: App, right: App, context: Context, budget: int) -> Proof | None:
    first, second, common = list(left.args), list(right.args), []
    for part in left.args:
        if part in second:
            first.remove(part)
            second.remove(part)
            common.append(part)
    if not first or not second or not (common or len(first) == len(second)):
        return None
    if len(first) == 1 or len(second) == 1 or (common and len(first) != len(second)):
        if not common:
            return None
        a = first[0] if len(first) == 1 else mk(left.head, *first)
        b = second[0] if len(second) == 1 else mk(left.head, *second)
        inner = engine.equal(a, b, context, budget)
        if left.head == "and" and (inner is None or needs(inner)):
            inner = _where(engine, left, right, common, a, b, context, budget) or inner
            if inner is not None and inner.prop.args[0] is left:
                return inner
        return None if inner is None else put_back(left.head, common, a, inner)
    return _paired(engine, left, first, second, common, context, budget)


def _where(
    engine, left: App, right: App, common: list, a: Term, b: Term, context: Context, budget: int
) -> Proof | None:
    """`c and a` is `c and b` if a is b where c holds."""
    inner = engine.equal(a, b, context.assuming(common), budget)
    if inner is None or needs(inner):
        return None
    inner = reduce(lambda proof, condition: discharge(condition, proof), common, inner)
    return boolean(mk("eq", left, right), [inner])


def _paired(
    engine, left: App, first: list, second: list, common: list, context: Context, budget: int
) -> Proof | None:
    if len(first) != len(second) or len(first) > 5:
        return None
    current = list(first)
    proof = refl(left)
    rest = list(second)
    for position, part in enumerate(first):
        choice = None
        for candidate in sorted(rest, key=lambda c: _distance(part, c)):
            step = engine.equal(part, candidate, context, budget)
            if step is not None:
                choice = (candidate, step)
                if not needs(step):
                    break
        if choice is None:
            return None
        candidate, step = choice
        rest.remove(candidate)
        others = [*common, *(c for i, c in enumerate(current) if i != position)]
        pattern = mk(left.head, *others, mk_bound(0, part.sort))
        proof = transitive(proof, replaced(mk(left.head, *others, part), pattern, step))
        current[position] = candidate
    return proof


def put_back(head: str, common: list, part: Term, equation: Proof) -> Proof:
    """An equation of one part of a sum, product and the like, put back beside the `common` ones."""
    pattern = mk(head, *common, mk_bound(0, part.sort))
    return replaced(mk(head, *common, part), pattern, equation)


def _two_letters(first: Term, second: Term) -> bool:
    """Two functions into which congruence cannot see: to ask for their equality asks for more."""
    return first is not second and not (isinstance(first, App) and isinstance(second, App))


def _distance(first: Term, second: Term) -> tuple:
    same = isinstance(first, App) and isinstance(second, App) and first.head == second.head
    return (not same, abs(first.size - second.size))
