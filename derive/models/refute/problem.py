"""Givens and goals as a problem for models, and what holds in a strict model."""

from __future__ import annotations

from functools import cache

import derive.models.refute.symbols
import derive.models.symbols  # noqa: F401 (both register builders)
from derive.kernel.letter import generalise
from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import App, Lam, Meta, Term, mk_meta
from derive.kernel.value import obligations, obligations_of_all
from derive.models.compilation import BUILDERS, UNFOLDED, compiled
from derive.models.definitions import definition
from derive.models.extended import finite
from derive.models.generate import sorts_in, space_names
from derive.models.model import Model
from derive.models.outcome import NoValue, Undecided
from derive.models.refute.copies import first_terms, sequences
from derive.models.spaces import Table
from derive.models.wishes import letters_in


class Problem:
    """Givens and a goal in letters, with what gives them values."""

    def __init__(self, hypotheses: list[Term], goals: tuple[Term, ...]) -> None:
        given = tuple(dict.fromkeys(hypotheses))
        frees = frozenset().union(*(t.frees for t in (*given, *goals)))
        letters = {f: mk_meta(f.name, f.sort) for f in frees}
        self.sorts = {f.name: f.sort for f in sorted(frees, key=lambda f: f.name)}

        def lift(term: Term) -> Term:
            return generalise(term, letters, {})

        values = tuple(v for v in obligations_of_all(given) if not unspoken(v))
        premises = tuple(map(lift, given + values))
        self.goals = tuple(map(lift, goals))
        self.copies = sequences(premises, self.goals, self.sorts)
        self.premises = tuple(first_terms(p, self.copies) for p in premises)
        demands = [obligations(g) for g in goals]
        self.open = [any(map(unspoken, ds)) for ds in demands]
        self.values = tuple(tuple(lift(d) for d in ds if not unspoken(d)) for ds in demands)
        terms = (*self.premises, *self.goals, *(v for vs in self.values for v in vs))
        self.known = all(map(evaluable, (*self.premises, *self.goals)))
        self.spaces = space_names(
            [*self.sorts.values(), *(s for t in terms for s in (*sorts_in(t), *leaf_sorts(t)))]
        )
        self.letters = [sorted(letters_in(p)) for p in self.premises]
        self.definitions = [definition(p) for p in self.premises]
        self.work = sum(map(work, (*self.premises, *self.goals)))

    def first_false(self, m: Model) -> int | None:
        """The place of the first premise that is not true in a model; raises `Undecided`."""
        for place, premise in enumerate(self.premises):
            if not holds(m, premise):
                return place
        return None

    def all_hold(self, m: Model, props: tuple[Term, ...]) -> bool | None:
        """Whether all hold; None if that is not decided."""
        decided: bool | None = True
        for prop in props:
            try:
                if not holds(m, prop):
                    return False
            except Undecided:
                decided = None
        return decided


def leaf_sorts(term: Term) -> list[Sort]:
    """The sorts of what is applied without a binder: δ_x, constants of spaces."""
    if isinstance(term, Lam):
        return leaf_sorts(term.body)
    if isinstance(term, App):
        return [term.sort, *(s for a in term.args for s in leaf_sorts(a))]
    return []


def unspoken(term: Term) -> bool:
    """Whether a demand says no more than `valued`: strict evaluation decides it."""
    if isinstance(term, Lam):
        return unspoken(term.body)
    return isinstance(term, App) and (term.head == "valued" or any(map(unspoken, term.args)))


FACTORS: dict[Sort, int] = {NAT: 12, NUM: 20}


@cache
def work(term: Term) -> int:
    """Roughly how many symbols an evaluation meets: what a count of models is weighed with."""
    if isinstance(term, Lam):
        return FACTORS.get(term.domain, 3) * work(term.body)
    return 1 + sum(map(work, term.args)) if isinstance(term, App) else 1


def evaluable(term: Term) -> bool:
    """Whether every symbol of a term has values in models."""
    if isinstance(term, Lam):
        return evaluable(term.body)
    if isinstance(term, App):
        known = term.head in BUILDERS or term.head in UNFOLDED
        return known and all(map(evaluable, term.args))
    return True


def holds(m: Model, prop: Term) -> bool:
    """Whether a proposition is true in a strict model, with values; raises `Undecided`."""
    special = _special(m, prop)
    if special is not None:
        return special
    try:
        return bool(compiled(prop)(m, ()))
    except NoValue:
        return False


def _special(m: Model, prop: Term) -> bool | None:
    """Boundedness of a table on an infinite space."""
    match prop:
        case App(head="bounded", args=(Meta(name=name),)):
            value = m.letters[name]
            if isinstance(value, Table) and value.default is not None:
                return all(map(finite, (*value.values.values(), value.default)))
    return None
