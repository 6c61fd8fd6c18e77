"""An exact witness: objects on an infinite space that show what a hypothesis is needed for.

Both sides of the statement are computed from the objects, exactly, whenever they are asked for; the
values that the text claims stand beside them and are compared in a test. A witness whose objects
come from the axiom of choice or from descriptive set theory is `named`: text with a source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from derive.models.extended import show as number_text
from derive.models.outcome import NoValue
from derive.models.witnesses.ratios import Ratio

NO_VALUE = "no value"


@dataclass(frozen=True)
class Side:
    """A side of a statement: its text, the value that is claimed, and how it is computed."""

    text: str
    value: str
    compute: Callable[[], Any] = field(repr=False)

    def computed(self) -> str:
        """The value as text; `no value` where the computation meets none."""
        try:
            return value_text(self.compute())
        except NoValue:
            return NO_VALUE


@dataclass(frozen=True)
class Holds:
    """A hypothesis that holds in the example, the reason, and the computation that shows it."""

    condition: str
    reason: str
    test: Callable[[], bool] = field(repr=False)


@dataclass(frozen=True)
class Witness:
    """A space, objects, a statement that is false of them, and the hypothesis that they lack."""

    name: str
    space: str
    objects: Mapping[str, str]
    lacks: str
    left: Side
    right: Side
    relation: str = "="
    holds: tuple[Holds, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def sides(self) -> str:
        """Both sides with their values."""
        return f"{self.left.text} is {self.left.value}, {self.right.text} is {self.right.value}"

    @property
    def text(self) -> str:
        """The example in lines."""
        return "\n".join([_scene(self), f"{self.sides}: {self._fails()}"])

    def _fails(self) -> str:
        if NO_VALUE in (self.left.value, self.right.value):
            return "not both have a value"
        return "not ≤" if self.relation == "≤" else "not equal"


@dataclass(frozen=True)
class Named:
    """An example that no computation shows: a set without a formula, and where it is proved."""

    name: str
    space: str
    objects: Mapping[str, str]
    lacks: str
    failure: str
    source: str
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The example in lines."""
        return "\n".join([_scene(self), f"{self.failure} ({self.source})"])


def _scene(witness: Witness | Named) -> str:
    objects = ", ".join(f"{k} = {v}" for k, v in witness.objects.items())
    return f"{witness.space}; {objects}" if objects else witness.space


def value_text(value: Any) -> str:
    """An exact value as text; a rational function of n only if it is constant."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Ratio):
        constant = value.limit()
        if value != constant:
            raise ValueError("a side that depends on n")
        value = constant
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    return number_text(value)


def false(witness: Witness) -> bool:
    """Whether the computed sides make the statement false, or one has no value."""
    try:
        left, right = witness.left.compute(), witness.right.compute()
    except NoValue:
        return True
    return bool(left > right) if witness.relation == "≤" else bool(left != right)
