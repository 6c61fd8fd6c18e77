"""What the grammar reads becomes tree nodes: formulas and types."""

from __future__ import annotations

from derive.syntax import tree
from derive.syntax.build_expression import Child, kinds, nodes, reach
from derive.syntax.build_operation import OperationBuilder
from derive.syntax.diagnostic import failure, nearest
from derive.syntax.lexer import Lexeme, type_words
from derive.syntax.tree import Node


class Step(Node):
    """The expression of a chain step and its tail."""

    term: Node
    tail: Node | None


class Declared(Node):
    """A type with all its adjectives."""

    type: tree.TypePhrase
    adjectives: tuple[tree.AdjectivePhrase, ...]


class FormulaBuilder(OperationBuilder):
    """Formulas and types."""

    def relation(self, children: list[Child]) -> Node:
        """`a = b ≤ c a.s.`"""
        tail = None
        if isinstance(children[-1], (tree.AlmostEverywhere, tree.Mode)):
            tail = children[-1]
        signs = tuple(child.value for child in children if isinstance(child, Lexeme))
        operands = nodes(children)[: len(signs) + 1]
        return tree.Relation(operands, signs, tail, span=reach(children))

    def conjunction(self, children: list[Child]) -> Node:
        """`φ and ψ`."""
        return tree.Conjunction(nodes(children), span=reach(children))

    def for_all(self, children: list[Child]) -> Node:
        """`for all x ∈ D, φ`."""
        names = tuple(c.value for c in children if isinstance(c, Lexeme) and c.type == "BOUND")
        *domain, body = nodes(children)
        return tree.ForAll(names, domain[0] if domain else None, body, span=reach(children))

    def function_of(self, children: list[Child]) -> Node:
        """`x ↦ x²`, `(x, y) ↦ x y`."""
        head, _, body = children
        names = (head.value,) if isinstance(head, Lexeme) else _argument_names(head)
        if not all(names) or len(set(names)) < len(names):
            raise failure("before ↦ stand different names", head.span, "x ↦ …, (x, y) ↦ …")
        return tree.Lambda(names, body, span=reach(children))

    def almost_surely(self, children: list[Lexeme]) -> Node:
        """`a.s.`"""
        return tree.AlmostEverywhere(None, span=children[0].span)

    def almost_everywhere(self, children: list[Child]) -> Node:
        """`μ-a.e.`"""
        measure = children[1]
        if isinstance(measure, tree.Group):
            measure = measure.inner
        return tree.AlmostEverywhere(measure, span=reach(children))

    def mode(self, children: list[Lexeme]) -> Node:
        """`in probability`."""
        return tree.Mode(children[0].value, span=children[0].span)

    def mode_l(self, children: list[Child]) -> Node:
        """`in L^p`."""
        if not isinstance(children[1], tree.Sup):
            raise failure("write the exponent as in L^2", children[1].span, "in L^p")
        return tree.Mode("in L", children[1].exponent, span=reach(children))

    def mode_as(self, children: list[Child]) -> Node:
        """`as n → ∞`."""
        if children[3] != tree.Name("∞", span=children[3].span):
            raise failure("only limits as n → ∞ are read here", children[3].span, "∞")
        return tree.Mode("as", name=children[1].value, span=reach(children))

    def adjective(self, children: list[Child]) -> Node:
        """`integrable under μ`, `differentiable in θ`."""
        marks = kinds(children)
        argument = children[-1].value if "IN" in marks else None
        measure = nodes(children)[0] if "UNDER" in marks else None
        word = children[0].value
        return tree.AdjectivePhrase(word, measure, None, argument, span=reach(children))

    def algebra_measurable(self, children: list[Child]) -> Node:
        """`𝒢-measurable`."""
        return tree.AdjectivePhrase("measurable", algebra=children[1], span=reach(children))

    def has_property(self, children: list[Child]) -> Node:
        """`X, Y independent`."""
        subjects, adjective = nodes(children)[:-1], children[-1]
        return tree.HasProperty(subjects, adjective, span=reach(children))

    def has_density(self, children: list[Child]) -> Node:
        """`X has density p with respect to μ`."""
        subject, density, *measure = nodes(children)
        reference = measure[0] if measure else None
        return tree.HasDensity(subject, density, reference, span=reach(children))

    def step(self, children: list[Node]) -> Node:
        """A term with its tail."""
        return Step(children[0], children[1], span=reach(children))

    # ---- types

    def plain(self, children: list[Lexeme]) -> Node:
        """`real`, `natural number`, `measurable space`."""
        return tree.TypePhrase(children[0].value, span=children[0].span)

    def on_space(self, children: list[Child]) -> Node:
        """`measure on 𝒳`, `event in 𝒳`, `point of 𝒳`."""
        space = children[2] if len(children) > 1 else None
        return tree.TypePhrase(children[0].value, space, span=reach(children))

    def kernel(self, children: list[Child]) -> Node:
        """`kernel from 𝒳 to 𝒴`."""
        return tree.TypePhrase("kernel", children[2], children[4], span=reach(children))

    def function(self, children: list[Child]) -> Node:
        """`𝒳 → ℝ`."""
        return tree.TypePhrase("function", children[0], children[2], span=reach(children))

    def interval_type(self, children: list[Child]) -> Node:
        """`[0,1]`; anything else that stands alone is no type."""
        if isinstance(children[0], tree.Interval):
            return tree.TypePhrase("interval", children[0], span=children[0].span)
        if isinstance(children[0], tree.Tuple) and len(children[0].items) == 2:
            low, high = children[0].items
            space = tree.Interval(low, high, False, False, span=children[0].span)
            return tree.TypePhrase("interval", space, span=space.span)
        parts = getattr(children[0], "factors", children)
        word = " ".join(part.text for part in parts if isinstance(part, tree.Name))
        message, known = "this is not a type", "measure on 𝒳, event, random variable, 𝒳 → ℝ, …"
        raise failure(message, children[0].span, known, nearest(word, type_words()))

    def sequence(self, children: list[Child]) -> Node:
        """`sequence of T`; an adjective of T is one of the sequence."""
        inner, adjectives = _with_adjectives(children[1])
        span = reach(children)
        phrase = tree.TypePhrase("sequence", of=inner, span=span)
        return Declared(phrase, adjectives, span=span) if adjectives else phrase

    def adjective_real(self, children: list[Lexeme]) -> Node:
        """`positive real`."""
        word, kind = children
        adjective = tree.AdjectivePhrase(word.value, span=word.span)
        phrase = tree.TypePhrase(kind.value, span=kind.span)
        return Declared(phrase, (adjective,), span=reach(children))

    def declared(self, children: list[Child]) -> Node:
        """A type and its adjectives."""
        phrase, known = _with_adjectives(children[0])
        more = tuple(child for child in children if isinstance(child, tree.AdjectivePhrase))
        return Declared(phrase, (*known, *more), span=reach(children))


def _with_adjectives(
    found: tree.TypePhrase | Declared,
) -> tuple[tree.TypePhrase, tuple[tree.AdjectivePhrase, ...]]:
    """A type, and the adjectives that were written inside it: `positive real`."""
    if isinstance(found, Declared):
        return found.type, found.adjectives
    return found, ()


def _argument_names(head: tree.Group | tree.Tuple) -> tuple[str, ...]:
    """The names in `(x, y) ↦`; an empty one where something else stands."""
    items = (head.inner,) if isinstance(head, tree.Group) else head.items
    return tuple(item.text if isinstance(item, tree.Name) else "" for item in items)
