"""Which quantifiers over ℕ and ℝ finitely many instances decide.

An index n is tame in a term if it occurs only as the argument of a sequence, or in comparisons
with literals, letters and other indices. Sequences have a cycle of length 1 or 2 from the model's
horizon on, so by a back-and-forth argument all indices of one parity beyond horizon + 2^q are
alike, where q counts the indices bound inside. A number t is tame if it occurs only in
comparisons with numbers of the model, literals, and other such variables: then one point in each
gap between those is enough.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from derive.kernel.sort import NAT, NUM
from derive.kernel.term import App, Bound, Free, Lam, Meta, Nat, Num, Term

COMPARISONS = {"le", "eq"}
COUNTING = {"sum", "prodn"}


@cache
def tame_index(function: Term) -> bool:
    """Whether a function of an index is decided by finitely many values and its cycle."""
    if not isinstance(function, Lam):
        return _letters_only(function)
    return _index(function.body, 0, True)


def _letters_only(term: Term) -> bool:
    if isinstance(term, App):
        return term.head == "app" and _letters_only(term.args[0])
    return isinstance(term, (Meta, Free, Bound))


def _mentions(term: Term, index: int) -> bool:
    return any(i == index for i, _ in term.loose)


def _place(term: Term) -> bool:
    """An index, possibly shifted by a literal, or a literal or letter."""
    if isinstance(term, App):
        return (
            term.head == "nadd"
            and sum(not isinstance(a, Nat) for a in term.args) <= 1
            and all(map(_place, term.args))
        )
    return term.sort == NAT and isinstance(term, (Bound, Nat, Meta, Free))


def _side(term: Term) -> bool:
    if isinstance(term, App) and term.head == "ofnat":
        return _place(term.args[0])
    return isinstance(term, (Num, Meta, Free)) or _place(term)


def _index(term: Term, index: int, compare: bool) -> bool:
    if not _mentions(term, index):
        return True
    if isinstance(term, Lam):
        return _index(term.body, index + 1, compare)
    if not isinstance(term, App):
        return False
    if term.head == "app" and _place(term.args[1]):
        return _letters_only(term.args[0]) or _index(term.args[0], index, compare)
    if term.head in COMPARISONS and all(_side(a) for a in term.args):
        return compare
    return all(_index(a, index, compare and term.head not in COUNTING) for a in term.args)


@cache
def slack(function: Term) -> int:
    """How far beyond the horizon the values must be seen."""
    depth, largest = _inside(function)
    return largest + 2 * (1 + min(largest, 3)) * 2**depth


@cache
def _inside(term: Term) -> tuple[int, int]:
    """(number of nested index binders, largest literal of ℕ or in a comparison)."""
    if isinstance(term, Lam):
        depth, largest = _inside(term.body)
        return depth + (term.domain == NAT), largest
    if isinstance(term, Nat):
        return 0, term.value
    if isinstance(term, Num):
        return 0, abs(term.value).__ceil__()
    if isinstance(term, App) and term.args:
        parts = [_inside(a) for a in term.args]
        return max(d for d, _ in parts), max(n for _, n in parts)
    return 0, 0


@cache
def tame_number(function: Term) -> bool:
    """Whether a function of a number is decided by one point in each gap."""
    return isinstance(function, Lam) and _number(function.body, 0)


def _number(term: Term, index: int) -> bool:
    if not _mentions(term, index):
        return True
    if isinstance(term, Lam):
        return _number(term.body, index + 1)
    if not isinstance(term, App):
        return False
    if term.head in COMPARISONS and all(a.sort == NUM for a in term.args):
        return all(_known(a) for a in term.args)
    if term.head == "fin":
        return True
    return all(_number(a, index) for a in term.args)


def _known(term: Term) -> bool:
    """A variable, a literal, ±∞, or a number that stands in a table of the model."""
    if isinstance(term, App) and term.head == "app":
        return _letters_only(term.args[0]) and not _mentions_number(term.args[1])
    if isinstance(term, App):
        return term.head == "inf" or (
            term.head == "mul"
            and all(
                isinstance(a, Num) or (isinstance(a, App) and a.head == "inf") for a in term.args
            )
        )
    return isinstance(term, (Bound, Num, Meta, Free))


def _mentions_number(term: Term) -> bool:
    return any(sort == NUM for _, sort in term.loose)


@cache
def literals(term: Term) -> frozenset[Fraction]:
    """The rational literals of a term."""
    if isinstance(term, Num):
        return frozenset((term.value,))
    if isinstance(term, Lam):
        return literals(term.body)
    if isinstance(term, App):
        return frozenset().union(*map(literals, term.args))
    return frozenset()


@cache
def definable(term: Term) -> bool:
    """Whether no quantifier or extremum over ℝ occurs: then what the term defines on ℝ is Borel."""
    if isinstance(term, Lam):
        return definable(term.body)
    if isinstance(term, App):
        if term.head in ("finv", "deriv"):
            return False
        over_reals = (
            term.head in ("all", "ex", "sup", "inff", "sum", "prodn")
            and term.args[-1].sort[1] == NUM
        )
        return not over_reals and all(map(definable, term.args))
    return True
