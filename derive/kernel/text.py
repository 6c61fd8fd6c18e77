"""Core text of terms, S-expressions that a reviewer can read; and what symbols abbreviate."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from derive.kernel import term as tm
from derive.kernel.letter import fill
from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.sort import Sort, check_sort, is_atom, leaves, match_sort, show_sort
from derive.kernel.symbol import SYMBOLS, SYMBOLS_TEXT, read_all
from derive.kernel.term import App, Bound, Free, Lam, Meta, Nat, Num, Term

NUMBER = re.compile(r"-?\d+(/[1-9]\d*)?", re.ASCII)
_LEAVES = {Free: "{0.name}", Meta: "?{0.name}", Bound: "#{0.index}", Num: "{0.value}"}


def term_text(term: Term) -> str:
    """The S-expression of a term."""
    if isinstance(term, Lam):
        return f"(lam {show_sort(term.domain)} {term_text(term.body)})"
    if isinstance(term, App):
        words = " ".join([term.head, *map(term_text, term.args)])
        return f"({words})" if term.args else words
    return f"(nat {term.value})" if isinstance(term, Nat) else _LEAVES[type(term)].format(term)


def read_term(form: object, names: dict[str, Term], binders: tuple[Sort, ...] = ()) -> Term:
    """The term that an S-expression denotes; `names` gives letters their terms."""
    match form:
        case str() if form in names:
            return names[form]
        case str() if form[0] == "#":
            place = int(form[1:]) if form[1:].isdecimal() else len(binders)
            require(place < len(binders), Reason.LOOSE_INDEX, form)
            return tm.mk_bound(place, binders[place])
        case str():
            return tm.mk_num(Fraction(form)) if NUMBER.fullmatch(form) else tm.mk(form)
        case ["nat", str(digits)] if digits.isdecimal():
            return tm.mk_nat(int(digits))
        case ["lam", sort, body]:
            domain = check_sort(sort)
            return tm.mk_lam(domain, read_term(body, names, (domain, *binders)))
        case [str(head), *parts]:
            return tm.mk(head, *[read_term(part, names, binders) for part in parts])
    raise Rejected(Reason.BAD_TEXT, form)


def read_letters(forms: list) -> dict[str, Sort]:
    """The letters of `((f SORT) …)`, in order, each once and none that reads as a number."""
    letters = {name: check_sort(sort) for name, sort in forms}
    good = all(is_atom(name) and not NUMBER.fullmatch(name) for name in letters)
    require(good and len(letters) == len(forms), Reason.DUPLICATE, forms)
    return letters


def read_pattern(letters: dict[str, Sort], *forms: object) -> tuple[Term, ...]:
    """The terms of some forms, with a Meta for each letter."""
    metas = {name: tm.mk_meta(name, sort) for name, sort in letters.items()}
    return tuple([read_term(form, metas) for form in forms])


def subterms(*terms: Term) -> set[Term]:
    """Every term inside the given ones, themselves included."""
    seen, stack = set(terms), list(terms)
    while stack:
        part = stack.pop()
        inner = part.args if isinstance(part, App) else ()
        fresh = {*((part.body,) if isinstance(part, Lam) else inner)} - seen
        seen |= fresh
        stack += fresh
    return seen


def space_variables(*terms: Term) -> dict[str, Sort]:
    """A space variable for every base space in the terms."""
    found = set().union(*[leaves(part.sort) for part in subterms(*terms)])
    return {space: f"'{space}" for space in sorted(found)}


class Definition(NamedTuple):
    """`NAME params := body`, the body with a Meta for each parameter."""

    params: dict[str, Sort]
    body: Term

    def applied(self, args: tuple[Term, ...]) -> Term:
        """The body for these arguments."""
        sorts: dict[str, Sort] = {}
        for pattern, argument in zip(self.params.values(), args, strict=True):
            require(match_sort(pattern, argument.sort, sorts), Reason.BAD_SORT)
        return fill(self.body, dict(zip(self.params, args, strict=True)), sorts)


def load_definitions(text: str) -> dict[str, Definition]:
    """Every definition of a core file by name, at the sorts of its symbol."""
    table: dict[str, Definition] = {}
    for _, name, params, form in [form for form in read_all(text) if form[0] == "define"]:
        letters = read_letters(params)
        (body,), symbol = read_pattern(letters, form), SYMBOLS[name]
        fits = (*letters.values(), body.sort) == (*symbol.args, symbol.result)
        require(fits and name not in table, Reason.NOT_DEFINABLE, name)
        table[name] = Definition(letters, body)
    return table


DEFINITIONS = load_definitions(SYMBOLS_TEXT)


@lru_cache(maxsize=100_000)
def unfolded(term: Term) -> Term:
    """What a defined head means: `Var(P, X)` to its body; refuses other terms."""
    known = isinstance(term, App) and term.head in DEFINITIONS
    require(known, Reason.NOT_DEFINABLE, "an unknown definition")
    return DEFINITIONS[term.head].applied(term.args)
