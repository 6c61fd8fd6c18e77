"""A model: a space for each base space and space variable, a value for each letter, and the junk.

Junk is what completes partial operations: one value for each symbol, the same at every place, about
which nothing may be assumed. A strict model has none: there a missing value is `NoValue`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from derive.kernel.sort import PROP, Sort
from derive.models.extended import INF, NEG, Number, finite
from derive.models.outcome import NoValue, Undecided
from derive.models.spaces import Key, Measure, Seq, Space, Table, Value, product_space

JUNK = (NEG, -2, -1, 0, Fraction(1, 3), 1, 5, INF)


class Model:
    """Spaces, letters, junk; `strict` turns junk into `NoValue`."""

    def __init__(
        self,
        spaces: dict[str, Space],
        letters: dict[str, Value],
        junk: dict[str, Number] | Number = 0,
    ) -> None:
        self.spaces, self.letters, self.junk = dict(spaces), letters, junk
        self.strict = False
        self.inside = 0
        self.null_values: dict[tuple[Key, ...], Number] = {}
        self._products: dict[Sort, Space] = {}
        self._horizon: int | None = None
        self._numbers: tuple[Number, ...] | None = None

    def missing(self, symbol: str) -> Number:
        """What a partial operation gives outside its domain."""
        if self.strict:
            raise NoValue(symbol)
        return self.junk.get(symbol, 0) if isinstance(self.junk, dict) else self.junk

    def missing_measure(self, symbol: str) -> Measure:
        """The junk measure."""
        if self.strict:
            raise NoValue(symbol)
        return Measure({})

    def space(self, sort: Sort) -> Space | None:
        """The finite space of a sort, None if it has infinitely many points."""
        if isinstance(sort, str):
            if sort == PROP:
                return _TRUTH
            return self.spaces.get(sort)
        if sort[0] != "prod":
            return None
        found = self._products.get(sort)
        if found is None:
            left, right = self.space(sort[1]), self.space(sort[2])
            if left is None or right is None:
                return None
            found = self._products[sort] = product_space(left, right)
        return found

    def key(self, sort: Sort, value: Value) -> Key:
        """What a measurable function into `sort` may depend on."""
        if isinstance(sort, str):
            space = self.spaces.get(sort)
            return value if space is None else space.block[value]
        if sort[0] == "prod":
            return self.key(sort[1], value[0]), self.key(sort[2], value[1])
        raise Undecided(f"σ-algebra on {sort}")

    def vary(self) -> None:
        """Forget what was derived from the letters, after a letter changed."""
        self._horizon = self._numbers = None

    @property
    def horizon(self) -> int:
        """An index from which every sequence is in its cycle, above every number of the model."""
        if self._horizon is None:
            self._horizon = max([2, *(_length(v) for v in self.letters.values())])
        return self._horizon

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Every number that occurs in the letters, sorted."""
        if self._numbers is None:
            self._numbers = tuple(sorted({n for v in self.letters.values() for n in _numbers(v)}))
        return self._numbers


_TRUTH = Space({False: False, True: True})


def _length(value: Value) -> int:
    match value:
        case bool():
            return 0
        case Seq():
            return max([len(value.prefix) + 1, *map(_length, value.prefix + value.cycle)])
        case Table():
            return max([0, *(_length(v) for v in value.values.values())])
        case int() | Fraction():
            return ceil(abs(Fraction(value))) + 1
        case _:
            return 0


def _numbers(value: Value) -> Iterator[Number]:
    match value:
        case bool():
            return
        case Seq():
            for part in value.prefix + value.cycle:
                yield from _numbers(part)
        case Table():
            for part in (*value.values, *value.values.values(), value.default):
                yield from _numbers(part)
        case Measure():
            for part in (*value.weights, *value.weights.values()):
                yield from _numbers(part)
        case int() | Fraction() | float():
            if finite(value):
                yield value
