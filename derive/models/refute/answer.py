"""What refutation answers: a model in the user's names, and the values in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import Term
from derive.models.model import Model
from derive.models.refute.data import Data, objects_of
from derive.models.refute.difference import Difference, difference
from derive.models.refute.problem import Problem
from derive.models.refute.text import model_entries, shown


@dataclass(frozen=True)
class Refutation:
    """A model of the givens and the values of both sides in it, in the user's names."""

    objects: Data
    left: str
    right: str
    entries: dict[str, str] = field(repr=False)
    relation: str = ""
    tried: int = 0

    @property
    def text(self) -> str:
        """A few lines for a reader."""
        return "\n".join([*(f"{k} = {v}" for k, v in self.entries.items()), self._sides()])

    def _sides(self) -> str:
        if self.relation == "⊆":
            return "the point lies in the left side and not in the right side"
        if not self.relation:
            return "the statement is false"
        return f"left {self.left}, right {self.right}"

    def json(self) -> dict[str, object]:
        """What the printers of reports show."""
        return {**self.entries, "left": self.left, "right": self.right}


@dataclass(frozen=True)
class Example:
    """A model of the givens; `place`: which of the terms has no value in it."""

    objects: Data
    entries: dict[str, str] = field(repr=False)
    place: int = 0
    tried: int = 0

    @property
    def text(self) -> str:
        """A few lines for a reader."""
        return "\n".join(f"{k} = {v}" for k, v in self.entries.items())

    def json(self) -> dict[str, object]:
        """What the printers of reports show."""
        return dict(self.entries)


def refutation(problem: Problem, m: Model, goal: Term, tried: int) -> Refutation | None:
    """What is said of a strict model in which a goal is false."""
    found = difference(m, goal)
    if found is None:
        return None
    entries = model_entries(m, problem.sorts)
    entries |= _places(m, found, set(problem.sorts) | set(m.spaces))
    left, right = (shown(m, found.sort, v) for v in (found.left, found.right))
    return Refutation(objects_of(problem, m), left, right, entries, found.relation, tried)


def _places(m: Model, found: Difference, taken: set[str]) -> dict[str, str]:
    """Names for the variables at whose values the sides differ."""
    out: dict[str, str] = {}
    for sort, value in found.points:
        name = next(n for n in _names(sort) if n not in taken)
        taken.add(name)
        out[name] = shown(m, sort, value)
    return out


def _names(sort: Sort) -> Iterator[str]:
    first = {NAT: "nmkij", NUM: "xtsuy", "Ω": "ωxz", PROP: "φ"}.get(str(sort), "xyzuv")
    yield from first
    number = 1
    while True:
        yield f"{first[0]}_{number}"
        number += 1
