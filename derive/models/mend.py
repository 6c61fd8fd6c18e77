"""A model of premises by repair: where a premise is false, one of its letters gets a new value."""

from __future__ import annotations

from random import Random
from typing import Protocol

from derive.kernel.sort import Sort
from derive.kernel.term import Term
from derive.models.definitions import set_as_defined
from derive.models.model import Model
from derive.models.spaces import Value

ROUNDS = 12
DEFINED = 0.7
"""How often a letter that a false premise defines is set to what it defines."""


class Premises(Protocol):
    """What must hold: with each premise its letters, and its definition if it is one."""

    sorts: dict[str, Sort]
    letters: list[list[str]]
    definitions: list[tuple[str, Term] | None]

    def first_false(self, m: Model) -> int | None:
        """The place of the first premise that is not true in a model."""


class Source(Protocol):
    """Where values come from."""

    random: Random

    def value(self, m: Model, name: str, sort: Sort) -> Value:
        """A value for a letter."""


def mended(m: Model, premises: Premises, source: Source) -> bool:
    """Whether the premises are true in the model after at most `ROUNDS` repairs, made in place."""
    for _ in range(ROUNDS):
        m.vary()
        bad = premises.first_false(m)
        if bad is None:
            return True
        if not premises.letters[bad]:
            return False
        defined = source.random.random() < DEFINED
        if not (defined and set_as_defined(m, premises.sorts, premises.definitions[bad])):
            name = source.random.choice(premises.letters[bad])
            m.letters[name] = source.value(m, name, premises.sorts[name])
    return False
