"""Sorts: what kind of thing a term denotes.

A sort is a string (`num`, `nat`, `prop`, the name of a base space, or a space variable `'a`) or a
tuple `(constructor, argument, …)` with constructor one of prod, fn, meas, sig. A set over `a` is
`("fn", a, "prop")`. Tuples of strings compare by value, which is all that is needed. Every sort has
an element: base spaces are nonempty (a Free of sort `a` says so already).
"""

from functools import lru_cache
from typing import Any, TypeGuard

from derive.kernel.refusal import Reason, Rejected, require

Sort = str | tuple[Any, ...]

NUM, NAT, PROP = "num", "nat", "prop"
BUILT_IN = frozenset((NUM, NAT, PROP))
ARITY = {"prod": 2, "fn": 2, "meas": 1, "sig": 1}
MAX_SORT_DEPTH, MAX_SORT_TEXT = 12, 2_000


def is_atom(word: object) -> TypeGuard[str]:
    """Whether `word` is one word of core text: printable, without blanks and brackets."""
    if not isinstance(word, str):
        return False
    return 0 < len(word) < 300 and word.isprintable() and not set(word) & set(' ()"#?;|~')


def check_sort(sort: object, depth: int = 0) -> Sort:
    """`sort` (lists allowed for tuples) as a well-formed Sort; refuses anything else."""
    if isinstance(sort, list | tuple) and depth < MAX_SORT_DEPTH and len(sort) > 1:
        arity = ARITY.get(sort[0]) if isinstance(sort[0], str) else None
        require(arity == len(sort) - 1, Reason.BAD_SORT)
        return (sort[0], *[check_sort(part, depth + 1) for part in sort[1:]])
    if is_atom(sort) and sort not in ARITY:
        return sort
    raise Rejected(Reason.BAD_SORT, sort)


def fn(domain: Sort, target: Sort) -> Sort:
    """The sort of functions from `domain` to `target`."""
    return ("fn", domain, target)


def set_of(space: Sort) -> Sort:
    """The sort of sets (predicates) over `space`."""
    return ("fn", space, PROP)


def meas(space: Sort) -> Sort:
    """The sort of measures on `space`."""
    return ("meas", space)


def leaves(sort: Sort) -> set[str]:
    """The base spaces and space variables of a sort, without num, nat and prop."""
    return {sort} - BUILT_IN if isinstance(sort, str) else set().union(*map(leaves, sort[1:]))


def match_sort(pattern: Sort, sort: Sort, found: dict[str, Sort]) -> bool:
    """Extend `found` so that `pattern` becomes `sort`; False if impossible."""
    if isinstance(pattern, str):
        return (found.setdefault(pattern, sort) if pattern[0] == "'" else pattern) == sort
    if isinstance(sort, str) or sort[0] != pattern[0]:
        return False
    return all(match_sort(p, s, found) for p, s in zip(pattern[1:], sort[1:], strict=True))


def replace_sort(sort: Sort, values: dict[str, Sort]) -> Sort:
    """`sort` with every space replaced at once."""
    if isinstance(sort, str):
        return values.get(sort, sort)
    return (sort[0], *[replace_sort(part, values) for part in sort[1:]])


@lru_cache(maxsize=100_000)
def show_sort(sort: Sort) -> str:
    """Core text of a sort; refuses one that is too large to write."""
    text = sort if isinstance(sort, str) else f"({' '.join([sort[0], *map(show_sort, sort[1:])])})"
    require(len(text) <= MAX_SORT_TEXT, Reason.TOO_LARGE, "a sort")
    return text
