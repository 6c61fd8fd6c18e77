"""Sets and events as text: `A ∪ B`, `{X > t}`, `⋃_n A_n`, `[a,b)`, `{x ∈ 𝒳 | φ}`."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_definition, show_region
from derive.elaborate import show_number as sn
from derive.elaborate import show_proposition as sp
from derive.elaborate.printer import (
    ATOM,
    MEET,
    PRODUCT,
    SUM,
    UNION,
    State,
    Text,
    Unprintable,
    conjuncts,
    name_of_space,
    wrap,
)  # fmt: skip
from derive.kernel.term import App, Lam, Term, abstract, mk

CONDITION = -1
"""The level of text that is a condition and becomes a set by braces."""


def region(term: Term, state: State) -> Text:
    """A set as an expression."""
    text = _set(term, state)
    return (f"{{{text[0]}}}", ATOM) if text[1] == CONDITION else text


def event(term: Term, state: State) -> str:
    """A set as the argument of `P(…)`: conditions need no braces there."""
    return _set(term, state)[0]


def indicator(prop: Term, state: State) -> str:
    """`1_A` or `1{φ}` of a proposition at a sample point that is left out, or of a plain one."""
    if prop is b.TRUE and state.points and b.guard(state.points[-1]) is None:
        space = name_of_space(state.points[-1].sort)
        return f"1_{space}" if space.isalnum() else f"1_{{{space}}}"
    if not state.has_point(prop):
        return _plain_indicator(prop, state)
    text = at_point(prop, state)
    if text[1] == CONDITION:
        return f"1{{{text[0]}}}"
    return f"1_{text[0]}" if _simple(text) else f"1_{{{text[0]}}}"


def membership(prop: Term, state: State) -> tuple[str, Text] | None:
    """The point and the set, as text, of a proposition that says that a point is in a set."""
    if b.is_app(prop, "app"):
        parts = sn.coordinates(prop.args[1])
        return ", ".join(sn.number(p, state)[0] for p in parts), region(prop.args[0], state)
    for point in sorted(prop.frees, key=lambda f: f.name):
        if any(point is x for x in _points_of(prop)):
            text = _pulled(abstract(prop, point), state)
            if text is not None and text[1] != CONDITION:
                return point.name, text
    return None


def _pulled(term: Term, state: State) -> Text | None:
    """A set without its variable, if it can be written so."""
    if not isinstance(term, Lam):
        return None
    try:
        with state.pulled(term) as (_, body):
            return at_point(body, state)
    except Unprintable:
        return None


def _points_of(prop: Term) -> list[Term]:
    """The points of the memberships in a proposition."""
    match prop:
        case App(head="app", args=(_, point)):
            return [point]
        case App(head="or" | "and" | "not", args=args):
            return [point for part in args for point in _points_of(part)]
        case App(head="ex" | "all" | "imp"):
            return [
                f for f in prop.frees if isinstance(f.sort, str) and f.sort not in ("num", "nat")
            ]
    return []


def _plain_indicator(prop: Term, state: State) -> str:
    """`1_A(x)` of a membership, else `1{φ}`."""
    found = membership(prop, state) if b.is_app(prop, "app", "or", "ex") else None
    if found is not None:
        point, text = found
        return f"1_{text[0]}({point})" if _simple(text) else f"1_{{{text[0]}}}({point})"
    return "1{" + ", ".join(sp.proposition(p, state)[0] for p in conjuncts(prop)) + "}"


def _simple(text: Text) -> bool:
    """A lone word, which a subscript takes without braces."""
    return text[1] == ATOM and text[0].isalnum() and "ᶜ" not in text[0]


def _set(term: Term, state: State) -> Text:
    if not isinstance(term, Lam):
        return sn.number(term, state)
    if state.has_point(term):
        raise Unprintable("a set that depends on the point")
    if term is b.whole(term.domain):
        return name_of_space(term.domain), ATOM if isinstance(term.domain, str) else PRODUCT
    special = show_region.special(term, state)
    if special is not None:
        return special
    if state.pull:
        try:
            with state.pulled(term) as (point, body):
                if point in body.frees:
                    return at_point(body, state)
                if body is b.FALSE:
                    return "∅", ATOM
                return sp.proposition(body, state)[0], CONDITION
        except Unprintable:
            pass
    return by_condition(term, state)


def by_condition(term: Lam, state: State) -> Text:
    """`{x ∈ 𝒳 | φ}`."""
    with state.opened(term) as (name, point, body):
        inside = b.guard(point)
        parts = list(conjuncts(body))
        for part in conjuncts(inside) if inside is not None else ():
            if part not in parts:
                return f"{{{sp.proposition(body, state)[0]}}}", ATOM
            parts.remove(part)
        prop = mk("and", *parts) if parts else b.TRUE
        return f"{{{name} ∈ {name_of_space(term.domain)} | {sp.proposition(prop, state)[0]}}}", ATOM


# ---- at a sample point that is left out ----


def at_point(prop: Term, state: State) -> Text:
    """A proposition about the sample point as a set, or as a condition (level CONDITION)."""
    match prop:
        case App(head="app", args=(region_, point)) if state.is_point(
            point
        ) and not state.has_point(region_):
            return (
                sn.number(region_, state)
                if not isinstance(region_, Lam)
                else region(region_, state)
            )
        case App(head="or", args=args):
            pieces = [at_point(p, state) for p in args]
            return " ∪ ".join(sorted((wrapped(p, MEET) for p in pieces), key=_order)), UNION
        case App(head="and", args=args):
            return _meet(args, state)
        case App() if show_definition.is_defined(prop):
            return show_definition.defined(prop, state)
        case App(head="not", args=(inner,)) if b.is_app(inner, "app", "or", "and", "ex", "all"):
            text = at_point(inner, state)
            if text[1] != CONDITION:
                return f"{wrap(text, ATOM)}ᶜ", ATOM
        case App(head="ex" | "all") as quantified:
            return _big(quantified, state)
    return sp.relation(prop, state), CONDITION


def _order(text: str) -> tuple[bool, bool, str]:
    return (text.startswith(("(", "{")), len(text) > 3, text)


def wrapped(text: Text, level: int) -> str:
    """The text of a set, in braces if it is a condition, in brackets if it binds looser."""
    return f"{{{text[0]}}}" if text[1] == CONDITION else wrap(text, level)


def _meet(parts: tuple[Term, ...], state: State) -> Text:
    """An intersection: sets, then what is taken away, or a list of conditions."""
    real = [p for p in parts if b.is_app(p, "fin") and state.is_point(p.args[0])]
    if real:
        rest = [p for p in parts if p is not real[0]]
        if len(rest) == 1 and b.is_app(rest[0], "not"):
            return f"{wrapped(at_point(rest[0].args[0], state), ATOM)}ᶜ", ATOM
        raise Unprintable("a set of reals")
    away = [x for x in (_taken_away(p, state) for p in parts) if x is not None]
    kept = [p for p in parts if _taken_away(p, state) is None]
    chains, single = sp.chained(tuple(kept), state)
    texts = [at_point(p, state) for p in single]
    conditions = sorted([*chains, *(t for t, level in texts if level == CONDITION)])
    sets = sorted((wrap((t, level), SUM) for t, level in texts if level != CONDITION), key=_order)
    if conditions and not sets and not away:
        return ", ".join(conditions), CONDITION
    if conditions:
        sets.append("{" + ", ".join(conditions) + "}")
    taken = sorted((wrapped(at_point(p, state), MEET) for p in away), key=_order)
    if not sets:
        return " ∩ ".join(f"{wrapped(at_point(p, state), ATOM)}ᶜ" for p in away), MEET
    if not taken:
        return " ∩ ".join(sets), MEET
    head = " ∩ ".join(sets)
    return head + "".join(f" ∖ {x}" for x in taken), UNION


def _taken_away(prop: Term, state: State) -> Term | None:
    """The proposition of the set that `not …` takes away from the others."""
    if not b.is_app(prop, "not"):
        return None
    inner = prop.args[0]
    if b.is_app(inner, "app"):
        return inner if state.is_point(inner.args[1]) else None
    return inner if b.is_app(inner, "or", "and", "ex", "all") else None


def _big(prop: App, state: State) -> Text:
    """`⋃_n A_n`, `⋂_{t∈S} A_t`."""
    with state.opened(prop.args[0]) as (name, index, body):
        if b.is_app(prop, "all"):
            if not b.is_app(body, "imp"):
                raise Unprintable("an intersection over a whole space")
            guards, rest = list(conjuncts(body.args[0])), [body.args[1]]
        else:
            parts = conjuncts(body)
            guards = [p for p in parts if index in p.frees and not state.has_point(p)]
            rest = [p for p in parts if p not in guards]
        if not guards or not rest:
            raise Unprintable("no index set")
        region_ = abstract(mk("and", *guards), index)
        text = sn.index_range(name, index, region_, state)
        inside = at_point(mk("and", *rest), state)
        sign = "⋂" if b.is_app(prop, "all") else "⋃"
        return f"{sign}{text} {wrapped(inside, PRODUCT)}", PRODUCT
