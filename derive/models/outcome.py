"""How an evaluation can end without a value."""

from __future__ import annotations


class Stuck(Exception):
    """An evaluation that gave no value."""


class Undecided(Stuck):
    """The model cannot decide: a bound was not sharp enough, or an infinite object is not represented."""


class NoValue(Stuck):
    """Strict evaluation met an expression without a value (∞ - ∞, 1/0, the mass of a set that is no event)."""
