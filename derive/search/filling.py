"""Put values for the letters of a rule's terms: what `kernel.letter.fill` does, for search.

Search instantiates many terms for each one that a certificate cites, so a part of a pattern without
letters and spaces is left alone. The kernel checks the instances that are cited.
"""

from __future__ import annotations

from derive.kernel.refusal import Reason, Rejected
from derive.kernel.sort import Sort, leaves, replace_sort
from derive.kernel.term import App, Bound, Lam, Meta, Term, mk, mk_bound, mk_lam, shift

MAX_KNOWN = 20_000
_SPACES: dict[Term, bool] = {}


def filled(pattern: Term, values: dict[str, Term], sorts: dict[str, Sort]) -> Term:
    """`pattern` with letters and spaces replaced at once; refuses an unknown letter (`Rejected`)"""
    return _filled(pattern, values, sorts, 0)


def _filled(part: Term, values: dict[str, Term], sorts: dict[str, Sort], level: int) -> Term:
    if not part.meta and not (sorts and speaks_of_spaces(part)):
        return part
    if isinstance(part, App):
        return mk(part.head, *[_filled(a, values, sorts, level) for a in part.args])
    if isinstance(part, Meta):
        value = values.get(part.name)
        if value is None:
            raise Rejected(Reason.BAD_INSTANCE, part.name)
        if value.sort != part.sort and value.sort != replace_sort(part.sort, sorts):
            raise Rejected(Reason.BAD_SORT, part.name)
        return shift(value, level) if level else value
    if isinstance(part, Lam):
        body = _filled(part.body, values, sorts, level + 1)
        return mk_lam(replace_sort(part.domain, sorts), body)
    if isinstance(part, Bound):
        return mk_bound(part.index, replace_sort(part.sort, sorts))
    return part


def speaks_of_spaces(term: Term) -> bool:
    """Whether a bound variable in a term has a sort with a space in it, variable or not."""
    found = _SPACES.get(term)
    if found is None:
        if isinstance(term, Lam):
            found = bool(leaves(term.domain)) or speaks_of_spaces(term.body)
        elif isinstance(term, App):
            found = any(map(speaks_of_spaces, term.args))
        else:
            found = isinstance(term, Bound) and bool(leaves(term.sort))
        if len(_SPACES) > MAX_KNOWN:
            _SPACES.clear()
        _SPACES[term] = found
    return found
