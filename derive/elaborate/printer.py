"""The printer's common ground: levels of binding, opened variables, pulled-back sample points."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from derive.elaborate import build as b
from derive.elaborate.names import pick
from derive.elaborate.problem import space_text
from derive.elaborate.scope import Scope
from derive.kernel.sort import Sort
from derive.kernel.term import App, Free, Term, mk, mk_free

FORALL, CONJUNCTION, RELATION, UNION, MEET, SUM, CROSS, PRODUCT, FACTOR, ATOM = range(10)
Text = tuple[str, int]
POINTWISE = frozenset(
    [
        "app",
        "add",
        "mul",
        "inv",
        "pow",
        "rpow",
        "sqrt",
        "exp",
        "log",
        "abs",
        "max",
        "min",
        "sin",
        "cos",
        "tan",
        "arctan",
        "ofnat",
        "iv",
        "fst",
        "snd",
        "pair",
        "fin",
        "le",
        "eq",
        "not",
        "and",
        "or",
        "imp",
        "sum",
        "prodn",
        "sup",
        "inff",
        "lim",
        "limsup",
        "liminf",
        "deriv",
        "tendsto",
        "all",
        "ex",
        "nadd",
        "nmul",
        "nfact",
        "finv",
        "rn",
        "cexp",
    ]
)
"""Symbols that the elaborator lifts, so that a sample point may be left out below them."""


class Unprintable(Exception):
    """A sample point cannot be left out here."""


@dataclass
class State:
    """What is being printed: the scope, the names in use, the sample points that are left out."""

    scope: Scope
    taken: set[str]
    points: list[Term] = field(default_factory=list)
    pull: bool = True
    top: bool = True
    variables: list[Term] = field(default_factory=list)

    def fresh_name(self, sort: Sort) -> str:
        """A name for a variable, taken from now on."""
        return pick(sort, self.taken)

    @contextmanager
    def opened(self, function: Term) -> Iterator[tuple[str, Term, Term]]:
        """The variable of a λ under a name: the name, its Free, the body."""
        sort = function.sort[1]
        name = self.fresh_name(sort)
        self.taken.add(name)
        free = mk_free(name, sort)
        try:
            yield name, free, b.app(function, free)
        finally:
            self.taken.discard(name)

    @contextmanager
    def opened_pair(self, function: Term) -> Iterator[tuple[list[str], Term]]:
        """The variable of a λ over a product under the names of its coordinates, and the body."""
        names: list[str] = []
        point = self._coordinates(function.sort[1], names)
        try:
            yield names, b.app(function, point)
        finally:
            self.taken.difference_update(names)

    def _coordinates(self, sort: Sort, names: list[str]) -> Term:
        if isinstance(sort, tuple) and sort[0] == "prod":
            left = self._coordinates(sort[1], names)
            name = self.fresh_name(sort[2])
            self.taken.add(name)
            names.append(name)
            return mk("pair", left, mk_free(name, sort[2]))
        name = self.fresh_name(sort)
        self.taken.add(name)
        names.append(name)
        return mk_free(name, sort)

    @contextmanager
    def pulled(self, function: Term) -> Iterator[tuple[Term, Term]]:
        """The body of a λ at a sample point that will be left out, and the point."""
        point = b.fresh(function.sort[1])
        self.points.append(point)
        try:
            yield point, b.app(function, point)
        finally:
            self.points.pop()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Below the outermost quantifiers: undeclared letters are no longer an option."""
        before, self.top = self.top, False
        try:
            yield
        finally:
            self.top = before

    @contextmanager
    def integrating(self, *points: Term) -> Iterator[None]:
        """Under an integral with a named variable."""
        self.variables += points
        try:
            yield
        finally:
            del self.variables[len(self.variables) - len(points) :]

    def has_variable(self, term: Term) -> bool:
        """Whether a named integration variable stands in `term`."""
        return any(v in term.frees for v in self.variables)

    def has_point(self, term: Term) -> bool:
        """Whether a left-out sample point stands in `term`."""
        return any(point in term.frees for point in self.points)

    def is_point(self, term: Term) -> bool:
        """Whether `term` is a left-out sample point itself."""
        return term in self.points


def wrap(text: Text, level: int) -> str:
    """The text, in brackets if it binds looser than `level`."""
    return text[0] if text[1] >= level else f"({text[0]})"


def between(left: Text, sign: str, right: Text, level: int) -> str:
    """Two texts with a sign between them, each in brackets if it binds looser than `level`."""
    return f"{wrap(left, level)} {sign} {wrap(right, level)}"


def state_for(term: Term, scope: Scope | None) -> State:
    """A fresh printer state in which no name of `term` or of the scope is reused."""
    scope = scope if scope is not None else bare_scope(term)
    taken = {f.name for f in term.frees} | set(scope.values) | set(scope.spaces)
    return State(scope, taken)


def bare_scope(term: Term) -> Scope:
    """A scope in which the Frees of `term` are declared; probabilities are guessed from `P`."""
    scope = Scope()
    for free in term.frees:
        scope.values[free.name] = free
        scope.declared.add(free.name)
        _spaces(free.sort, scope)
        if b.is_meas(free):
            scope.measures[free.name] = free
            if free.name == "P":
                scope.probabilities["P"] = free
    return scope


def _spaces(sort: Sort, scope: Scope) -> None:
    if isinstance(sort, str):
        if sort not in ("num", "nat", "prop"):
            scope.spaces.add(sort)
        return
    for part in sort[1:]:
        _spaces(part, scope)


def is_ambient(measure: Term, scope: Scope) -> bool:
    """Whether `measure` is the one that is meant without a subscript."""
    if not isinstance(measure, Free):
        return False
    if scope.probabilities:
        return scope.probabilities.get("P") is measure and len(scope.probabilities) == 1
    return measure is scope.built_in_probability() and "P" not in scope.values


def name_of_space(sort: Sort) -> str:
    """A space as the language writes it."""
    return space_text(sort)


def conjuncts(term: Term) -> tuple[Term, ...]:
    """The parts of a conjunction."""
    return term.args if isinstance(term, App) and term.head == "and" else (term,)
