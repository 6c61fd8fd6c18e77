"""What the letters of a pattern stand for: bindings, and letters applied to arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derive.kernel.letter import fill
from derive.kernel.refusal import Rejected
from derive.kernel.sort import Sort, match_sort
from derive.kernel.term import (
    App,
    Bound,
    Free,
    Lam,
    Meta,
    Term,
    abstract,
    mk,
    mk_bound,
    mk_free,
    mk_lam,
    shift,
)


class Found:
    """Values of letters and space variables; persistent (a branch copies)."""

    __slots__ = ("later", "sorts", "values")

    def __init__(
        self, values: dict | None = None, sorts: dict | None = None, later: tuple = ()
    ) -> None:
        self.values: dict[str, Term] = values or {}
        self.sorts: dict[str, Sort] = sorts or {}
        self.later = later

    def copy(self) -> Found:
        """An independent copy."""
        return Found(dict(self.values), dict(self.sorts), self.later)


def bind(meta: Meta, value: Term, found: Found) -> bool:
    """Let a letter have a closed value of its sort, unless it has another."""
    if value.loose:
        return False
    known = found.values.get(meta.name)
    if known is not None:
        return known is value
    if not match_sort(meta.sort, value.sort, found.sorts):
        return False
    found.values[meta.name] = value
    return True


def spine_of(pattern: Term) -> tuple[Meta, list[Term]] | None:
    """The letter and arguments of `f(a)(b)…` with a letter as head."""
    args: list[Term] = []
    while isinstance(pattern, App) and pattern.head == "app":
        args.append(pattern.args[1])
        pattern = pattern.args[0]
    return (pattern, args[::-1]) if args and isinstance(pattern, Meta) else None


def flexible_matches(pattern: Term, spine: tuple, term: Term, found: Found) -> Iterator[Found]:
    meta, args = spine
    distinct = all(isinstance(a, Bound) for a in args) and len(set(args)) == len(args)
    if not distinct:
        places = _places(args, found)
        if places is not None:
            if bind(meta, _with_places(term, places), found):
                yield found
            return
        yield from _at_a_point(pattern, meta, args, term, found)
        put_off = found.copy()
        put_off.later = (*found.later, (pattern, term))
        yield put_off
        return
    value = _abstracted(term, args, found)
    if value is not None and bind(meta, value, found):
        yield found


def _at_a_point(
    pattern: Term, meta: Meta, args: list[Term], term: Term, found: Found
) -> Iterator[Found]:
    """`f(x)` with both letters open: x may be any point variable of the term."""
    point = args[0]
    if len(args) != 1 or not isinstance(point, Meta) or meta.name in found.values or term.loose:
        return
    known = found.values.get(point.name)
    choices = (
        [known]
        if known is not None
        else sorted((f for f in term.frees if isinstance(f.sort, str)), key=lambda f: f.name)
    )
    for choice in choices:
        branch = found.copy()
        if (
            isinstance(choice, Free)
            and bind(point, choice, branch)
            and bind(meta, abstract(term, choice), branch)
        ):
            yield branch


def _abstracted(term: Term, args: list[Term], found: Found) -> Term | None:
    """`λ args. term` if the term has no other bound variables."""
    places = {a.index: len(args) - 1 - i for i, a in enumerate(args)}
    if any(index not in places for index, _ in term.loose):
        return None
    body = _renumber(term, places)
    sorts = dict(term.loose)
    for argument in reversed(args):
        sort = sorts.get(argument.index)
        if sort is None:
            sort = _known_sort(argument.sort, found)
            if sort is None:
                return None
        body = mk_lam(sort, body)
    return body


def solved(meta: Meta, args: list[Term], term: Term, found: Found) -> bool:
    """Bind an open letter whose arguments are known by now, so that `meta(args)` is the term."""
    places = _places(args, found)
    return places is not None and bind(meta, _with_places(term, places), found)


class Places(NamedTuple):
    """Where each coordinate of a letter's arguments stands, and the arguments' variables."""

    where: dict[Term, Term]
    variables: list[Term]


def _places(args: list[Term], found: Found) -> Places | None:
    """The places of `f(x, y)`, `f(fst z)`, `f(X(ω))` with X known; None if they do not fix f.

    Each coordinate is a term with bound variables, none part of another. As the letter's value has
    no other bound variables, each of its places must be replaced: the solution is unique.
    """
    where: dict[Term, Term] = {}
    variables = []
    for number, pattern in enumerate(args):
        argument = instantiated(pattern, found)
        if argument is None:
            return None
        variable = mk_free(f"·{number}", argument.sort)
        variables.append(variable)
        for coordinate, value in _coordinates(argument, variable):
            if not coordinate.loose or any(_overlap(coordinate, other) for other in where):
                return None
            where[coordinate] = value
    return Places(where, variables)


def _coordinates(argument: Term, variable: Term) -> list[tuple[Term, Term]]:
    """(coordinate of the argument, the same coordinate of the variable)."""
    if isinstance(argument, App) and argument.head == "pair":
        left, right = argument.args
        return [
            *_coordinates(left, mk("fst", variable)),
            *_coordinates(right, mk("snd", variable)),
        ]
    return [(argument, variable)]


def _overlap(first: Term, second: Term) -> bool:
    """Whether one term is part of the other."""
    mark = mk_free("·", first.sort), mk_free("·", second.sort)
    return (
        _placed(first, {second: mark[1]}, 0) is not first
        or _placed(second, {first: mark[0]}, 0) is not second
    )


def _with_places(term: Term, places: Places) -> Term:
    """`λ variables. term` with the places filled; loose if the term has other bound variables."""
    value = _placed(term, places.where, 0)
    for variable in reversed(places.variables):
        value = abstract(value, variable)
    return value


def _placed(term: Term, places: dict[Term, Term], level: int) -> Term:
    """`term` with the given places, seen from under `level` binders, filled."""
    if not any(index >= level for index, _ in term.loose):
        return term
    for place, value in places.items():
        if term is shift(place, level):
            return value
    if isinstance(term, Lam):
        return mk_lam(term.domain, _placed(term.body, places, level + 1))
    if isinstance(term, App):
        return mk(term.head, *[_placed(a, places, level) for a in term.args])
    return term


def _known_sort(sort: Sort, found: Found) -> Sort | None:
    if isinstance(sort, str):
        return found.sorts.get(sort) if sort.startswith("'") else sort
    parts = [_known_sort(p, found) for p in sort[1:]]
    return None if None in parts else (sort[0], *parts)


def _renumber(term: Term, places: dict[int, int]) -> Term:
    if all(places.get(i) == i for i, _ in term.loose):
        return term

    def go(t: Term, level: int) -> Term:
        if not any(i >= level for i, _ in t.loose):
            return t
        match t:
            case Bound():
                return mk_bound(places[t.index - level] + level, t.sort)
            case Lam():
                return mk_lam(t.domain, go(t.body, level + 1))
            case App():
                return mk(t.head, *[go(a, level) for a in t.args])
        return t

    return go(term, 0)


def is_flexible(pattern: Term) -> bool:
    return isinstance(pattern, Meta) or spine_of(pattern) is not None


def instantiated(pattern: Term, found: Found) -> Term | None:
    """The pattern with its letters' values, or None if one is missing."""
    try:
        return fill(pattern, found.values, found.sorts)
    except Rejected:
        return None
