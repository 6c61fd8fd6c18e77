"""What the grammar reads becomes tree nodes: expressions. Called bottom-up, so nothing recurses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from derive.syntax import tree
from derive.syntax.diagnostic import failure
from derive.syntax.lexer import Lexeme
from derive.syntax.symbols import SUPERSCRIPTS
from derive.syntax.tree import Node, Span

Child = Any
"""A lexeme or a node; which of them, the rule of the grammar says."""
FORMULAS = (tree.Relation, tree.HasProperty, tree.HasDensity, tree.Conjunction, tree.ForAll)
_POWERS = (tree.Sup, tree.Inverse, tree.TensorPower)


class Braced(Node):
    """`{…}` as a subscript or superscript; never leaves this module's callers."""

    inner: Node


class Scripts(Node):
    """The lower and upper index of a big operator or integral."""

    lower: Node | None
    upper: Node | None


class Arguments(Node):
    """What stands between the brackets of a call."""

    items: tuple[Node, ...]


def reach(children: Sequence[Child]) -> Span:
    """From the start of the first child to the end of the last."""
    first, last = children[0].span, children[-1].span
    return Span(first.line, first.column, last.end_line, last.end_column)


def nodes(children: Sequence[Child]) -> tuple[Node, ...]:
    """The children that are nodes."""
    return tuple(child for child in children if isinstance(child, Node))


def kinds(children: Sequence[Child]) -> set[str]:
    """The types of the children that are lexemes."""
    return {child.type for child in children if isinstance(child, Lexeme)}


def plain(node: Node) -> Node:
    """Without the braces of an index."""
    return node.inner if isinstance(node, Braced) else node


class ExpressionBuilder:
    """One method for each rule or alias of the grammar; each takes the children in order."""

    # ---- atoms

    def name(self, children: list[Lexeme]) -> Node:
        """A name with its digits and primes."""
        return tree.Name(children[0].value, span=children[0].span)

    def number(self, children: list[Lexeme]) -> Node:
        """A numeral."""
        return tree.Number(children[0].value, span=children[0].span)

    def points(self, children: list[Child]) -> Node:
        """`(e)` or `(x, y)`."""
        items = nodes(children)
        if len(items) == 1:
            return tree.Group(items[0], span=reach(children))
        return tree.Tuple(items, span=reach(children))

    group = points

    def interval(self, children: list[Child]) -> Node:
        """`[a,b)`."""
        low, high = nodes(children)
        low_closed, high_closed = children[0].type == "LBRACK", children[-1].type == "RBRACK"
        return tree.Interval(low, high, low_closed, high_closed, span=reach(children))

    def absolute(self, children: list[Child]) -> Node:
        """`|x|`."""
        return tree.Absolute(nodes(children)[0], span=reach(children))

    def braces(self, children: list[Child]) -> Node:
        """`{φ, ψ}`."""
        return tree.Braces(nodes(children), span=reach(children))

    def set_of(self, children: list[Child]) -> Node:
        """`{x ∈ D | φ}`."""
        binding, *conditions = nodes(children)
        match binding:
            case tree.Relation((tree.Name(name), domain), ("∈",), None):
                inner = conditions[0]
                if len(conditions) > 1:
                    inner = tree.Conjunction(tuple(conditions), span=reach(conditions))
                return tree.SetOf(name, domain, inner, span=reach(children))
        message = "a set is written {x ∈ D | condition}, with one name x and its domain D"
        raise failure(message, binding.span, "x ∈ D")

    def indicator(self, children: list[Child]) -> Node:
        """`1_A`, `1_{X > t}`, `1{X > t}`."""
        items = nodes(children)
        event = plain(items[0])
        braced = "LBRACE" in kinds(children) or isinstance(event, FORMULAS)
        if len(items) > 1 or braced:
            event = tree.Braces((event, *items[1:]), span=reach(items))
        return tree.Indicator(event, span=reach(children))

    # ---- suffixes

    def suffixed(self, children: list[Node]) -> Node:
        """An operand and its suffixes; two powers in a row are refused."""
        base, *suffixes = children
        folded = _pushes(suffixes)
        for before, after in pairwise(folded):
            if isinstance(before, _POWERS) and isinstance(after, _POWERS):
                message = "two exponents in a row: write a^{b^c} or (a^b)^c"
                raise failure(message, after.span, "brackets")
        return tree.Suffixed(base, tuple(folded), span=reach(children))

    def root(self, children: list[Child]) -> Node:
        """`√x`: a bracket after √ is all of its operand; `√x²` must say what it means."""
        sign, base, *suffixes = children
        own: list[Node] = []
        if not isinstance(base, (tree.Group, tree.Number)):
            while suffixes and _belongs(suffixes[0]):
                own.append(suffixes.pop(0))
            if suffixes and not isinstance(suffixes[0], tree.Call):
                message = "write √(…) to say how far the root reaches"
                raise failure(message, suffixes[0].span, "brackets")
        operand = self.suffixed([base, *own]) if own else base
        root = tree.Root(operand, span=reach([sign, operand]))
        return self.suffixed([root, *suffixes]) if suffixes else root

    def arguments(self, children: list[Child]) -> Node:
        """The arguments of a call; a bar or ‖ among them makes one argument of two sides."""
        span = reach(children)
        for index, child in enumerate(children):
            if isinstance(child, Lexeme) and child.type in ("GIVEN", "DIVERGENCE"):
                left, right = side(children[:index]), side(children[index + 1 :])
                kind = tree.Given if child.type == "GIVEN" else tree.Divergence
                return Arguments((kind(left, right, span=span),), span=span)
        return Arguments(nodes(children), span=span)

    def call(self, children: list[Child]) -> Node:
        """`(a, b)` after an operand."""
        hugging = children[0].type == "CALL"
        return tree.Call(children[1].items, hugging, span=reach(children))

    def call_braces(self, children: list[Child]) -> Node:
        """`P{X > t}` is `P({X > t})`."""
        event = tree.Braces(children[1].items, span=reach(children))
        return tree.Call((event,), True, span=event.span)

    def bracket(self, children: list[Child]) -> Node:
        """`[X | 𝒢]` after an operand."""
        return tree.Bracket(children[1].items, span=reach(children))

    def braced(self, children: list[Child]) -> Node:
        """`{…}` as an index."""
        return Braced(children[1], span=reach(children))

    def sub(self, children: list[Child]) -> Node:
        """`_n`."""
        return tree.Sub(plain(children[1]), span=reach(children))

    def sup(self, children: list[Child]) -> Node:
        """`^2`, `^c`, `^{-1}`; `^{c}` is a power."""
        span, exponent = reach(children), plain(children[1])
        match exponent:
            case tree.Name("c") if exponent is children[1]:
                return tree.Complement(span=span)
            case tree.Negative(tree.Number("1")):
                return tree.Inverse(span=span)
        return tree.Sup(exponent, span=span)

    def superscripts(self, children: list[Lexeme]) -> Node:
        """`²`, `⁻¹`, `ⁿ`."""
        span, text = children[0].span, children[0].value
        digits = "".join(SUPERSCRIPTS[character] for character in text)
        if digits == "-1":
            return tree.Inverse(span=span)
        bare = digits.removeprefix("-")
        exponent: Node = (tree.Number if bare.isdigit() else tree.Name)(bare, span=span)
        if not bare or "-" in bare or not (bare.isdigit() or len(bare) == 1):
            raise failure("this exponent must be written ^{…}", span, "^{…}")
        if bare != digits:
            exponent = tree.Negative(exponent, span=span)
        return tree.Sup(exponent, span=span)

    def tensor_power(self, children: list[Child]) -> Node:
        """`^{⊗n}`."""
        return tree.TensorPower(plain(nodes(children)[0]), span=reach(children))

    def complement(self, children: list[Lexeme]) -> Node:
        """`ᶜ`."""
        return tree.Complement(span=children[0].span)

    def prime(self, children: list[Lexeme]) -> Node:
        """`'` that follows a bracket or another suffix."""
        return tree.Prime(span=children[0].span)

    def factorial(self, children: list[Lexeme]) -> Node:
        """`!`."""
        return tree.Factorial(span=children[0].span)

    def push(self, children: list[Child]) -> Node:
        """`_*μ`; the suffixes of the measure are gathered in `suffixed`."""
        return tree.PushBy(children[1], span=reach(children))

    def restrict(self, children: list[Child]) -> Node:
        """`|_A`."""
        return tree.RestrictTo(plain(children[2]), span=reach(children))


def side(children: Sequence[Child]) -> Node:
    """One side of a bar: several events hold together, several expressions make a tuple."""
    items = nodes(children)
    if len(items) == 1:
        return items[0]
    event = any(isinstance(item, FORMULAS) for item in items)
    return (tree.Braces if event else tree.Tuple)(items, span=reach(children))


def _belongs(suffix: Node) -> bool:
    """Whether a root reaches over this suffix of a name."""
    if isinstance(suffix, tree.Call):
        return suffix.hugging
    return isinstance(suffix, (tree.Sub, tree.Bracket, tree.Prime))


def _hugs(suffix: Node) -> bool:
    """Whether a suffix belongs to the measure of a pushforward."""
    if isinstance(suffix, tree.Call):
        return suffix.hugging
    return not isinstance(suffix, tree.RestrictTo)


def _pushes(suffixes: list[Node]) -> list[Node]:
    """Give each `_*μ` the suffixes that hug its measure, from the right."""
    folded: list[Node] = []
    for suffix in reversed(suffixes):
        if isinstance(suffix, tree.PushBy):
            taken: list[Node] = []
            while folded and _hugs(folded[0]):
                taken.append(folded.pop(0))
            if taken:
                span = reach([suffix.measure, *taken])
                measure = tree.Suffixed(suffix.measure, tuple(taken), span=span)
                suffix = tree.PushBy(measure, span=reach([suffix, measure]))
        folded.insert(0, suffix)
    return folded
