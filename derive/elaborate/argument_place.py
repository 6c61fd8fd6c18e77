"""`differentiable in θ`: a property in one argument, for all values of the others (rulings L26)."""

from __future__ import annotations

from itertools import chain

from derive.elaborate import adjectives, relations
from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate.letters import calls_in, occurs
from derive.elaborate.problem import fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NUM, Sort
from derive.kernel.term import Term, abstract, mk
from derive.syntax import tree as t


def in_argument(subject: t.Node, phrase: t.AdjectivePhrase, scope: Scope) -> Term:
    """`p(θ,x) differentiable in θ`, `f differentiable in θ`."""
    name = phrase.argument or ""
    plain = t.AdjectivePhrase(phrase.word, phrase.measure, phrase.algebra, None, span=phrase.span)
    if occurs(name, subject):
        inner, point = scope.bind_fresh(name, NUM)
        value = ex.elaborate(subject, inner)
        if b.is_fn(value):
            return relations.everywhere_plain(
                b.lift(
                    lambda x: b.conj(*adjectives.single(subject, abstract(x, point), plain, scope)),
                    value,
                )
            )
        return b.conj(*adjectives.single(subject, abstract(b.numeric(value), point), plain, scope))
    value = ex.elaborate(subject, scope)
    if not b.is_fn(value):
        raise fail(subject, f"{name} does not occur in this", f"a function of {name}")
    place = scope.places.get((getattr(subject, "text", ""), name))
    if place is None and value.sort[1] != NUM:
        raise fail(
            phrase,
            f"which argument is {name}?",
            f"the function with its arguments, {name} among them",
        )
    return _in_place(subject, value, place or 0, plain, scope)


def _in_place(
    subject: t.Node, value: Term, place: int, phrase: t.AdjectivePhrase, scope: Scope
) -> Term:
    """The property of a function of several arguments in the one at `place`, for all others."""
    sorts: list[Sort] = []
    domain = value.sort[1]
    while isinstance(domain, tuple) and domain[0] == "prod":
        sorts.insert(0, domain[2])
        domain = domain[1]
    points = [b.fresh(s) for s in (domain, *sorts)]
    section = abstract(b.app(value, b.pair(*points)), points[place])
    prop = b.conj(*adjectives.single(subject, section, phrase, scope))
    for position in reversed(range(len(points))):
        if position != place:
            point = points[position]
            prop = mk("all", abstract(b.imp(b.guard(point), prop), point))
    return prop


def argument_places(nodes: list[t.Node], scope: Scope) -> dict[tuple[str, str], int]:
    """Where letters stand as arguments of declared functions, if always at one place."""
    found: dict[tuple[str, str], set[int]] = {}
    functions = {name for name, value in scope.values.items() if b.is_fn(value)}
    for name, args in chain.from_iterable(map(calls_in, nodes)) if functions else ():
        if name in functions:
            for position, arg in enumerate(args):
                if isinstance(arg, t.Name):
                    found.setdefault((name, arg.text), set()).add(position)
    return {key: places.copy().pop() for key, places in found.items() if len(places) == 1}
