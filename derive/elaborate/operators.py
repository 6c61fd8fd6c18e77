"""Binary operations and products: numbers, functions, sets, measures, spaces."""

from __future__ import annotations

from derive.elaborate import apply
from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import Term, mk
from derive.syntax import tree as t

SET_OPERATIONS = {
    "∪": lambda p, q: mk("or", p, q),
    "∩": lambda p, q: mk("and", p, q),
    "∖": lambda p, q: mk("and", p, mk("not", q)),
    "∆": lambda p, q: mk("or", mk("and", p, mk("not", q)), mk("and", mk("not", p), q)),
}


def binary(
    node: t.Node, op: str, left: t.Node, right: t.Node, scope: Scope, expected: Sort | None
) -> Term:
    """`left op right`."""
    match op:
        case "/":
            first, *others = apply.factors(right, scope)
            value = arithmetic(node, op, ex.elaborate(left, scope), first)
            for other in others:
                value = product(node, value, other)
            return value
        case "+" | "-" | "·":
            return arithmetic(node, op, ex.elaborate(left, scope), ex.elaborate(right, scope))
        case "∪" | "∩" | "∖" | "∆":
            first, second = both(left, right, scope, expected)
            return set_operation(node, op, first, second)
        case "×":
            return product_set(node, left, right, scope)
        case "⊗":
            return mk("pmeas", ex.measure(left, scope), ex.measure(right, scope))
        case "∘":
            return composition(node, left, right, scope)
    raise fail(node, f"unknown operation {op}")


def both(
    left: t.Node, right: t.Node, scope: Scope, expected: Sort | None = None
) -> tuple[Term, Term]:
    """Two expressions, each helping the other to know its space."""
    if needs_context(left):
        second = ex.elaborate(right, scope, expected)
        return ex.elaborate(left, scope, second.sort), second
    first = ex.elaborate(left, scope, expected)
    return first, ex.elaborate(right, scope, first.sort)


def needs_context(node: t.Node) -> bool:
    """Whether `node` alone does not say in which space it is."""
    match node:
        case t.Name(text="∅" | "counting") | t.Lambda() | t.Tuple():
            return True
        case t.Group(inner=inner):
            return needs_context(inner)
        case t.Binary(op="∪" | "∩" | "∖" | "∆", left=left, right=right):
            return needs_context(left) and needs_context(right)
    return False


def arithmetic(node: t.Node, op: str, left: Term, right: Term) -> Term:
    """`+ - · /` of numbers and functions, and what they mean for measures."""
    match op:
        case "+" if b.is_meas(left) and b.is_meas(right):
            return mk("madd", left, right)
        case "+":
            return b.arithmetic(lambda x, y: mk("add", x, y), left, right)
        case "-":
            return b.arithmetic(b.minus, left, right)
        case "/" if b.is_meas(left):
            return product(node, b.arithmetic(lambda x: b.quotient(b.ONE, x), right), left)
        case "/":
            return b.arithmetic(b.quotient, left, right)
    return product(node, left, right)


def product(node: t.Node, left: Term, right: Term) -> Term:
    """`left · right`: numbers and functions multiply, a measure is scaled or given a density."""
    if b.is_meas(right):
        factor = b.numeric(left)
        if factor.sort == NUM:
            return mk("mscale", factor, right)
        if factor.sort == ("fn", right.sort[1], NUM):
            return mk("dens", factor, right)
        raise fail(node, f"{describe(left.sort)} cannot multiply {describe(right.sort)}")
    return b.arithmetic(lambda x, y: mk("mul", x, y), left, right)


def product_of(factors: tuple[t.Node, ...], scope: Scope) -> Term:
    """Factors written side by side."""
    result = ex.elaborate(factors[0], scope)
    for factor in factors[1:]:
        result = product(factor, result, ex.elaborate(factor, scope))
    return result


def set_operation(node: t.Node, op: str, left: Term, right: Term) -> Term:
    """`∪ ∩ ∖ ∆` of two sets of one space."""
    for side in (left, right):
        if not b.is_set(side):
            raise fail(node, f"{op} is for sets; this is {describe(side.sort)}", "a set")
    if left.sort != right.sort:
        raise fail(node, f"{describe(left.sort)} and {describe(right.sort)} have no {op}")
    return b.lift(SET_OPERATIONS[op], left, right)


def product_set(node: t.Node, left: t.Node, right: t.Node, scope: Scope) -> Term:
    """`A × B`; of two whole spaces it is the whole space."""
    space = space_of(node, scope)
    if space is not None:
        return b.whole(space)
    first, second = ex.elaborate(left, scope), ex.elaborate(right, scope)
    for side, at in ((first, left), (second, right)):
        if not b.is_set(side):
            raise fail(at, f"this is {describe(side.sort)}", "a set")
    sort = ("prod", first.sort[1], second.sort[1])

    def inside(z: Term) -> Term:
        sides = (b.app(first, mk("fst", z)), b.app(second, mk("snd", z)))
        return b.conj(*([side for side in sides if side is not b.TRUE] or [b.TRUE]))

    return b.lam(sort, inside)


def space_of(node: t.Node | None, scope: Scope) -> Sort | None:
    """The space that `node` names: `𝒳`, `ℝ`, `𝒳 × 𝒴`; None if it is not a space."""
    match node:
        case t.Name(text=text):
            return scope.space(text)
        case t.Group(inner=inner):
            return space_of(inner, scope)
        case t.Binary(op="×", left=left, right=right):
            first, second = space_of(left, scope), space_of(right, scope)
            return None if first is None or second is None else ("prod", first, second)
    return None


def composition(node: t.Node, left: t.Node, right: t.Node, scope: Scope) -> Term:
    """`g ∘ f` of functions, `μ ∘ T⁻¹` of a measure."""
    outer = ex.elaborate(left, scope)
    if b.is_meas(outer):
        match right:
            case t.Suffixed(base=base, suffixes=(t.Inverse(),)):
                return mk("push", ex.elaborate(base, scope), outer)
        raise fail(right, "after a measure, ∘ needs an inverse map", "T⁻¹")
    return compose(node, outer, ex.elaborate(right, scope))


def compose(node: t.Node, outer: Term, inner: Term) -> Term:
    """`outer` after `inner`."""
    if not (b.is_fn(outer) and b.is_fn(inner) and inner.sort[2] == outer.sort[1]):
        raise fail(node, f"{describe(outer.sort)} cannot follow {describe(inner.sort)}")
    return b.lift(lambda x: b.app(outer, x), inner)


def power(node: t.Node, base: Term, exponent: t.Node, scope: Scope) -> Term:
    """`base ^ exponent`."""
    natural = ex.natural(exponent, scope)
    if natural is not None:
        return b.arithmetic(lambda x: mk("pow", x, natural), base)
    match exponent:
        case t.Negative(operand=operand) if (size := ex.natural(operand, scope)) is not None:
            return b.arithmetic(lambda x: mk("inv", _raised(x, size)), base)
    real = ex.numeric(exponent, scope)
    return b.arithmetic(lambda x, y: mk("rpow", x, y), base, real)


def _raised(base: Term, size: Term) -> Term:
    return base if size.sort == NAT and getattr(size, "value", 0) == 1 else mk("pow", base, size)
