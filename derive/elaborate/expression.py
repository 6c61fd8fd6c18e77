"""Expressions to terms: one case for each kind of tree node."""

from __future__ import annotations

from fractions import Fraction

from derive.elaborate import apply, binders, defined, regions
from derive.elaborate import build as b
from derive.elaborate import operators as ops
from derive.elaborate.letters import domain_of
from derive.elaborate.problem import ElabError, describe, fail, placed
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import Term, abstract, mk, mk_nat, mk_num
from derive.syntax import tree as t


@placed
def elaborate(node: t.Node, scope: Scope, expected: Sort | None = None) -> Term:
    """The term that `node` denotes; `expected` decides ∅, `counting`, `(a,b)` and numerals."""
    match node:
        case t.Name(text=text) if (notation := scope.notation(text)) is not None:
            return defined.applied(node, notation, (), scope)[0]
        case t.Name(text=text):
            return scope.resolve(node, text, expected)
        case t.Number(text=text):
            return number(node, text, expected)
        case t.Group(inner=inner):
            return elaborate(inner, scope, expected)
        case t.Suffixed():
            return apply.suffixed(node, scope, expected)
        case t.Juxtaposed(factors=factors):
            return ops.product_of(factors, scope)
        case t.Binary(op=op, left=left, right=right):
            return ops.binary(node, op, left, right, scope, expected)
        case t.Negative(operand=operand):
            return b.arithmetic(b.negative, elaborate(operand, scope))
        case t.Absolute(operand=operand):
            return b.arithmetic(lambda x: mk("abs", x), elaborate(operand, scope))
        case t.Root(operand=operand):
            first, *others = apply.factors(operand, scope)
            return _times(node, b.arithmetic(lambda x: mk("sqrt", x), first), others)
        case t.Tuple(items=items):
            return tuple_of(node, items, scope, expected)
        case t.Lambda(names=names, body=body):
            return function(node, names, body, scope, expected)
        case t.RNDerivative(numerator=numerator, denominator=denominator):
            return derivative_of_measures(numerator, denominator, scope)
        case t.Indicator(event=event):
            return b.indicator(regions.event(event, scope))
        case t.Braces() | t.SetOf() | t.Interval():
            return regions.region(node, scope, expected)
        case t.Integral():
            return binders.integral(node, scope)
        case t.Big():
            return binders.big(node, scope, expected)
        case t.Derivative():
            return binders.derivative(node, scope)
        case t.Broken(message=message, expected=wanted, nearest=close):
            raise ElabError(message, node.span, wanted, (close,) if close else ())
        case t.Given() | t.Divergence():
            raise fail(node, "a bar can stand only inside P(…), E[…] or KL(…)")
        case _:
            raise fail(node, f"{type(node).__name__} is not an expression", "an expression")


def number(node: t.Node, text: str, expected: Sort | None) -> Term:
    """A numeral: a natural number where one is expected, else a rational."""
    value = Fraction(text)
    if expected == NAT:
        if value.denominator != 1:
            raise fail(node, f"{text} is not a natural number")
        return mk_nat(value.numerator)
    return mk_num(value)


def numeric(node: t.Node, scope: Scope) -> Term:
    """A number or a function with numerical values."""
    value = elaborate(node, scope)
    try:
        return b.numeric(value)
    except ElabError as problem:
        raise fail(node, problem.message, problem.expected) from None


def scalar(node: t.Node, scope: Scope) -> Term:
    """A number."""
    value = numeric(node, scope)
    if value.sort != NUM:
        raise fail(node, f"this is {describe(value.sort)}", "a number")
    return value


def measure(node: t.Node, scope: Scope, space: Sort | None = None) -> Term:
    """A measure; `space`, if known, is where it should live."""
    value = elaborate(node, scope, ("meas", space) if space is not None else None)
    if not b.is_meas(value):
        raise fail(node, f"this is {describe(value.sort)}", "a measure")
    return value


def natural(node: t.Node, scope: Scope) -> Term | None:
    """A natural number built from numerals, `+` and `·`; None if `node` is not one."""
    match node:
        case t.Number(text=text) if text.isdigit():
            return mk_nat(int(text))
        case t.Name(text=text):
            value = scope.values.get(text)
            return value if value is not None and value.sort == NAT else None
        case t.Group(inner=inner):
            return natural(inner, scope)
        case t.Binary(op="+" | "·" as op, left=left, right=right):
            return _naturals("nadd" if op == "+" else "nmul", (left, right), scope)
        case t.Juxtaposed(factors=factors):
            return _naturals("nmul", factors, scope)
        case t.Suffixed(base=base, suffixes=(*_, last)):
            if isinstance(last, t.Factorial) or isinstance(base, t.Name):
                value = _quietly(node, scope)
                return value if value is not None and value.sort == NAT else None
    return None


def _times(node: t.Node, value: Term, others: list[Term]) -> Term:
    """`value` times further factors."""
    for other in others:
        value = ops.product(node, value, other)
    return value


def _quietly(node: t.Node, scope: Scope) -> Term | None:
    try:
        return elaborate(node, scope)
    except ElabError:
        return None


def _naturals(head: str, nodes: tuple[t.Node, ...], scope: Scope) -> Term | None:
    parts = [part for part in (natural(node, scope) for node in nodes) if part is not None]
    return mk(head, *parts) if len(parts) == len(nodes) else None


def index(node: t.Node, scope: Scope) -> Term:
    """The index of a sequence."""
    value = natural(node, scope)
    if value is None:
        value = elaborate(node, scope, NAT)
        if value.sort != NAT:
            raise fail(node, f"this is {describe(value.sort)}", "a natural number as index")
    return value


def tuple_of(node: t.Node, items: tuple[t.Node, ...], scope: Scope, expected: Sort | None) -> Term:
    """`(x, y)`: a point of a product, or an open interval where a set of numbers is expected."""
    if expected == ("fn", NUM, PROP) and len(items) == 2:
        return regions.interval(t.Interval(items[0], items[1], False, False, span=node.span), scope)
    parts = [elaborate(item, scope) for item in items]
    return b.pair(*[b.numeric(p) if p.sort == NAT else p for p in parts])


def function(
    node: t.Node, names: tuple[str, ...], body: t.Node, scope: Scope, expected: Sort | None
) -> Term:
    """`x ↦ body`; the variable is real unless its places or the context say something else."""
    if isinstance(expected, tuple) and expected[0] == "fn":
        domain = expected[1]
    else:
        domain = domain_of(names, body, scope, NUM)
    inner, point = bind_point(node, names, domain, scope)
    value = elaborate(body, inner)
    return abstract(b.numeric(value) if value.sort == NAT else value, point)


def bind_point(
    node: t.Node, names: tuple[str, ...], space: Sort, scope: Scope
) -> tuple[Scope, Term]:
    """The scope in which `names` are the coordinates of a fresh point of `space`, and the point."""
    point = b.fresh(space)
    rest = point
    for name in reversed(names[1:]):
        if not (isinstance(rest.sort, tuple) and rest.sort[0] == "prod"):
            raise fail(node, f"{len(names)} variables for {describe(space)}")
        scope = scope.bind(name, mk("snd", rest))
        rest = mk("fst", rest)
    return scope.bind(names[0], rest), point


def derivative_of_measures(numerator: t.Node, denominator: t.Node, scope: Scope) -> Term:
    """`dν/dμ`."""
    top = _measure_or_none(numerator, scope)
    bottom = measure(denominator, scope, top.sort[1] if top is not None else None)
    if top is None:
        top = measure(numerator, scope, bottom.sort[1])
    return b.lam(top.sort[1], lambda x: mk("rn", top, bottom, x))


def _measure_or_none(node: t.Node, scope: Scope) -> Term | None:
    match node:
        case t.Name(text="counting"):
            return None
    return measure(node, scope)
