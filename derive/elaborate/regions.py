"""Sets: intervals, `{x ∈ D | φ}`, `{φ, ψ}`, events inside `P(…)` and `1{…}`."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import formula as fm
from derive.elaborate import operators as ops
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NUM, PROP, Sort
from derive.kernel.term import Term, abstract, mk
from derive.syntax import tree as t


def region(node: t.Node, scope: Scope, expected: Sort | None = None) -> Term:
    """A set: an interval, a set by condition, or braces around propositions or points."""
    match node:
        case t.Interval():
            return interval(node, scope)
        case t.SetOf(name=name, domain=domain, condition=condition):
            return set_of(name, domain, condition, scope)
        case t.Braces(items=items):
            return braces(node, items, scope, expected)
        case _:
            return a_set(node, scope, expected)


def a_set(node: t.Node, scope: Scope, expected: Sort | None = None) -> Term:
    """An expression that must be a set."""
    value = ex.elaborate(node, scope, expected)
    if not b.is_set(value):
        raise fail(node, f"this is {describe(value.sort)}", "a set")
    return value


def interval(node: t.Interval, scope: Scope) -> Term:
    """`[a,b]` and its open variants."""
    low, high = ex.scalar(node.low, scope), ex.scalar(node.high, scope)

    def inside(x: Term) -> Term:
        left = b.le(low, x) if node.low_closed else b.lt(low, x)
        right = b.le(x, high) if node.high_closed else b.lt(x, high)
        return b.conj(left, right)

    return b.lam(NUM, inside)


def domain_set(node: t.Node, scope: Scope) -> Term:
    """The set or space over which a variable ranges."""
    return a_set(node, scope, ("fn", NUM, PROP) if isinstance(node, t.Tuple) else None)


def set_of(name: str, domain: t.Node, condition: t.Node, scope: Scope) -> Term:
    """`{x ∈ D | φ}`."""
    space = ops.space_of(domain, scope)
    if space is not None:
        inner, point = scope.bind_fresh(name, space)
        inside = b.guard(point)
    else:
        outer = domain_set(domain, scope)
        inner, point = scope.bind_fresh(name, outer.sort[1])
        inside = b.app(outer, point)
    prop = fm.proposition(condition, inner)
    return abstract(prop if inside is None else b.conj(inside, prop), point)


def braces(node: t.Node, items: tuple[t.Node, ...], scope: Scope, expected: Sort | None) -> Term:
    """`{φ, ψ}`: the event that all hold; `{x, y}`: the set of these points."""
    if fm.is_formula(items[0]):
        value = conditions(items, scope)
        if b.is_set(value):
            return value
        space = expected[1] if isinstance(expected, tuple) and expected[0] == "fn" else None
        return b.constant(scope.ambient_space() if space is None else space, value)
    points = [ex.elaborate(item, scope) for item in items]
    points = [
        b.numeric(p) if p.sort == "nat" and expected != ("fn", "nat", PROP) else p for p in points
    ]
    space = points[0].sort
    if any(p.sort != space for p in points):
        raise fail(node, "the points of a set must be of one kind")
    return b.lam(space, lambda x: mk("or", *[mk("eq", x, p) for p in points]))


def conditions(items: tuple[t.Node, ...], scope: Scope) -> Term:
    """That all of `items` hold: a proposition, or a set of sample points."""
    parts = [condition(item, scope) for item in items]
    return b.lift(b.conj, *parts) if len(parts) > 1 else parts[0]


def condition(item: t.Node, scope: Scope) -> Term:
    """One condition of an event: a relation between variables, or an event itself."""
    if fm.is_formula(item):
        return fm.event_formula(item, scope)
    return a_set(item, scope)


def event(node: t.Node, scope: Scope, expected: Sort | None = None) -> Term:
    """What stands under an indicator: a set or, inside braces, a proposition."""
    match node:
        case t.Braces(items=items) if fm.is_formula(items[0]):
            return conditions(items, scope)
        case t.Group(inner=inner):
            return event(inner, scope, expected)
        case _:
            return region(node, scope, expected)


def event_on(nodes: tuple[t.Node, ...], space: Sort, scope: Scope) -> Term:
    """The argument of `P(…)`: one set, or conditions, as a set in `space`."""
    expected = ("fn", space, PROP)
    if len(nodes) == 1 and not fm.is_formula(nodes[0]):
        value = region(nodes[0], scope, expected)
    else:
        value = conditions(nodes, scope)
    if value.sort == PROP:
        return b.constant(space, value)
    if value.sort != expected:
        raise fail(nodes[0], f"this is {describe(value.sort)}", describe(expected))
    return value
