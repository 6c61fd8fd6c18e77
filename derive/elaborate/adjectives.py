"""Adjectives as predicates: `integrable under μ`, `pairwise disjoint`, `𝒢-measurable`, …"""

from __future__ import annotations

from collections.abc import Callable

from derive.elaborate import argument_place, joint, operators, relations
from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate.joint import JOINT, ORDERED, as_function, as_set
from derive.elaborate.letters import occurs
from derive.elaborate.problem import describe, fail, near
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import App, Free, Term, abstract, mk
from derive.syntax import tree as t

SINGLE = frozenset(
    [
        "measurable",
        "nonnegative",
        "positive",
        "bounded",
        "integrable",
        "square-integrable",
        "finite",
        "σ-finite",
        "probability",
        "injective",
        "continuous",
        "differentiable",
        "convex",
        "countable",
        "event",
    ]
) | {"has integral", "holds almost everywhere", "has a value"}


def words() -> list[str]:
    """Every adjective."""
    return sorted(JOINT | ORDERED | SINGLE | {"𝒢-measurable"})


def of_subjects(
    node: t.Node, subjects: tuple[t.Node, ...], phrase: t.AdjectivePhrase, scope: Scope
) -> list[Term]:
    """`X, Y adjective`: the propositions it stands for."""
    if phrase.argument is not None:
        return [argument_place.in_argument(subject, phrase, scope) for subject in subjects]
    values = [_subject(subject, phrase, scope) for subject in subjects]
    if phrase.word in JOINT | ORDERED and len(values) == 1:
        index = _open_index(subjects[0], values[0], scope)
        if index is not None:
            values = [abstract(values[0], index)]
    return of_values(node, values, phrase, scope)


def _subject(node: t.Node, phrase: t.AdjectivePhrase, scope: Scope) -> Term:
    """The object of an adjective; `(y ↦ …) integrable under ν` is a function on the space of ν."""
    expected: Sort | None = None
    if phrase.measure is not None and operators.needs_context(node):
        expected = ("fn", ex.measure(phrase.measure, scope).sort[1], NUM)
    value = ex.elaborate(node, scope, expected)
    return b.numeric(value) if value.sort == NAT and phrase.word != "positive" else value


def _open_index(node: t.Node, value: Term, scope: Scope) -> Term | None:
    """The undeclared index of `A_n ∩ B pairwise disjoint`, which speaks of the whole sequence."""
    found = [
        free
        for name, free in scope.values.items()
        if name not in scope.declared and isinstance(free, Free) and free.sort == NAT
        and free in value.frees and occurs(name, node)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def of_values(
    node: t.Node, values: list[Term], phrase: t.AdjectivePhrase, scope: Scope
) -> list[Term]:
    """The propositions of an adjective about these objects: one for each, or one about all."""
    word = phrase.word
    if word in JOINT:
        return joint.joint(node, word, values, scope)
    if word in ORDERED:
        return [joint.ordered(node, word, value) for value in values]
    if word not in SINGLE and phrase.algebra is None:
        raise fail(phrase, f"unknown adjective {word}", "an adjective", near(word, words()))
    return [prop for value in values for prop in single(node, value, phrase, scope)]


# ---- about one object ----


def is_sequence(value: Term) -> bool:
    """Whether an adjective is said of each member: a sequence of functions, sets or measures."""
    return b.is_fn(value) and value.sort[1] == NAT and isinstance(value.sort[2], tuple)


def single(node: t.Node, value: Term, phrase: t.AdjectivePhrase, scope: Scope) -> list[Term]:
    """An adjective of one object; of a sequence it is said of every member."""
    if is_sequence(value):
        index = b.fresh(NAT)
        parts = single(node, b.app(value, index), phrase, scope)
        return [mk("all", abstract(b.imp(b.from_one(index), p), index)) for p in parts]
    if phrase.algebra is not None:
        algebra = ex.elaborate(phrase.algebra, scope)
        return [mk("gmeasurable", algebra, b.indicator(value) if b.is_set(value) else value)]
    match phrase.word:
        case "integrable" | "square-integrable":
            return _integrable(node, value, phrase, scope)
        case "has integral":
            measure, function = _measure_and_function(node, value, phrase, scope)
            return [mk("has_integral", measure, function)]
        case "holds almost everywhere":
            measure = _measure(node, value, phrase, scope)
            return [mk("ae", measure, as_set(node, value))]
        case _ if phrase.measure is not None:
            raise fail(phrase, f"`{phrase.word}` does not take `under`")
        case "nonnegative":
            return [_at_points(node, value, lambda x: b.le(b.ZERO, x))]
        case "positive" if value.sort == NAT:
            return [b.from_one(value)]
        case "positive":
            return [_at_points(node, value, lambda x: b.lt(b.ZERO, x))]
        case "σ-finite":
            return [mk("sigma_finite", _kind(node, value, "meas"))]
        case "probability":
            return [mk("probability", _kind(node, value, "meas"))]
        case "finite":
            return [_finite(node, value)]
        case "has a value":
            return [value_predicate(node, value)]
        case "event":
            return [mk("mset", as_set(node, value))]
        case "countable":
            return [mk("countable", as_set(node, value))]
        case "measurable":
            return [
                mk("mset", value) if b.is_set(value) else mk("measurable", as_function(node, value))
            ]
        case "bounded" | "injective":
            return [mk(phrase.word, as_function(node, value))]
        case "continuous" | "differentiable" | "convex":
            if value.sort != ("fn", NUM, NUM):
                raise fail(node, f"this is {describe(value.sort)}", "a function from ℝ to ℝ")
            return [mk(phrase.word, value)]
    raise fail(phrase, f"unknown adjective {phrase.word}")


def _integrable(node: t.Node, value: Term, phrase: t.AdjectivePhrase, scope: Scope) -> list[Term]:
    measure, function = _measure_and_function(node, value, phrase, scope)
    if phrase.word == "integrable":
        return [mk("integrable", measure, function)]
    square = b.lift(lambda x: mk("pow", x, b.TWO), function)
    return [mk("measurable", function), mk("integrable", measure, square)]


def _measure(node: t.Node, value: Term, phrase: t.AdjectivePhrase, scope: Scope) -> Term:
    """The measure after `under`, or the only one there is."""
    if phrase.measure is not None:
        return ex.measure(phrase.measure, scope, value.sort[1] if b.is_fn(value) else None)
    return scope.only_measure(node, value.sort[1]) if b.is_fn(value) else scope.ambient(node)


def _measure_and_function(
    node: t.Node, value: Term, phrase: t.AdjectivePhrase, scope: Scope
) -> tuple[Term, Term]:
    measure = _measure(node, value, phrase, scope)
    return measure, b.on_space(b.numeric(value), measure.sort[1])


def value_predicate(node: t.Node, value: Term) -> Term:
    """`E[X] has a value` of an expectation, integral, sum or limit."""
    match value:
        case App(head="E" | "int", args=(measure, function)):
            return mk("has_integral", measure, function)
        case App(head="sum", args=(region, terms)):
            return mk("has_sum", region, terms)
        case App(head="lim", args=(sequence,)):
            return mk("has_limit", sequence)
    raise fail(node, "`has a value` is said of E[…], an integral, a sum or a limit")


def _at_points(node: t.Node, value: Term, relation: Callable[[Term], Term]) -> Term:
    if b.is_set(value) or not (b.is_fn(value) or value.sort in (NUM, NAT)):
        raise fail(node, f"this is {describe(value.sort)}", "a number or a numerical function")
    if b.is_fn(value) and value.sort[1] == NAT:
        return b.for_index(lambda n: relation(b.app(value, n)))
    return relations.everywhere_plain(b.lift(relation, value))


def _finite(node: t.Node, value: Term) -> Term:
    if b.is_meas(value):
        return mk("finite_measure", value)
    if b.is_set(value):
        return mk("finite_set", value)
    return _at_points(node, value, lambda x: mk("fin", b.numeric(x)))


def _kind(node: t.Node, value: Term, constructor: str) -> Term:
    if not (isinstance(value.sort, tuple) and value.sort[0] == constructor):
        raise fail(node, f"this is {describe(value.sort)}", "a measure")
    return value
