"""Integrals, big operators and derivatives: their variables are always fresh (rulings S4)."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import operators as ops
from derive.elaborate import regions
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import Term, abstract, mk
from derive.syntax import tree as t

LIMITS = {"lim": "lim", "limsup": "limsup", "liminf": "liminf"}
OVER_SETS = {"∑": "sum", "∏": "prodn", "sup": "sup", "inf": "inff"}


def integral(node: t.Integral, scope: Scope) -> Term:
    """`∫ body d…` with what its region and limits say."""
    measure, names = _differential(node, scope)
    space = measure.sort[1]
    if names:
        inner, point = ex.bind_point(node.differential, names, space, scope)
        body = _integrand_value(node.body, ex.numeric(node.body, inner))
        function = abstract(body, point)
    else:
        function = _function_on(node.body, scope, space)
    return mk("int", measure, _restricted(node, function, space, scope))


def _integrand_value(node: t.Node, value: Term) -> Term:
    if value.sort != NUM:
        raise fail(
            node,
            f"the integrand is {describe(value.sort)}",
            "a number for each value of the variable",
        )
    return value


def _function_on(body: t.Node, scope: Scope, space: Sort) -> Term:
    value = ex.numeric(body, scope)
    if not b.is_fn(value):
        return b.constant(space, value)
    if value.sort != ("fn", space, NUM):
        raise fail(body, f"the integrand is {describe(value.sort)}", describe(("fn", space, NUM)))
    return value


def _differential(node: t.Integral, scope: Scope) -> tuple[Term, tuple[str, ...]]:
    """The measure, and the names of the integration variable."""
    closing = node.differential
    match closing:
        case t.Differential(measure=None, names=names) if len(names) == 1:
            return mk("leb"), names
        case t.Differential(measure=None, names=names) if names:
            measure = mk("leb")
            for _ in names[1:]:
                measure = mk("pmeas", measure, mk("leb"))
            return measure, names
        case t.Differential(measure=t.Name(text=text), names=()):
            return _one_letter(closing, text, node.body, scope)
        case t.Differential(measure=measure, names=names) if measure is not None:
            return ex.measure(measure, scope), names
    raise fail(closing, "what is integrated against?", "dx, dμ or μ(dx)")


def _one_letter(at: t.Node, text: str, body: t.Node, scope: Scope) -> tuple[Term, tuple[str, ...]]:
    """`dP` or `dx`: a measure of that name wins over a variable."""
    measure = scope.measure_named(text)
    if measure is not None:
        return measure, ()
    if text == "counting":
        return mk("count", b.lam(ex.numeric(body, scope).sort[1], lambda _: b.TRUE)), ()
    if text[0].isupper() or text in ("μ", "ν"):
        raise fail(
            at, f"{text} is not a measure here", "a declared measure, or a variable such as x"
        )
    return mk("leb"), (text,)


def _restricted(node: t.Integral, function: Term, space: Sort, scope: Scope) -> Term:
    match node:
        case t.Integral(region=None, low=None, high=None):
            return function
        case t.Integral(region=region, low=None, high=None) if region is not None:
            inside = regions.event_on((region,), space, scope)
        case t.Integral(region=None, low=low, high=high) if low is not None and high is not None:
            if space != NUM:
                raise fail(node, "limits of integration are for real variables")
            inside = regions.interval(t.Interval(low, high, True, True, span=node.span), scope)
        case _:
            raise fail(node, "an integral has a region or two limits")
    return b.lift(lambda p, y: mk("mul", mk("iv", p), y), inside, function)


def big(node: t.Big, scope: Scope, expected: Sort | None = None) -> Term:
    """`∑ ∏ ⋃ ⋂ lim sup inf limsup liminf` over an index."""
    if node.op in LIMITS:
        return limit(node, scope)
    region, inner, index = _index(node.index, scope)
    value = ex.elaborate(node.body, inner, expected)
    if node.op in OVER_SETS:
        head = OVER_SETS[node.op]
        return b.lift(lambda x: mk(head, region, abstract(x, index)), b.numeric(value))
    if not b.is_set(value):
        raise fail(node.body, f"this is {describe(value.sort)}", f"a set after {node.op}")
    inside = b.app(region, index)
    match node.op:
        case "⋃":
            return b.lift(lambda p: mk("ex", abstract(b.conj(inside, p), index)), value)
        case "⋂":
            return b.lift(lambda p: mk("all", abstract(mk("imp", inside, p), index)), value)
    raise fail(node, f"unknown operator {node.op}")


def _index(index: t.Range, scope: Scope) -> tuple[Term, Scope, Term]:
    """The set of the index, the scope inside, and the index itself."""
    match index:
        case t.Range(name=name, low=None, high=None, domain=None):
            region = b.lam(NAT, b.from_one)
        case t.Range(name=name, low=None, high=None, domain=domain) if domain is not None:
            space = ops.space_of(domain, scope)
            region = b.whole(space) if space is not None else regions.domain_set(domain, scope)
        case t.Range(name=name, low=low, high=high, domain=None) if low is not None:
            region = _range(low, high, scope)
        case _:
            raise fail(index, "this index range has no meaning", "_n, _{n=a}^b or _{x∈S}")
    inner, point = scope.bind_fresh(name, region.sort[1])
    return region, inner, point


def _range(low: t.Node, high: t.Node | None, scope: Scope) -> Term:
    first = _bound(low, scope)
    if high is None or (isinstance(high, t.Name) and high.text == "∞"):
        return b.lam(NAT, lambda n: b.le(first, n))
    last = _bound(high, scope)
    return b.lam(NAT, lambda n: b.conj(b.le(first, n), b.le(n, last)))


def _bound(node: t.Node, scope: Scope) -> Term:
    """A limit of a sum: `n + 1` of naturals stays a natural inside."""
    natural = ex.natural(node, scope)
    return (
        ex.scalar(node, scope)
        if natural is None or isinstance(node, t.Number)
        else b.numeric(natural)
    )


def limit(node: t.Big, scope: Scope) -> Term:
    """`lim_n a_n`, `limsup_n`, `liminf_n`, pointwise for functions."""
    match node.index:
        case t.Range(name=name, low=None, high=None | t.Name(text="∞"), domain=None):
            inner, index = scope.bind_fresh(name, NAT)
        case _:
            raise fail(node.index, "a limit is over n → ∞", "lim_n")
    value = ex.numeric(node.body, inner)
    head = LIMITS[node.op]
    return b.lift(lambda x: mk(head, abstract(x, index)), value)


def derivative(node: t.Derivative, scope: Scope) -> Term:
    """`d/dθ body` at the θ of the scope; inside, θ is fresh."""
    at = scope.values.get(node.name)
    if at is None:
        raise fail(
            node,
            f"{node.name} is not declared",
            "a declared variable, or an argument of a function",
        )
    if at.sort != NUM:
        raise fail(node, f"{node.name} is {describe(at.sort)}", "a real variable")
    point = b.fresh(NUM)
    inner = scope.bind(node.name, point)
    value = ex.numeric(node.body, inner)
    return b.lift(lambda x: mk("deriv", abstract(x, point), at), value)
