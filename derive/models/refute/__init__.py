"""Refutation: a model of the givens in which a step is false, or in which it has no value."""

from derive.models.refute.answer import Example, Refutation
from derive.models.refute.search import example_of, no_value, recheck, refute

__all__ = ["Example", "Refutation", "example_of", "no_value", "recheck", "refute"]
