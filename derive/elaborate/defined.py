"""A defined name where it is used: alone, with its arguments, and at every point of functions."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import operators as ops
from derive.elaborate import regions
from derive.elaborate.notation import Notation, check_size
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, PROP, Sort, leaves, match_sort, replace_sort
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import Term, mk
from derive.syntax import tree as t

Suffixes = tuple[t.Node, ...]


def applied(
    base: t.Node, found: Notation, suffixes: Suffixes, scope: Scope
) -> tuple[Term, Suffixes]:
    """A defined name with its subscript and arguments, and the suffixes after them."""
    law: Term | None = None
    rest = suffixes
    if found.ambient and rest and isinstance(rest[0], t.Sub):
        law, rest = ex.measure(rest[0].index, scope), rest[1:]
    if not found.arguments:
        return _term(base, found, [], law, scope), rest
    match rest:
        case (t.Call(args=args), *_):
            return _term(base, found, list(args), law, scope), rest[1:]
    raise fail(base, f"{found.name} needs {_counted(found)}", found.pattern)


def _counted(found: Notation) -> str:
    count = len(found.arguments)
    return "one argument" if count == 1 else f"{count} arguments"


def _term(
    base: t.Node, found: Notation, args: list[t.Node], law: Term | None, scope: Scope
) -> Term:
    if len(args) != len(found.arguments):
        given = f"{len(args)} {'is' if len(args) == 1 else 'are'} given"
        raise fail(base, f"{found.name} takes {_counted(found)}, {given}", found.pattern)
    patterns = SYMBOLS[found.head].args
    spaces: dict[str, Sort] = {}
    if law is not None and not match_sort(patterns[-1], law.sort, spaces):
        raise fail(base, f"this is {describe(law.sort)}", "a measure")
    values: dict[int, Term] = {}
    constants = []
    for place in sorted(range(len(args)), key=lambda k: ops.needs_context(args[k])):
        values[place] = _value(args[place], patterns[place], spaces, scope)
        if _is_constant(values[place], patterns[place]):
            constants.append(place)  # a function once the other arguments say on which space
        else:
            values[place] = _fitted(args[place], values[place], found, place, spaces)
    for place in constants:
        values[place] = _fitted(args[place], values[place], found, place, spaces)
    if found.ambient:
        law = scope.ambient(base, spaces.get(patterns[-1][1])) if law is None else law
        if not match_sort(patterns[-1], law.sort, spaces):
            raise fail(
                base, f"{b.name_of(law)} is {describe(law.sort)}", "a subscript, as in E_Q[X]"
            )
        values[len(args)] = law
    term = _lifted(found.head, patterns, [values[place] for place in sorted(values)])
    check_size(base, term)
    return term


def _value(node: t.Node, pattern: Sort, spaces: dict[str, Sort], scope: Scope) -> Term:
    """An argument as it is written."""
    wanted = _known(pattern, spaces)
    if pattern == NAT:
        natural = ex.natural(node, scope)
        return ex.elaborate(node, scope, NAT) if natural is None else natural
    if isinstance(pattern, tuple) and pattern[0] == "fn" and pattern[2] == PROP:
        return regions.region(node, scope, wanted)
    return ex.elaborate(node, scope, wanted)


def _known(pattern: Sort, spaces: dict[str, Sort]) -> Sort | None:
    """The sort that a parameter has here, if its spaces are known already."""
    open_spaces = [leaf for leaf in leaves(pattern) if leaf[0] == "'" and leaf not in spaces]
    return None if open_spaces else replace_sort(pattern, spaces)


def _is_constant(value: Term, pattern: Sort) -> bool:
    """Whether a number stands where a function with numerical values is wanted."""
    numerical = isinstance(pattern, tuple) and pattern[0] == "fn" and pattern[2] == NUM
    return numerical and value.sort in (NUM, NAT)


def _fitted(
    node: t.Node, value: Term, found: Notation, place: int, spaces: dict[str, Sort]
) -> Term:
    """An argument of the sort that the definition wants, or a function with such values."""
    pattern = SYMBOLS[found.head].args[place]
    wanted = _known(pattern, spaces)
    if wanted is not None and _is_constant(value, pattern):
        value = b.constant(wanted[1], b.numeric(value))
    if pattern == NUM and (value.sort == NAT or (b.is_fn(value) and not b.is_set(value))):
        value = b.numeric(value)
    scalar = _is_scalar(pattern)
    inner = _innermost(value.sort) if scalar else value.sort
    if (scalar and not _is_point(inner)) or not match_sort(pattern, inner, spaces):
        described = describe(found.arguments[place].sort if wanted is None else wanted)
        raise fail(node, f"this is {describe(value.sort)}", f"{described} in {found.pattern}")
    return value


def _is_scalar(pattern: Sort) -> bool:
    """Whether an argument may be a function with values of this sort, point by point."""
    return isinstance(pattern, str)


def _is_point(sort: Sort) -> bool:
    return isinstance(sort, str) or sort[0] == "prod"


def _innermost(sort: Sort) -> Sort:
    while isinstance(sort, tuple) and sort[0] == "fn" and sort[2] != PROP:
        sort = sort[2]
    return sort


def _lifted(head: str, patterns: tuple[Sort, ...], values: list[Term]) -> Term:
    """The symbol at its arguments, at every point of those that are functions to be."""
    points = [k for k, p in enumerate(patterns) if _is_scalar(p)]

    def build(*terms: Term) -> Term:
        filled = dict(zip(points, terms, strict=True))
        return mk(head, *[filled.get(k, value) for k, value in enumerate(values)])

    return b.lift(build, *[values[k] for k in points])
