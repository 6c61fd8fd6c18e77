"""Premises that say what a letter is: `h(x) = ∫ f(x,y) ν(dy)`, `a_n → s`; and values as tables."""

from __future__ import annotations

from derive.kernel.sort import NAT, Sort
from derive.kernel.term import App, Lam, Meta, Term, mk, mk_lam
from derive.models.compilation import compiled
from derive.models.logic import last_index
from derive.models.model import Model
from derive.models.outcome import Stuck, Undecided
from derive.models.spaces import Seq, Table, Value
from derive.models.wishes import letters_in


def definition(premise: Term) -> tuple[str, Term] | None:
    """(letter, term) if the premise says that the letter is the term at every place."""
    binders: list[Sort] = []
    sides: tuple[tuple[Term, Term], ...]
    while True:
        match premise:
            case App(head="all", args=(Lam(domain=domain, body=body),)):
                binders.append(domain)
                premise = body
            case App(head="imp", args=(_, body)):
                premise = body
            case App(head="eq", args=(left, right)):
                sides = ((left, right), (right, left))
                break
            case App(head="tendsto", args=(sequence, limit)):
                sides = ((limit, mk("lim", sequence)),)
                break
            case _:
                return None
    for letter, value in sides:
        name = _defined(letter, len(binders))
        if name is not None and name not in letters_in(value):
            for domain in reversed(binders):
                value = mk_lam(domain, value)
            return name, value
    return None


def _defined(term: Term, binders: int) -> str | None:
    for index in range(binders):
        if not (
            isinstance(term, App)
            and term.head == "app"
            and getattr(term.args[1], "index", None) == index
        ):
            return None
        term = term.args[0]
    return term.name if isinstance(term, Meta) else None


def set_as_defined(m: Model, metas: dict[str, Sort], found: tuple[str, Term] | None) -> bool:
    """Give the letter of a `definition` its value in the model, where that can be computed."""
    if found is None:
        return False
    name, term = found
    try:
        m.letters[name] = _tabulated(m, metas[name], compiled(term)(m, ()), term)
    except Stuck:
        return False
    return True


def _tabulated(m: Model, sort: Sort, value: Value, term: Term) -> Value:
    """A computed function as a table or a sequence."""
    if not (isinstance(sort, tuple) and sort[0] == "fn"):
        return value
    if sort[1] == NAT:
        start = last_index(m, term, ())
        terms = [_tabulated(m, sort[2], value(n), term) for n in range(start + 2)]
        return Seq(tuple(terms[:start]), tuple(terms[start:]))
    space = m.space(sort[1])
    if space is None:
        raise Undecided("a function on an infinite space")
    return Table({p: _tabulated(m, sort[2], value(p), term) for p in space.points})
