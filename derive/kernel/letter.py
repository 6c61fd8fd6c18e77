"""Letters replaced, all at once: those of an item (`Free`) and those of a rule (`Meta`); closing.

What stands for a letter is never searched again, and none of its variables is captured.
"""

from functools import lru_cache
from typing import Any

from derive.kernel.refusal import Reason, require
from derive.kernel.sort import PROP, Sort, replace_sort
from derive.kernel.term import Meta, Term, abstract, mk, rebuilt, shift


def replace_frees(term: Term, values: dict[Term, Term]) -> Term:
    """`term` with the given Frees replaced at once; a value is never searched again."""
    fits = all(free.sort == value.sort for free, value in values.items())
    require(fits, Reason.BAD_SORT, "a value for a letter")
    others = values.keys().isdisjoint
    return rebuilt(term, lambda t, level: shift(values[t], level), lambda t, _: others(t.frees))


def fill(pattern: Term, values: dict[str, Term], sorts: dict[str, Sort]) -> Term:
    """`pattern` with metavariables (by name) and space variables replaced at once."""
    if not sorts and not pattern.meta:
        return pattern
    return _filled(pattern, tuple(values.items()), tuple(sorts.items()))


@lru_cache(maxsize=20_000)
def _filled(pattern: Term, given: tuple[Any, ...], spaces: tuple[Any, ...]) -> Term:
    """`fill`, kept for those who ask for the same instance again."""
    values, sorts = dict(given), dict(spaces)

    def leaf(t: Term, level: int) -> Term:
        if not isinstance(t, Meta):
            return t
        require(t.name in values, Reason.BAD_INSTANCE, t.name)
        require(values[t.name].sort == replace_sort(t.sort, sorts), Reason.BAD_SORT, t.name)
        return shift(values[t.name], level)

    return rebuilt(pattern, leaf, lambda t, _: not sorts and not t.meta, sorts)


def generalise(term: Term, metas: dict[Term, Term], sorts: dict[str, Sort]) -> Term:
    """`term` with Frees turned into the given Metas and base spaces into space variables."""
    return rebuilt(term, lambda t, _: metas.get(t, t), lambda *_: False, sorts)


def all_of(variables: list[Term], body: Term) -> Term:
    """`∀ x₁ … xₖ. body` for Frees."""
    for variable in reversed(variables):
        body = mk("all", abstract(body, variable))
    return body


def closed_prop(term: Term) -> Term:
    """`term` if it is a proposition without loose or meta variables; refuses otherwise."""
    require(term.sort == PROP, Reason.BAD_SORT, "a proposition is needed")
    require(not term.loose and not term.meta, Reason.NOT_CLOSED)
    return term
