"""Core text of terms, S-expressions that a reviewer can read and diff; and what symbols abbreviate."""

import re
from fractions import Fraction
from typing import NamedTuple

from derive.kernel.refusal import Reason, require
from derive.kernel.sort import Sort, check_sort, is_atom, match_sort, show_sort
from derive.kernel.symbol import SYMBOLS, SYMBOLS_TEXT, read_all
from derive.kernel.term import App, Bound, Free, Lam, Meta, Nat, Num, Term, fill
from derive.kernel.term import mk, mk_bound, mk_lam, mk_meta, mk_nat, mk_num

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
        case str() if form[0] == "#":
            fits = form[1:].isdecimal() and int(form[1:]) < len(binders)
            require(fits, Reason.LOOSE_INDEX, form)
            return mk_bound(int(form[1:]), binders[int(form[1:])])
        case str() if form in names:
            return names[form]
        case str():
            return mk_num(Fraction(form)) if NUMBER.fullmatch(form) else mk(form)
        case ["nat", str(digits)] if digits.isdecimal():
            return mk_nat(int(digits))
        case ["lam", sort, body]:
            domain = check_sort(sort)
            return mk_lam(domain, read_term(body, names, (domain, *binders)))
        case [str(head), *parts]:
            return mk(head, *[read_term(part, names, binders) for part in parts])
    require(False, Reason.BAD_TEXT, form)


def read_letters(forms: list) -> dict[str, Sort]:
    """The letters of `((f SORT) …)`, in order, each once and none that reads as a number."""
    letters = {name: check_sort(sort) for name, sort in forms}
    good = all(is_atom(name) and not NUMBER.fullmatch(name) for name in letters)
    require(good and len(letters) == len(forms), Reason.DUPLICATE, forms)
    return letters


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


def read_definition(params: dict[str, Sort], body: object) -> Definition:
    """A definition from core text."""
    return Definition(params, read_term(body, {n: mk_meta(n, s) for n, s in params.items()}))


DEFINITIONS: dict[str, Definition] = {}
for _form in read_all(SYMBOLS_TEXT):
    if _form[0] == "define":
        _made = read_definition(read_letters(_form[2]), _form[3])
        _symbol = SYMBOLS[_form[1]]
        _same = (tuple(_made.params.values()), _made.body.sort) == (_symbol.args, _symbol.result)
        require(_same and _form[1] not in DEFINITIONS, Reason.NOT_DEFINABLE, _form[1])
        DEFINITIONS[_form[1]] = _made


def unfolded(term: Term) -> Term:
    """What a defined head means: `Var(P, X)` to its body; refuses other terms."""
    known = isinstance(term, App) and term.head in DEFINITIONS
    require(known, Reason.NOT_DEFINABLE, "an unknown definition")
    return DEFINITIONS[term.head].applied(term.args)
