"""How an evaluation can end without a value."""

from __future__ import annotations


class Stuck(Exception):
    """An evaluation that gave no value."""


class Undecided(Stuck):
    """Bounds were not sharp enough, or an infinite object has no representation."""


class NoValue(Stuck):
    """Strict evaluation met an expression without a value: ∞ - ∞, 1/0, the mass of no event."""
