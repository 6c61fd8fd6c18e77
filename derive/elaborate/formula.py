"""Formulas to propositions, and to events where they stand inside `P(…)`, `{…}` or `1{…}`."""

from __future__ import annotations

from derive.elaborate import adjectives, regions, relations
from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import operators as ops
from derive.elaborate.letters import find_letters, without
from derive.elaborate.problem import describe, fail, placed
from derive.elaborate.scope import Letter, Scope
from derive.kernel.letter import all_of
from derive.kernel.sort import PROP, Sort
from derive.kernel.term import Term, abstract, mk
from derive.syntax import tree as t


def is_formula(node: t.Node) -> bool:
    """Whether `node` is a formula and not an expression."""
    match node:
        case t.Relation() | t.Conjunction() | t.ForAll() | t.HasProperty() | t.HasDensity():
            return True
        case t.Group(inner=inner):
            return is_formula(inner)
        case t.Name(text="true" | "false"):
            return True
    return False


def statement(node: t.Node, scope: Scope, letters: list[Letter] | None = None) -> Term:
    """A closed proposition: undeclared letters that are licensed are quantified outermost."""
    found = find_letters([node], scope) if letters is None else letters
    return close(proposition(node, scope.with_letters(found)), found)


def close(prop: Term, letters: list[Letter]) -> Term:
    """`prop` for every value of those letters that occur in it."""
    for letter in reversed(letters):
        if letter.free in prop.frees:
            prop = all_of([letter.free], b.imp(letter.guard, prop))
    return prop


@placed
def proposition(node: t.Node, scope: Scope) -> Term:
    """The proposition of a formula; relations between functions hold at every point."""
    match node:
        case t.Group(inner=inner):
            return proposition(inner, scope)
        case t.Relation(operands=operands, relations=signs, tail=tail):
            return relations.related(node, operands, signs, tail, scope)
        case t.Conjunction(items=items):
            return b.conj(*[proposition(item, scope) for item in items])
        case t.ForAll(names=names, domain=domain, body=body):
            return for_all(node, names, domain, body, scope)
        case t.HasProperty(subjects=subjects, adjective=phrase):
            return b.conj(*adjectives.of_subjects(node, subjects, phrase, scope))
        case t.HasDensity(subject=subject, density=density, measure=measure):
            return has_density(node, subject, density, measure, scope)
        case t.Name(text="true"):
            return b.TRUE
        case t.Name(text="false"):
            return b.FALSE
        case t.Juxtaposed(factors=factors) if (word := phrase_of(factors, scope)) is not None:
            return phrase_about(node, factors, word, scope)
    value = ex.elaborate(node, scope)
    if value.sort == PROP:
        return value
    raise fail(node, f"this is {describe(value.sort)}", "a formula, such as a = b")


def event_formula(node: t.Node, scope: Scope) -> Term:
    """A formula inside `P(…)`: a set of sample points, or a proposition without any."""
    match node:
        case t.Group(inner=inner):
            return event_formula(inner, scope)
        case t.Relation(operands=operands, relations=signs, tail=None):
            return relations.pointwise(node, operands, signs, scope)
        case t.Conjunction(items=items):
            parts = [event_formula(item, scope) for item in items]
            return b.lift(b.conj, *parts)
        case t.Relation(tail=tail) if tail is not None:
            raise fail(tail, "an event has no mode of convergence and no a.e.")
    return proposition(node, scope)


def for_all(
    node: t.Node, names: tuple[str, ...], domain: t.Node | None, body: t.Node, scope: Scope
) -> Term:
    """`for all x ∈ D, φ`; without a domain, the places where the letter stands say it."""
    if not names:
        return proposition(body, scope)
    name, rest = names[0], names[1:]
    if domain is None:
        letter = next((x for x in find_letters([body], without(scope, names), only={name})), None)
        if letter is None:
            raise fail(node, f"over what does {name} range?", f"for all {name} ∈ ℝ, …")
        sort, guard = letter.free.sort, letter.guard
        inner = scope.bind(name, letter.free)
        prop = for_all(node, rest, domain, body, inner)
        return mk("all", abstract(b.imp(guard, prop), letter.free)) if sort else prop
    space = ops.space_of(domain, scope)
    if space is not None:
        inner, point = scope.bind_fresh(name, space)
        guard = b.guard(point)
    else:
        region = regions.a_set(domain, scope, ("fn", "num", PROP))
        inner, point = scope.bind_fresh(name, region.sort[1])
        guard = b.app(region, point)
    prop = for_all(node, rest, domain, body, inner)
    return mk("all", abstract(b.imp(guard, prop), point))


def has_density(
    node: t.Node, subject: t.Node, density: t.Node, measure: t.Node | None, scope: Scope
) -> Term:
    """`X has density p [with respect to μ]`."""
    variable = ex.elaborate(subject, scope)
    if b.is_meas(variable):
        law = variable
    elif b.is_fn(variable):
        law = mk("law", scope.ambient(node, variable.sort[1]), variable)
    else:
        raise fail(subject, f"this is {describe(variable.sort)}", "a random variable or a measure")
    space: Sort = law.sort[1]
    base = mk("leb") if measure is None else ex.measure(measure, scope, space)
    if base.sort[1] != space:
        raise fail(node, "on this space a density needs a measure", "with respect to μ")
    return mk("eq", law, mk("dens", ex.elaborate(density, scope), base))


# ---- predicates that are written as words ----

PHRASES = {
    ("probability",): "probability",
    ("countable",): "countable",
    ("has", "a", "value"): "has a value",
}


def phrase_of(factors: tuple[t.Node, ...], scope: Scope) -> str | None:
    """The predicate in which the factors end: `P probability`, `E[X] has a value`."""
    for words, meaning in PHRASES.items():
        found = tuple(f.text if isinstance(f, t.Name) else "" for f in factors[-len(words) :])
        if found == words and len(factors) > len(words) and words[-1] not in scope.values:
            return meaning
    return None


def phrase_about(node: t.Node, factors: tuple[t.Node, ...], phrase: str, scope: Scope) -> Term:
    """What a predicate in words says of the factors before it."""
    size = next(len(words) for words, meaning in PHRASES.items() if meaning == phrase)
    rest = factors[:-size]
    subject = rest[0] if len(rest) == 1 else t.Juxtaposed(rest, span=node.span)
    phrase_node = t.AdjectivePhrase(phrase, span=node.span)
    return b.conj(*adjectives.of_subjects(node, (subject,), phrase_node, scope))
