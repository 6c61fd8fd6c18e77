"""Suffix lists `atom s₁ s₂ …`, read from left to right (rulings L3, L8, L10)."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import builtin, regions
from derive.elaborate import expression as ex
from derive.elaborate import operators as ops
from derive.elaborate.problem import ElabError, describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import Term, mk, mk_nat
from derive.syntax import tree as t

Suffixes = tuple[t.Node, ...]


def suffixed(node: t.Suffixed, scope: Scope, expected: Sort | None = None) -> Term:
    """An atom with its suffixes."""
    value, rest = start(node.base, node.suffixes, scope, expected)
    return finish(node, value, rest, scope)


def start(
    base: t.Node, suffixes: Suffixes, scope: Scope, expected: Sort | None
) -> tuple[Term, Suffixes]:
    """The value of the atom, with the suffixes that belong to its name, and the other suffixes."""
    match base:
        case t.Name(text=name):
            combined = _indexed_name(base, name, suffixes, scope)
            if combined is not None:
                return combined, suffixes[1:]
            if scope.is_operator(name):
                return builtin.operator(base, name, suffixes, scope)
            if name == "e" and "e" not in scope.values and isinstance(suffixes[0], t.Sup):
                exponent = ex.numeric(suffixes[0].exponent, scope)
                return b.arithmetic(lambda x: mk("exp", x), exponent), suffixes[1:]
            return scope.resolve(base, name, expected), suffixes
        case t.Group() if isinstance(suffixes[0], t.Factorial):
            natural = ex.natural(base, scope)
            return (ex.elaborate(base, scope) if natural is None else natural), suffixes
        case _:
            return ex.elaborate(base, scope, expected), suffixes


def _indexed_name(base: t.Node, name: str, suffixes: Suffixes, scope: Scope) -> Term | None:
    """`X_1` where it was declared as a name of its own."""
    match suffixes[0]:
        case t.Sub(index=t.Name(text=text) | t.Number(text=text)):
            combined = scope.values.get(f"{name}_{text}")
            plain = scope.values.get(name)
            if combined is not None and plain is not None and plain.sort[:2] == ("fn", NAT):
                raise fail(base, f"both {name}_{text} and the sequence {name} are declared")
            return combined
    return None


def finish(node: t.Node, value: Term, suffixes: Suffixes, scope: Scope) -> Term:
    """`value` with the remaining suffixes; a factor that starts among them multiplies."""
    first, *others = _factors(node, value, suffixes, scope)
    for other in others:
        first = ops.product(node, first, other)
    return first


def factors(node: t.Node, scope: Scope) -> list[Term]:
    """The factors of an operand: more than one where a bracket in its suffixes is no argument.

    An operator that takes one factor, `/` and `√`, takes the first; the others multiply the result
    (`1/n² (x)` is `(1/n²) · x`).
    """
    if not isinstance(node, t.Suffixed):
        return [ex.elaborate(node, scope)]
    value, rest = start(node.base, node.suffixes, scope, None)
    return _factors(node, value, rest, scope)


def _factors(node: t.Node, value: Term, suffixes: Suffixes, scope: Scope) -> list[Term]:
    while suffixes:
        first, rest = suffixes[0], suffixes[1:]
        match first:
            case t.Call(args=args):
                applied = application(first, value, args, scope)
                if applied is None:
                    return [value, *_new_factors(first, args, rest, scope)]
                value, suffixes = applied, rest
            case t.Inverse() if b.is_fn(value):
                value, suffixes = inverse(first, value, rest, scope)
            case t.PushBy(measure=measure):
                image, left_over = _pushed(measure, scope)
                value, suffixes = mk("push", value, image), left_over + rest
            case _:
                value, suffixes = one_suffix(first, value, scope), rest
    return [value]


def _new_factors(
    at: t.Node, args: tuple[t.Node, ...], rest: Suffixes, scope: Scope
) -> list[Term]:
    if len(args) != 1:
        raise fail(at, "these arguments do not fit, and a product needs one factor in the brackets")
    return _factors(at, ex.elaborate(args[0], scope), rest, scope)


def one_suffix(suffix: t.Node, value: Term, scope: Scope) -> Term:
    """`value` with one suffix that looks only at `value`."""
    match suffix:
        case t.Sub(index=index):
            return subscript(suffix, value, index, scope)
        case t.Sup(exponent=exponent):
            return ops.power(suffix, value, exponent, scope)
        case t.TensorPower(exponent=exponent):
            return mk("mpow", _measure(suffix, value), ex.index(exponent, scope))
        case t.Complement():
            if not b.is_set(value):
                raise fail(suffix, f"this is {describe(value.sort)}", "a set before ᶜ")
            return b.complement(value)
        case t.Inverse():
            return b.arithmetic(lambda x: mk("inv", x), value)
        case t.Prime():
            return b.lam(NUM, lambda x: mk("deriv", value, x))
        case t.Factorial():
            if value.sort != NAT:
                value = _natural_value(suffix, value)
            return mk("nfact", value)
        case t.RestrictTo(region=region):
            measure = _measure(suffix, value)
            return mk("restrict", measure, regions.event_on((region,), measure.sort[1], scope))
        case t.Bracket():
            raise fail(suffix, f"[…] cannot follow {describe(value.sort)}")
        case _:
            raise fail(suffix, f"{type(suffix).__name__} cannot stand here")


def _natural_value(suffix: t.Node, value: Term) -> Term:
    literal = getattr(value, "value", None)
    if literal is None or literal.denominator != 1 or literal < 0:
        raise fail(suffix, f"this is {describe(value.sort)}", "a natural number before !")
    return mk_nat(int(literal))


def _measure(at: t.Node, value: Term) -> Term:
    if not b.is_meas(value):
        raise fail(at, f"this is {describe(value.sort)}", "a measure")
    return value


def subscript(at: t.Node, value: Term, index: t.Node, scope: Scope) -> Term:
    """`A_n`: a member of a sequence."""
    if not (b.is_fn(value) and value.sort[1] == NAT):
        raise fail(at, f"{describe(value.sort)} has no index", "a sequence")
    return b.app(value, ex.index(index, scope))


def application(at: t.Node, value: Term, args: tuple[t.Node, ...], scope: Scope) -> Term | None:
    """`value(args)`: measure of an event or value of a function; None if it is a product."""
    if b.is_meas(value):
        return measure_of(at, value, args, scope)
    if not b.is_fn(value):
        return None
    point = argument(args, scope, value.sort[1])
    if point is not None and point.sort == value.sort[1]:
        return b.app(value, point)
    if point is not None and b.is_fn(point) and point.sort[2] == value.sort[1]:
        return b.lift(lambda x: b.app(value, x), point)
    if len(args) == 1 and not b.is_set(value):
        return None
    found = describe(point.sort) if point is not None else f"{len(args)} arguments"
    raise fail(at, f"{found} does not fit {describe(value.sort)}")


def argument(args: tuple[t.Node, ...], scope: Scope, domain: Sort) -> Term | None:
    """The argument list as one point of `domain`, or a function into it, if it can be."""
    parts = [ex.elaborate(arg, scope, domain if len(args) == 1 else None) for arg in args]
    wanted = coordinates(domain, len(parts))
    if wanted is None:
        return None
    return b.pair(*[_as(part, sort) for part, sort in zip(parts, wanted, strict=True)])


def _as(part: Term, sort: Sort) -> Term:
    natural = part.sort == NAT or (b.is_fn(part) and part.sort[2] == NAT)
    return b.numeric(part) if sort == NUM and natural else part


def coordinates(domain: Sort, size: int) -> list[Sort] | None:
    """The sorts of `size` coordinates of a point of `domain`, pairs nested to the left."""
    result: list[Sort] = []
    while len(result) < size - 1:
        if not (isinstance(domain, tuple) and domain[0] == "prod"):
            return None
        result.insert(0, domain[2])
        domain = domain[1]
    return [domain, *result]


def measure_of(at: t.Node, measure: Term, args: tuple[t.Node, ...], scope: Scope) -> Term:
    """`μ(A)`, `P(X ∈ B, Y > t)`, `P(A | B)`."""
    space = measure.sort[1]
    match args:
        case (t.Given(left=left, right=right),):
            parts = [regions.event_on(_listed(side), space, scope) for side in (left, right)]
            return mk("condp", measure, *parts)
        case (t.Name(text="Ω"),) if scope.space("Ω") is None and "Ω" not in scope.values:
            raise fail(at, f"Ω is not the space of this measure, which lives on {space}")
    return mk("mass", measure, regions.event_on(args, space, scope))


def _listed(node: t.Node) -> tuple[t.Node, ...]:
    return node.items if isinstance(node, t.Tuple) else (node,)


def inverse(at: t.Node, value: Term, rest: Suffixes, scope: Scope) -> tuple[Term, Suffixes]:
    """`T⁻¹(B)`: a preimage, or the inverse at a point; a function alone is refused."""
    if not rest or not isinstance(rest[0], t.Call) or b.is_set(value):
        raise fail(
            at, "write 1/X for the reciprocal of a function; T⁻¹ needs an argument", "T⁻¹(B)"
        )
    target = value.sort[2]
    point: Term | None
    match rest[0].args:
        case (t.Interval() | t.SetOf() | t.Braces() as region,):
            point = regions.region(region, scope, ("fn", target, PROP))
        case (t.Name(text="∅"),):
            point = b.empty(target)
        case args:
            point = argument(args, scope, target)
    if point is not None and point.sort == ("fn", target, PROP):
        return b.lift(lambda x: b.app(point, x), value), rest[1:]
    if point is not None and point.sort == target:
        return mk("finv", value, point), rest[1:]
    if point is not None and b.is_fn(point) and point.sort[2] == target:
        return b.lift(lambda y: mk("finv", value, y), point), rest[1:]
    raise fail(
        rest[0], f"this does not fit the inverse of {describe(value.sort)}", f"a set in {target}"
    )


def _pushed(node: t.Node, scope: Scope) -> tuple[Term, Suffixes]:
    """The measure after `T_*` and the suffixes that belong to `T_*μ`, as in `T_*μ(B)`."""
    if not isinstance(node, t.Suffixed):
        return ex.measure(node, scope), ()
    for size in range(len(node.suffixes), -1, -1):
        head: t.Node = node.base
        if size:
            head = t.Suffixed(node.base, node.suffixes[:size], span=node.span)
        try:
            return ex.measure(head, scope), node.suffixes[size:]
        except ElabError:
            if size == 0:
                raise
    raise fail(node, "a measure is needed after _*")
