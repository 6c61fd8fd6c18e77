"""Relations: equations, orders, inclusions, independence, laws, convergence, with their tails."""

from __future__ import annotations

from collections.abc import Callable

from derive.elaborate import build as b
from derive.elaborate import convergence, regions
from derive.elaborate import expression as ex
from derive.elaborate import formula as fm
from derive.elaborate import operators as ops
from derive.elaborate.problem import ElabError, describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, PROP
from derive.kernel.term import Term, mk
from derive.syntax import tree as t

ORDER: dict[str, Callable[[Term, Term], Term]] = {
    "=": b.equal,
    "≠": lambda x, y: mk("not", b.equal(x, y)),
    "≤": b.le,
    "≥": lambda x, y: b.le(y, x),
    "<": b.lt,
    ">": lambda x, y: b.lt(y, x),
}


def related(
    node: t.Node,
    operands: tuple[t.Node, ...],
    signs: tuple[str, ...],
    tail: t.Node | None,
    scope: Scope,
) -> Term:
    """The proposition of a chain of relations with its tail."""
    if signs[0] == "⫫":
        return convergence.independent(node, operands, signs, tail, scope)
    parts = [
        one(node, left, sign, right, tail, scope)
        for left, sign, right in zip(operands, signs, operands[1:], strict=False)
    ]
    return b.conj(*parts)


def one(
    node: t.Node, left: t.Node, sign: str, right: t.Node, tail: t.Node | None, scope: Scope
) -> Term:
    """`left sign right` with its tail, as a proposition."""
    match sign:
        case "⟺" | "⟹":
            no_tail(tail)
            head = "eq" if sign == "⟺" else "imp"
            return mk(head, fm.proposition(left, scope), fm.proposition(right, scope))
        case "→":
            return convergence.converges(node, left, right, tail, scope)
        case "⊆" | "≪" | "~":
            first, second = (
                _law_sides(left, right, scope) if sign == "~" else ops.both(left, right, scope)
            )
            return between(node, first, sign, second, tail, scope)
        case "=" if tail is None:
            first, second = ops.both(left, right, scope)
            return between(node, first, sign, second, tail, scope)
    return everywhere(node, point_relation(node, left, sign, right, scope), tail, scope)


def between(
    node: t.Node, left: Term, sign: str, right: Term, tail: t.Node | None, scope: Scope
) -> Term:
    """`left sign right` of terms, with its tail, as a proposition (also for steps of a chain)."""
    match sign:
        case "⟺" | "⟹":
            no_tail(tail)
            return mk("eq" if sign == "⟺" else "imp", left, right)
        case "⊆":
            if b.is_sig(left) and b.is_sig(right):
                no_tail(tail)
                return mk("subsig", left, right)
            _sets(node, left, right)
            return everywhere(node, b.lift(lambda p, q: mk("imp", p, q), left, right), tail, scope)
        case "≪":
            no_tail(tail)
            return mk("ac", left, right)
        case "~":
            no_tail(tail)
            if left.sort != right.sort:
                found = f"{describe(left.sort)} and {describe(right.sort)}"
                raise fail(node, f"a variable and its law must agree; these are {found}")
            return mk("eq", left, right)
        case "=" if tail is None and left.sort == right.sort:
            return mk("eq", left, right)
    if sign not in ORDER:
        raise fail(node, f"{sign} cannot stand between these")
    return everywhere(node, ordered(node, left, sign, right), tail, scope)


def ordered(node: t.Node, left: Term, sign: str, right: Term) -> Term:
    """`= ≠ ≤ ≥ < >` at every point: a proposition or a set of points."""
    sets = b.is_set(left) or b.is_set(right)
    if sets and (sign != "=" or left.sort != right.sort):
        raise fail(node, f"{describe(left.sort)} {sign} {describe(right.sort)} has no meaning")
    try:
        return b.lift(ORDER[sign], left, right)
    except ElabError as problem:
        raise fail(node, problem.message, problem.expected) from None


def pointwise(
    node: t.Node, operands: tuple[t.Node, ...], signs: tuple[str, ...], scope: Scope
) -> Term:
    """The event that a chain of relations holds."""
    parts = []
    for left, sign, right in zip(operands, signs, operands[1:], strict=False):
        if sign in ("⟺", "⟹"):
            sides = [fm.event_formula(side, scope) for side in (left, right)]
            parts.append(b.lift(lambda p, q, s=sign: mk("eq" if s == "⟺" else "imp", p, q), *sides))
        elif sign in ("⊆", "≪", "~", "→", "⫫"):
            parts.append(one(node, left, sign, right, None, scope))
        else:
            part = point_relation(node, left, sign, right, scope)
            if sign in ORDER and any(b.is_set(x) for x in ops.both(left, right, scope)):
                raise fail(
                    node, f"{sign} between sets is not an event", "numbers or random variables"
                )
            parts.append(part)
    return b.lift(b.conj, *parts) if len(parts) > 1 else parts[0]


def point_relation(node: t.Node, left: t.Node, sign: str, right: t.Node, scope: Scope) -> Term:
    """One relation at a point, as a proposition or a set of points."""
    if sign in ("∈", "∉"):
        value = member(node, left, right, scope)
        return b.lift(lambda p: mk("not", p), value) if sign == "∉" else value
    if sign not in ORDER:
        raise fail(node, f"{sign} cannot stand here")
    first, second = ops.both(left, right, scope)
    return ordered(node, first, sign, second)


def member(node: t.Node, left: t.Node, right: t.Node, scope: Scope) -> Term:
    """`x ∈ B`, `X ∈ B`, `A ∈ 𝒢`."""
    element = ex.elaborate(left, scope)
    value_sort = element.sort[2] if b.is_fn(element) and not b.is_set(element) else element.sort
    value_sort = NUM if value_sort == NAT and not _over_naturals(right, scope) else value_sort
    region = (
        regions.region(right, scope, ("fn", value_sort, PROP))
        if not _is_sigma(right, scope)
        else None
    )
    if region is None:
        algebra = ex.elaborate(right, scope)
        return mk("gmeasurable", algebra, b.indicator(element) if b.is_set(element) else element)
    space = region.sort[1]
    if element.sort != space and space == NUM:
        element = b.numeric(element)
    if element.sort == space:
        return b.app(region, element)
    if b.is_fn(element) and element.sort[2] == space:
        return b.lift(lambda x: b.app(region, x), element)
    raise fail(node, f"{describe(element.sort)} cannot be in {describe(region.sort)}")


def _over_naturals(node: t.Node, scope: Scope) -> bool:
    return ops.space_of(node, scope) == NAT


def _is_sigma(node: t.Node, scope: Scope) -> bool:
    match node:
        case t.Name(text=text):
            value = scope.values.get(text)
            return value is not None and b.is_sig(value)
        case t.Suffixed(base=t.Name(text="σ")):
            return scope.is_operator("σ")
    return False


def everywhere(node: t.Node, value: Term, tail: t.Node | None, scope: Scope) -> Term:
    """A proposition from a relation at points: everywhere, or almost everywhere."""
    match tail:
        case None:
            while b.is_set(value):
                value = mk("all", value)
            if value.sort != PROP:
                return _every_index(value)
            return value
        case t.AlmostEverywhere(measure=measure):
            space = value.sort[1] if b.is_fn(value) else None
            law = (
                scope.ambient(tail, space) if measure is None else ex.measure(measure, scope, space)
            )
            return mk("ae", law, b.on_space(value, law.sort[1]))
        case t.Mode():
            raise fail(tail, f"`{tail.kind}` is for →")
    raise fail(tail, "this cannot end a relation")


def _every_index(value: Term) -> Term:
    """A relation between functions of several arguments."""
    return b.all_points(value.sort[1], lambda x: everywhere_plain(b.app(value, x)))


def everywhere_plain(value: Term) -> Term:
    """Every argument of a proposition-valued function quantified."""
    return value if value.sort == PROP else _every_index(value)


def no_tail(tail: t.Node | None) -> None:
    """Refuse `a.e.` or a mode of convergence."""
    if tail is not None:
        raise fail(tail, "a.e. and modes of convergence do not fit this relation")


def _sets(node: t.Node, *sides: Term) -> None:
    for side in sides:
        if not b.is_set(side):
            raise fail(node, f"⊆ is for sets; this is {describe(side.sort)}", "a set")


def _law_sides(left: t.Node, right: t.Node, scope: Scope) -> tuple[Term, Term]:
    variable = ex.elaborate(left, scope)
    if not b.is_fn(variable):
        raise fail(left, f"this is {describe(variable.sort)}", "a random variable before ~")
    target = ex.measure(right, scope, variable.sort[2])
    return mk("law", scope.ambient(left, variable.sort[1]), variable), target
