"""Notation that `define` introduces: its symbol in the kernel, and which names mean one.

A symbol is called `NAME~HASH`, the hash being that of its meaning. So two definitions of one name
never meet, in one process or in one certificate, and the same definition read twice is one symbol.
A symbol lives as long as something holds its `Notation`: items, files and their scopes do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from weakref import finalize

from derive.elaborate.build import name_of
from derive.elaborate.problem import fail
from derive.kernel.refusal import Rejected
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Lam, Term, mk, mk_lam
from derive.kernel.text import DEFINITIONS, Definition
from derive.syntax.tree import Node

LARGEST = 500
"""How many symbols a definition may have, and a use of it, once all definitions are written out."""
_HOLDERS: Counter[str] = Counter()
"""How many notations hold a symbol; one that none holds is forgotten at the next definition."""
_PLAIN: dict[str, Definition] = {}
"""The definition of each symbol in which no other definition is left."""


@dataclass(frozen=True, eq=False)
class Notation:
    """What a defined name means: `params` are its parameters, the ambient probability last."""

    name: str
    head: str
    params: tuple[Term, ...]
    body: Term
    ambient: bool

    @property
    def arguments(self) -> tuple[Term, ...]:
        """The parameters that are written."""
        return self.params[: len(self.params) - self.ambient]

    @property
    def pattern(self) -> str:
        """How it is written: `twice(x)`."""
        names = ", ".join(name_of(param) for param in self.arguments)
        return f"{self.name}({names})" if names else self.name


@dataclass(frozen=True)
class Notations:
    """The defined names at some place of a file, and why other names are none.

    `unusable` says of a name why it means nothing here: its definition is refused, or stands below.
    `taken` says of a name why it cannot be defined: it is that of a rule, a theorem, a definition.
    """

    meanings: dict[str, Notation] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    reserved: Callable[[str], str | None] = lambda _: None

    def get(self, name: str | None) -> Notation | None:
        """What `name` means, if it is defined."""
        return self.meanings.get(name) if name is not None else None

    def adding(self, notation: Notation, place: str) -> Notations:
        """The names with one more, defined at a place in words."""
        name = notation.name
        return replace(
            self,
            meanings={**self.meanings, name: notation},
            unusable={k: v for k, v in self.unusable.items() if k != name},
            taken={**self.taken, name: f"{name} is defined in {place}"},
        )

    def refusing(self, names: dict[str, str]) -> Notations:
        """The names with some that mean nothing, each with its reason."""
        return replace(self, unusable={**self.unusable, **names})

    def taking(self, name: str, why: str) -> Notations:
        """The names with one more that cannot be defined."""
        return replace(self, taken={**self.taken, name: why})

    def why_taken(self, name: str) -> str | None:
        """Why `name` cannot be defined here."""
        return self.taken.get(name) or self.reserved(name)


NONE = Notations()


def notation(name: str, params: tuple[Term, ...], body: Term, ambient: bool) -> Notation:
    """A new notation, its symbol made by the kernel; `Rejected` if the kernel does not make it."""
    from derive.kernel.check import Checker
    from derive.kernel.theory import Theory

    for head in [head for head, count in _HOLDERS.items() if count == 0]:
        del _HOLDERS[head], SYMBOLS[head], DEFINITIONS[head], _PLAIN[head]
    checker = Checker(Theory({}, {}))
    checker.terms += [*params, body]
    checker.feed(["define", name, list(range(len(params))), len(params)])
    (head,) = checker.defined
    made = Notation(name, head, params, body, ambient)
    _PLAIN[head] = DEFINITIONS[head]._replace(body=written_out(DEFINITIONS[head].body))
    _HOLDERS[head] += 1
    finalize(made, _release, head)
    return made


def written_out(term: Term) -> Term:
    """The term without notation that a file defines; `Rejected` if it is too large so."""
    if isinstance(term, Lam):
        term = mk_lam(term.domain, written_out(term.body))
    elif isinstance(term, App) and term.args:
        args = tuple(map(written_out, term.args))
        plain = _PLAIN.get(term.head)
        term = mk(term.head, *args) if plain is None else plain.applied(args)
    elif isinstance(term, App) and term.head in _PLAIN:
        term = _PLAIN[term.head].body
    return term


def check_size(node: Node, term: Term) -> None:
    """Refuse a term with more than `LARGEST` symbols once it is written out."""
    try:
        fits = written_out(term).size <= LARGEST
    except Rejected:
        fits = False
    if not fits:
        why = f"with all definitions written out this has more than {LARGEST} symbols"
        raise fail(node, why, "fewer definitions within one another")


def _release(head: str) -> None:
    _HOLDERS[head] -= 1
