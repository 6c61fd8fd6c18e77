"""Propositions as text."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_definition, show_predicate, show_quantifier
from derive.elaborate import show_measure as sm
from derive.elaborate import show_number as sn
from derive.elaborate import show_set as ss
from derive.elaborate.printer import (
    ATOM,
    CONJUNCTION,
    FORALL,
    RELATION,
    UNION,
    State,
    Text,
    Unprintable,
    between,
    is_ambient,
    name_of_space,
    wrap,
)  # fmt: skip
from derive.elaborate.show_sequence import sequence_phrase
from derive.kernel.sort import NAT, NUM, PROP
from derive.kernel.term import App, Free, Lam, Num, Term, abstract


def proposition(term: Term, state: State) -> Text:
    """A proposition."""
    special = sequence_phrase(term, state)
    if special is not None:
        return special, RELATION
    if b.is_app(term, "all"):
        return show_quantifier.for_all(term.args[0], state)
    with state.inside():
        return _proposition(term, state)


def _proposition(term: Term, state: State) -> Text:
    match term:
        case App() if show_definition.is_defined(term):
            return show_definition.defined(term, state)
        case App(head="true"):
            return "true", ATOM
        case App(head="false"):
            return "false", ATOM
        case App(head="and", args=args):
            chains, rest = chained(args, state)
            pieces = [(text, RELATION) for text in chains]
            pieces += [proposition(p, state) for p in rest]
            pieces.sort(key=lambda p: p[0])
            if len(pieces) == 1:
                return pieces[0]
            return " and ".join(wrap(p, RELATION) for p in pieces), CONJUNCTION
        case App(head="or" | "ex") if (found := ss.membership(term, state)) is not None:
            return f"{found[0]} ∈ {wrap(found[1], UNION)}", RELATION
        case App(head="or", args=args):
            return " or ".join(
                sorted(wrap(proposition(p, state), RELATION) for p in args)
            ), CONJUNCTION
        case App(head="imp", args=(left, right)):
            return (
                between(proposition(left, state), "⟹", proposition(right, state), CONJUNCTION),
                FORALL,
            )
        case App(head="ex", args=(function,)):
            with state.opened(function) as (name, _, body):
                return (
                    f"∃ {name} ∈ {name_of_space(function.sort[1])}, {proposition(body, state)[0]}",
                    FORALL,
                )
        case App(head="ae", args=(law, event)):
            return almost_everywhere(law, event, state), RELATION
        case Free() | App(head="app"):
            return member(term, state), RELATION
    return relation(term, state), RELATION


def member(term: Term, state: State) -> str:
    """`x ∈ A`."""
    if not b.is_app(term, "app"):
        return sn.number(term, state)[0]
    region, point = term.args
    left = sn.number(point, state)
    return f"{wrap(left, UNION)} ∈ {wrap(ss.region(region, state), UNION)}"


# ---- relations ----


def relation(term: Term, state: State) -> str:
    """A relation or a predicate; at a left-out sample point, between functions."""
    match term:
        case App(head="le", args=(left, right)):
            return _ordered(left, right, "≤", "≥", state)
        case App(head="not", args=(App(head="le", args=(right, left)),)):
            return _ordered(left, right, "<", ">", state)
        case App(head="not", args=(App(head="eq", args=(left, right)),)) if left.sort != PROP:
            return _between(left, "≠", right, state)
        case App(head="not", args=(App(head="app"),)):
            return member(term.args[0], state).replace(" ∈ ", " ∉ ", 1)
        case App(head="not", args=(App(head="or" | "and" | "ex") as inner,)) if (
            found := None if state.has_point(inner) else ss.membership(inner, state)
        ) is not None:
            return f"{found[0]} ∉ {wrap(found[1], UNION)}"
        case App(head="not", args=(inner,)):
            return f"not ({proposition(inner, state)[0]})"
        case App(head="eq", args=(left, right)):
            return _equation(left, right, state)
        case App(head="app"):
            return member(term, state)
        case App(head="imp") | App(head="and") | App(head="or") | App(head="all") | App(head="ex"):
            if state.has_point(term):
                raise Unprintable(term.head)
            return proposition(term, state)[0]
        case App():
            return show_predicate.predicate(term, state)
    return sn.number(term, state)[0]


def _ordered(left: Term, right: Term, sign: str, flipped: str, state: State) -> str:
    """`left ≤ right`, written from the right if the left is a constant: `X ≥ 0`, `X > t`."""
    if _is_subject(right, state) and not _is_subject(left, state):
        return _between(right, flipped, left, state)
    return _between(left, sign, right, state)


def _is_subject(term: Term, state: State) -> bool:
    """Whether a relation should rather speak of `term`."""
    if state.points:
        return state.has_point(term)
    return not isinstance(term, Num) and not b.is_app(term, "inf")


def _between(left: Term, sign: str, right: Term, state: State) -> str:
    return f"{wrap(sn.number(left, state), UNION)} {sign} {wrap(sn.number(right, state), UNION)}"


def _equation(left: Term, right: Term, state: State) -> str:
    if left.sort == PROP:
        first, second = proposition(left, state), proposition(right, state)
        return f"{wrap(first, CONJUNCTION)} ⟺ {wrap(second, CONJUNCTION)}"
    if b.is_meas(left):
        return _law_equation(left, right, state)
    return _between(left, "=", right, state)


def _law_equation(left: Term, right: Term, state: State) -> str:
    """`X ~ Normal(m, s²)`, `X has density p`, equality of measures."""
    named = b.is_app(right, "law")
    if b.is_app(left, "law") and is_ambient(left.args[0], state.scope) and not named:
        variable = sn.function(left.args[1], state)
        if b.is_app(right, "dens"):
            density = sn.function(right.args[0], state)
            text = between(variable, "has density", density, UNION)
            if b.is_app(right.args[1], "leb"):
                return text
            return f"{text} with respect to {wrap(sm.measure(right.args[1], state), UNION)}"
        return f"{wrap(variable, UNION)} ~ {wrap(sm.measure(right, state), UNION)}"
    return f"{wrap(sm.measure(left, state), UNION)} = {wrap(sm.measure(right, state), UNION)}"


def almost_everywhere(law: Term, event: Term, state: State) -> str:
    """`X = Y a.s.`, `f ≤ g μ-a.e.`."""
    tail = "a.s." if is_ambient(law, state.scope) else f"{wrap(sm.measure(law, state), ATOM)}-a.e."
    if isinstance(event, Lam):
        try:
            with state.pulled(event) as (_, body):
                if not b.is_app(body, "fin"):
                    return f"{at_all(body, state)} {tail}"
        except Unprintable:
            body = event.body
            if b.is_app(body, "eq") and body.args[0].sort == NUM:
                sides = (b.abstract_body(event.domain, side) for side in body.args)
                return f"{' = '.join(sn.function(side, state)[0] for side in sides)} {tail}"
    region = ss.region(event, state)
    return (
        f"{wrap(region, UNION)} holds almost everywhere under {wrap(sm.measure(law, state), UNION)}"
    )


def at_all(body: Term, state: State) -> str:
    """A relation at every or almost every sample point, between functions or sets."""
    match body:
        case App(head="imp", args=(left, right)):
            point = state.points[-1]
            if point.sort == NAT or left is b.guard(point):
                raise Unprintable("a guard")
            sides = _side(left, state), _side(right, state)
            if any(side.startswith("{") and " | " in side for side in sides):
                raise Unprintable("no sets with names")
            return " ⊆ ".join(sides)
        case App(head="eq", args=(left, right)) if left.sort == PROP:
            return f"{_side(left, state)} = {_side(right, state)}"
        case App(head="and", args=args) if len(args) == 2:
            return _within(args, state)
        case App(head="le" | "eq" | "tendsto"):
            return relation(body, state)
        case App(head="not", args=(App(head="le" | "eq"),)):
            return relation(body, state)
        case App(head="app" | "fin"):
            return relation(body, state)
    raise Unprintable("no relation between functions")


def ends_of(term: Term) -> tuple[Term, str, Term] | None:
    """`left ≤ right` or `left < right` taken apart."""
    match term:
        case App(head="le", args=(left, right)):
            return left, "≤", right
        case App(head="not", args=(App(head="le", args=(right, left)),)):
            return left, "<", right
    return None


def chained(parts: tuple[Term, ...], state: State) -> tuple[list[str], list[Term]]:
    """Pairs `a ≤ x`, `x < b` of the parts as `a ≤ x < b`, and the other parts."""
    rest = list(parts)
    texts: list[str] = []
    for first in parts:
        for second in parts:
            left, right = ends_of(first), ends_of(second)
            if left is None or right is None or left[2] is not right[0] or first is second:
                continue
            if first in rest and second in rest and not isinstance(left[2], Num):
                ends = [wrap(sn.number(x, state), UNION) for x in (left[0], left[2], right[2])]
                texts.append(f"{ends[0]} {left[1]} {ends[1]} {right[1]} {ends[2]}")
                rest.remove(first)
                rest.remove(second)
    return texts, rest


def _within(parts: tuple[Term, ...], state: State) -> str:
    """`X ∈ [a, b)` of the two relations that say so."""
    for first, second in (parts, parts[::-1]):
        left, right = ends_of(first), ends_of(second)
        if left is not None and right is not None and left[2] is right[0]:
            low, high = sn.number(left[0], state)[0], sn.number(right[2], state)[0]
            opens, closes = "[" if left[1] == "≤" else "(", "]" if right[1] == "≤" else ")"
            return f"{wrap(sn.number(left[2], state), UNION)} ∈ {opens}{low}, {high}{closes}"
    raise Unprintable("no interval")


def _side(prop: Term, state: State) -> str:
    """A set at the left-out sample point, as a side of `=` or `⊆`."""
    if prop is b.FALSE:
        return "∅"
    point = state.points[-1]
    if any(other in prop.frees for other in state.points[:-1]):
        raise Unprintable("several points")
    return wrap(ss.region(abstract(prop, point), state), UNION)
