"""Adjectives that speak of several objects together, or of a sequence as a whole (rulings L12)."""

from __future__ import annotations

from collections.abc import Callable

from derive.elaborate import build as b
from derive.elaborate import convergence, relations
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import Term, abstract, mk, mk_nat
from derive.syntax import tree as t

JOINT = frozenset(
    [
        "independent",
        "pairwise independent",
        "pairwise disjoint",
        "i.i.d.",
        "identically distributed",
    ]
)
ORDERED = frozenset(["increasing", "decreasing", "strictly increasing", "strictly decreasing"])
ONE_INDEX = mk_nat(1)


def as_set(node: t.Node, value: Term) -> Term:
    """`value` if it is a set."""
    if not b.is_set(value):
        raise fail(node, f"this is {describe(value.sort)}", "a set")
    return value


def as_function(node: t.Node, value: Term) -> Term:
    """`value` if it is a function."""
    if not b.is_fn(value):
        raise fail(node, f"this is {describe(value.sort)}", "a function")
    return value


def joint(node: t.Node, word: str, values: list[Term], scope: Scope) -> list[Term]:
    """Independence, common law and disjointness of a list or of a sequence."""
    if word == "i.i.d.":
        return joint(node, "independent", values, scope) + joint(
            node, "identically distributed", values, scope
        )
    if len(values) == 1:
        value = values[0]
        if not (b.is_fn(value) and value.sort[1] == NAT and isinstance(value.sort[2], tuple)):
            raise fail(node, f"`{word}` is said of a sequence or of several objects")
        return [_of_sequence(node, word, value, scope)]
    if word == "independent":
        return [convergence.mutual(node, values, scope)]
    pairs = [(x, y) for i, x in enumerate(values) for y in values[i + 1 :]]
    match word:
        case "pairwise independent":
            return [b.conj(*[convergence.mutual(node, [x, y], scope) for x, y in pairs])]
        case "identically distributed":
            laws = [mk("law", scope.ambient(node, v.sort[1]), as_function(node, v)) for v in values]
            return [b.conj(*[mk("eq", laws[0], law) for law in laws[1:]])]
    return [b.conj(*[_disjoint(as_set(node, x), as_set(node, y)) for x, y in pairs])]


def _disjoint(left: Term, right: Term) -> Term:
    return b.all_points(left.sort[1], lambda x: mk("not", b.conj(b.app(left, x), b.app(right, x))))


def _of_sequence(node: t.Node, word: str, value: Term, scope: Scope) -> Term:
    member: Sort = value.sort[2]
    match word:
        case "independent" | "pairwise independent":
            random = (
                b.lam(NAT, lambda n: b.indicator(b.app(value, n))) if member[2] == PROP else value
            )
            head = "iindep" if word == "independent" else "pindep"
            return mk(head, scope.ambient(node, member[1]), random)
        case "identically distributed":
            law = scope.ambient(node, member[1])
            return two_indices(
                lambda i, j: mk(
                    "eq", mk("law", law, b.app(value, i)), mk("law", law, b.app(value, j))
                )
            )
    if member[0] != "fn" or member[2] != PROP:
        raise fail(node, f"this is {describe(value.sort)}", "a sequence of sets")
    return two_indices(lambda i, j: _disjoint(b.app(value, i), b.app(value, j)), distinct=True)


def two_indices(body: Callable[[Term, Term], Term], distinct: bool = False) -> Term:
    """`body(i, j)` for all indices i, j ≥ 1, distinct ones if asked."""
    i, j = b.fresh(NAT), b.fresh(NAT)
    guard = [b.from_one(i), b.from_one(j)] + ([mk("not", mk("eq", i, j))] if distinct else [])
    inner = mk("all", abstract(b.imp(b.conj(*guard), body(i, j)), j))
    return mk("all", abstract(inner, i))


def ordered(node: t.Node, word: str, value: Term) -> Term:
    """`increasing` and its kind: a sequence in n, a real function in its argument."""
    strict, up = word.startswith("strictly"), word.endswith("increasing")
    if b.is_fn(value) and value.sort[1] == NAT:

        def step(n: Term) -> Term:
            first, second = b.app(value, n), b.app(value, mk("nadd", n, ONE_INDEX))
            return _below(node, *((first, second) if up else (second, first)), strict)

        return b.for_index(step)
    if value.sort != ("fn", NUM, NUM):
        raise fail(node, f"this is {describe(value.sort)}", "a sequence or a function from ℝ to ℝ")
    x, y = b.fresh(NUM), b.fresh(NUM)
    order = b.lt(x, y) if strict else b.le(x, y)
    low, high = (x, y) if up else (y, x)
    then = _below(node, b.app(value, low), b.app(value, high), strict)
    guard = b.conj(mk("fin", x), mk("fin", y), order)
    return mk("all", abstract(mk("all", abstract(mk("imp", guard, then), y)), x))


def _below(node: t.Node, left: Term, right: Term, strict: bool) -> Term:
    if b.is_set(left):
        if strict:
            raise fail(node, "sets are increasing or decreasing, not strictly")
        return relations.everywhere_plain(b.lift(lambda p, q: mk("imp", p, q), left, right))
    return relations.everywhere_plain(b.arithmetic(b.lt if strict else b.le, left, right))
