"""Sets with a notation of their own: intervals, finite sets, products, preimages."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_measure as sm
from derive.elaborate import show_number as sn
from derive.elaborate import show_set as ss
from derive.elaborate.printer import ATOM, PRODUCT, State, Text, conjuncts, name_of_space, wrap
from derive.kernel.sort import NAT, NUM
from derive.kernel.term import Lam, Term, abstract, mk


def special(term: Lam, state: State) -> Text | None:
    """Intervals, finite sets, preimages and products."""
    point = b.fresh(term.domain)
    body = b.app(term, point)
    if term.domain == NUM:
        ends = _interval(body, point)
        if ends is not None:
            left, low, high, right = ends
            return f"{left}{sn.number(low, state)[0]}, {sn.number(high, state)[0]}{right}", ATOM
    points = _points(body, point)
    if points is not None:
        return "{" + ", ".join(sn.number(p, state)[0] for p in points) + "}", ATOM
    return _product(term, state) or _preimage(body, point, state)


def _interval(body: Term, point: Term) -> tuple[str, Term, Term, str] | None:
    parts = conjuncts(body)
    if len(parts) != 2:
        return None
    low = high = None
    for part in parts:
        closed = b.is_app(part, "le")
        order = part if closed else part.args[0] if b.is_app(part, "not") else None
        if order is None or not b.is_app(order, "le"):
            return None
        first, second = order.args if closed else order.args[::-1]
        if second is point and point not in first.frees:
            low = ("[" if closed else "(", first)
        elif first is point and point not in second.frees:
            high = (second, "]" if closed else ")")
    return None if low is None or high is None else (*low, *high)


def _points(body: Term, point: Term) -> list[Term] | None:
    parts = body.args if b.is_app(body, "or") else (body,)
    found = [
        p.args[1]
        for p in parts
        if b.is_app(p, "eq") and p.args[0] is point and point not in p.args[1].frees
    ]
    return found if len(found) == len(parts) else None


def _product(term: Lam, state: State) -> Text | None:
    """`A × B`."""
    parts = conjuncts(term.body)
    if not isinstance(term.domain, tuple) or term.domain[0] != "prod":
        return None
    point = b.fresh(term.domain)
    first, second = mk("fst", point), mk("snd", point)
    sides: dict[str, Term] = {}
    for part in conjuncts(b.app(term, point)):
        if (
            b.is_app(part, "app")
            and part.args[1] in (first, second)
            and point not in part.args[0].frees
        ):
            sides["fst" if part.args[1] is first else "snd"] = part.args[0]
    if len(sides) != len(parts):
        return None
    texts = []
    for side, space in (("fst", term.domain[1]), ("snd", term.domain[2])):
        if side in sides:
            texts.append(wrap(ss.region(sides[side], state), PRODUCT))
        elif isinstance(space, str) and space not in (NUM, NAT):
            texts.append(name_of_space(space))
        else:
            return None
    return " × ".join(texts), PRODUCT - 1


def _preimage(body: Term, point: Term, state: State) -> Text | None:
    """`T⁻¹(B)` of named maps; events of variables are written `X ∈ B`."""
    if not b.is_app(body, "app") or body.args[1] is point or point in body.args[0].frees:
        return None
    maps = sm.composed(abstract(body.args[1], point))
    if maps is None or point.sort == state.scope.ambient_space():
        return None
    text = ss.region(body.args[0], state)[0]
    for item in maps:
        text = f"{wrap(sn.function(item, state), ATOM)}⁻¹({text})"
    return text, ATOM
