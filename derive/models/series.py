"""Sums, extrema and limits: exact over finite spaces, and over ℕ where the terms repeat."""

from __future__ import annotations

from collections.abc import Callable

from derive.kernel.sort import NAT
from derive.kernel.term import App, Term
from derive.models.compilation import Code, Environment, builds, compiled
from derive.models.extended import INF, NEG, Number, add, finite, mul, negative
from derive.models.logic import last_index
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.spaces import Function, Value
from derive.models.tame import tame_index

Selection = Callable[[Model, Environment], tuple[list[Number], list[Number]]]


def _selected(term: App) -> Selection:
    """What gives the terms of a sum, product or extremum: those that occur once, and for ever."""
    members, function = term.args
    sort = function.sort[1]
    inside, value = compiled(members), compiled(function)
    exact = tame_index(members) and tame_index(function) if sort == NAT else True

    def pick(m: Model, e: Environment) -> tuple[list[Number], list[Number]]:
        chosen, apply = inside(m, e), value(m, e)
        m.inside += 1
        try:
            if sort == NAT:
                if not exact:
                    return _bounded(m, e, members, chosen, apply)
                start = max(last_index(m, members, e), last_index(m, function, e))
                once = [apply(n) for n in range(start) if chosen(n)]
                return once, [apply(n) for n in (start, start + 1) if chosen(n)]
            space = m.space(sort)
            if space is None:
                raise Undecided("sum over an infinite set")
            return [apply(p) for p in space.points if chosen(p)], []
        finally:
            m.inside -= 1

    return pick


def _bounded(
    m: Model, e: Environment, members: Term, chosen: Function, apply: Function
) -> tuple[list[Number], list[Number]]:
    """The terms of a finite range, whatever they are."""
    if not tame_index(members):
        raise Undecided("range")
    start = last_index(m, members, e)
    if chosen(start) or chosen(start + 1):
        raise Undecided("series")
    return [apply(n) for n in range(start) if chosen(n)], []


def _parts_of(once: list[Number], ever: list[Number]) -> tuple[Number, Number]:
    """The sum of the positive terms and that of the negative ones, both as numbers ≥ 0."""
    up = [v for v in once if v > 0] + [INF for v in ever if v > 0]
    down = [negative(v) for v in once if v < 0] + [INF for v in ever if v < 0]
    return add(up), add(down)


@builds("sum")
def _sum(term: App) -> Code:
    pick = _selected(term)

    def code(m: Model, e: Environment) -> Value:
        up, down = _parts_of(*pick(m, e))
        if up == INF and down == INF:
            return m.missing("sum")
        return add((up, negative(down)))

    return code


@builds("has_sum")
def _has_sum(term: App) -> Code:
    pick = _selected(term)

    def code(m: Model, e: Environment) -> Value:
        up, down = _parts_of(*pick(m, e))
        return not (up == INF and down == INF)

    return code


@builds("prodn")
def _prodn(term: App) -> Code:
    pick = _selected(term)

    def code(m: Model, e: Environment) -> Value:
        once, ever = pick(m, e)
        if any(v != 1 for v in ever) or not all(map(finite, once)):
            raise Undecided("product")
        return mul(once)

    return code


@builds("sup", "inff")
def _extremum(term: App) -> Code:
    pick = _selected(term)
    best, empty = (max, NEG) if term.head == "sup" else (min, INF)

    def code(m: Model, e: Environment) -> Value:
        once, ever = pick(m, e)
        return best([*once, *ever], default=empty)

    return code


def tail(term: Term) -> Callable[[Model, Environment], tuple[Number, Number]]:
    """What gives the two values that a sequence takes for ever."""
    value = compiled(term)
    exact = tame_index(term)

    def values(m: Model, e: Environment) -> tuple[Number, Number]:
        if not exact:
            raise Undecided("limit")
        start = last_index(m, term, e)
        apply = value(m, e)
        return apply(start), apply(start + 1)

    return values


@builds("lim", "limsup", "liminf", "has_limit")
def _limit(term: App) -> Code:
    head = term.head
    values = tail(term.args[0])

    def code(m: Model, e: Environment) -> Value:
        a, b = values(m, e)
        match head:
            case "limsup":
                return max(a, b)
            case "liminf":
                return min(a, b)
            case "lim":
                return a if a == b else m.missing("lim")
        return a == b

    return code


@builds("tendsto")
def _tendsto(term: App) -> Code:
    values, limit = tail(term.args[0]), compiled(term.args[1])

    def code(m: Model, e: Environment) -> Value:
        a, b = values(m, e)
        wanted = limit(m, e)
        return a == wanted and b == wanted

    return code


@builds("countable", "finite_set")
def _small(term: App) -> Code:
    sort = term.args[0].sort[1]
    inside = compiled(term.args[0])
    exact = tame_index(term.args[0]) if sort == NAT else False

    def code(m: Model, e: Environment) -> Value:
        if m.space(sort) is not None or (sort == NAT and term.head == "countable"):
            return True
        if not exact:
            raise Undecided(term.head)
        start, chosen = last_index(m, term.args[0], e), inside(m, e)
        return not (chosen(start) or chosen(start + 1))

    return code
