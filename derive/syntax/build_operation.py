"""What the grammar reads becomes tree nodes: operations, big operators, integrals."""

from __future__ import annotations

from derive.syntax import tree
from derive.syntax.build_expression import (
    Child,
    ExpressionBuilder,
    Scripts,
    kinds,
    nodes,
    plain,
    reach,
)
from derive.syntax.diagnostic import failure
from derive.syntax.lexer import Lexeme
from derive.syntax.tree import Node

LIMITS = frozenset(["lim", "limsup", "liminf"])


class OperationBuilder(ExpressionBuilder):
    """Operations and binders."""

    def binary(self, children: list[Child]) -> Node:
        """`a + b`."""
        left, sign, right = children
        return tree.Binary(sign.value, left, right, span=reach(children))

    def binary_negative(self, children: list[Child]) -> Node:
        """`a · -b`."""
        left, sign, *_, right = children
        negative = tree.Negative(right, span=reach(children[2:]))
        return tree.Binary(sign.value, left, negative, span=reach(children))

    def negative(self, children: list[Child]) -> Node:
        """`-a`."""
        return tree.Negative(children[1], span=reach(children))

    def juxtaposed(self, children: list[Node]) -> Node:
        """`a b`, left to right."""
        left, right = children
        factors = left.factors if isinstance(left, tree.Juxtaposed) else (left,)
        return tree.Juxtaposed((*factors, right), span=reach(children))

    def scripts(self, children: list[Child]) -> Node:
        """The indices of a big operator, in either order."""
        found: dict[str, Node] = {}
        for sign, index in zip(children[::2], children[1::2], strict=True):
            if sign.type in found:
                raise failure("two indices at the same place", sign.span)
            found[sign.type] = plain(index)
        return Scripts(found.get("SUB"), found.get("SUP"), span=reach(children))

    def big(self, children: list[Child]) -> Node:
        """`∑_{n=1}^N a_n`."""
        sign, scripts, body = children
        return tree.Big(sign.value, index_range(sign.value, scripts), body, span=reach(children))

    def derivative(self, children: list[Child]) -> Node:
        """`∂/∂θ f(θ)`."""
        return tree.Derivative(children[0].value, children[1], span=reach(children))

    def one(self, children: list[Child]) -> None:
        """The integrand of `∫ dμ`; `integral` puts 1 in its place."""

    def integral(self, children: list[Child]) -> Node:
        """`∫_A f dμ`."""
        differential, body, scripts = children[-1], children[-2], None
        if len(children) == 4:
            scripts = children[1]
        if body is None:
            body = tree.Number("1", span=differential.span)
        span = reach(children)
        if scripts is None:
            return tree.Integral(body, differential, span=span)
        if scripts.upper is None:
            return tree.Integral(body, differential, region=scripts.lower, span=span)
        if scripts.lower is None:
            raise failure("this integral has an upper but no lower limit", scripts.span, "_a^b")
        return tree.Integral(body, differential, None, scripts.lower, scripts.upper, span=span)

    def d_name(self, children: list[Child]) -> Node:
        """`dx`, `dμ`, `dμ_n`, `dμ(x)`."""
        return tree.Differential(self.rn_name(children), bound(children), span=reach(children))

    def d_open(self, children: list[Child]) -> Node:
        """`d(μ ⊗ ν)(x,y)`."""
        return tree.Differential(nodes(children)[0], bound(children), span=reach(children))

    def d_dummy(self, children: list[Child]) -> Node:
        """`μ(dx)`."""
        names = tuple(children[2].value.split(","))
        return tree.Differential(children[1], names, span=reach(children))

    def rn_name(self, children: list[Child]) -> Node:
        """The measure of `dμ` or `dμ_n`."""
        name = tree.Name(children[0].value, span=children[0].span)
        if "D_SUB" not in kinds(children):
            return name
        subscript = tree.Sub(plain(children[2]), span=reach(children[1:3]))
        return tree.Suffixed(name, (subscript,), span=reach(children[:3]))

    def rn_open(self, children: list[Child]) -> Node:
        """The measure of `d(f·μ)`."""
        return children[2]

    def rn_derivative(self, children: list[Child]) -> Node:
        """`dν/dμ`."""
        return tree.RNDerivative(children[0], children[2], span=reach(children))


def bound(children: list[Child]) -> tuple[str, ...]:
    """The names in the brackets of `d(μ ⊗ ν)(x,y)`."""
    if "D_ARGS" not in kinds(children):
        return ()
    return tuple(c.value for c in children[1:] if isinstance(c, Lexeme) and c.type == "NAME")


def index_range(sign: str, scripts: Scripts) -> tree.Range:
    """What `_{n=1}^N`, `_n`, `_{x∈S}`, `_{n≥1}`, `_{1≤i≤n}`, `_{n→∞}` say."""
    span, high = scripts.span, scripts.upper
    match scripts.lower, high:
        case tree.Name(name), None:
            return tree.Range(name, span=span)
        case tree.Relation((tree.Name(name), tree.Name("∞") as low), ("→",), None), None if (
            sign in LIMITS
        ):
            return tree.Range(name, high=low, span=span)
        case tree.Relation((tree.Name(name), low), ("=",), None), Node():
            if sign not in LIMITS:
                return tree.Range(name, low, high, span=span)
        case tree.Relation((tree.Name(name), low), ("≥",), None), None if sign not in LIMITS:
            return tree.Range(name, low, tree.Name("∞", span=span), span=span)
        case tree.Relation((low, tree.Name(name), top), ("≤", "≤"), None), None:
            if sign not in LIMITS:
                return tree.Range(name, low, top, span=span)
        case tree.Relation((tree.Name(name), domain), ("∈",), None), None if sign not in LIMITS:
            return tree.Range(name, domain=domain, span=span)
    example = f"{sign}_n, {sign}_{{n=a}}^b or {sign}_{{x∈S}}"
    if sign in LIMITS:
        example = f"{sign}_n or {sign}_{{n→∞}}"
    raise failure(f"this index of {sign} cannot be read", span, example)
