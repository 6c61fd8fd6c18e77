"""Finite measurable spaces, measures on them, tables and sequences: what a model is made of.

A σ-algebra on finitely many points is given by its atoms, here called blocks: a set is an event if
it is a union of blocks. A measure gives each block a weight in [0,∞]. On ℝ and ℕ a measure is a
finite sum of point masses.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import product
from typing import Any

from derive.models.extended import Number, show

Value = Any
Key = Hashable


class Space:
    """Points, and the block that each lies in."""

    __slots__ = ("block", "blocks", "points")

    def __init__(self, block: Mapping[Value, Key]) -> None:
        self.block = dict(block)
        self.points = tuple(self.block)
        self.blocks: dict[Key, list[Value]] = {}
        for point, key in self.block.items():
            self.blocks.setdefault(key, []).append(point)

    def __repr__(self) -> str:
        return (
            "{"
            + " | ".join(", ".join(map(show_value, block)) for block in self.blocks.values())
            + "}"
        )


def product_space(left: Space, right: Space) -> Space:
    """The product, with the product σ-algebra."""
    return Space(
        {(x, y): (left.block[x], right.block[y]) for x, y in product(left.points, right.points)}
    )


class Table:
    """A function on finitely many points; on ℝ, with a value for all others."""

    __slots__ = ("default", "values")

    def __init__(self, values: Mapping[Value, Value], default: Value = None) -> None:
        self.values, self.default = dict(values), default

    def __call__(self, point: Value) -> Value:
        return self.values.get(point, self.default)

    def __repr__(self) -> str:
        shown = ", ".join(f"{show_value(p)} ↦ {show_value(v)}" for p, v in self.values.items())
        return (
            f"[{shown}]" if self.default is None else f"[{shown}, else {show_value(self.default)}]"
        )


class Seq:
    """A sequence indexed by 0, 1, 2, …: a prefix, then a cycle for ever."""

    __slots__ = ("cycle", "prefix")

    def __init__(self, prefix: tuple[Value, ...], cycle: tuple[Value, ...]) -> None:
        self.prefix, self.cycle = prefix, cycle

    def __call__(self, index: int) -> Value:
        start = len(self.prefix)
        return (
            self.prefix[index] if index < start else self.cycle[(index - start) % len(self.cycle)]
        )

    def __repr__(self) -> str:
        shown = ", ".join(map(show_value, self.prefix + self.cycle))
        return f"({shown}, …)" if len(self.cycle) == 1 else f"({shown}, … period {len(self.cycle)})"


class Measure:
    """Weights of blocks (on ℝ and ℕ: of points); what is not listed has weight 0."""

    __slots__ = ("weights",)

    def __init__(self, weights: Mapping[Key, Number]) -> None:
        self.weights = {key: weight for key, weight in weights.items() if weight != 0}

    def __call__(self, key: Key) -> Number:
        return self.weights.get(key, 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Measure) and self.weights == other.weights

    def __hash__(self) -> int:
        return hash(frozenset(self.weights.items()))

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{show_value(k)}: {show(w)}" for k, w in self.weights.items()) + "}"


class Sigma:
    """A σ-algebra on a finite space: the block of each point."""

    __slots__ = ("block",)

    def __init__(self, block: Mapping[Value, Key]) -> None:
        first: dict[Key, Value] = {}
        self.block = {point: first.setdefault(key, point) for point, key in block.items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sigma) and self.block == other.block

    def __hash__(self) -> int:
        return hash(frozenset(self.block.items()))

    def __repr__(self) -> str:
        return f"σ{Space(self.block)}"


Function = Callable[[Value], Value]


def show_value(value: Value) -> str:
    """A value as text."""
    if isinstance(value, tuple):
        return "(" + ", ".join(map(show_value, value)) + ")"
    return show(value) if isinstance(value, float) else str(value)
