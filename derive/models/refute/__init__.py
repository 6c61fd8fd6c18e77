"""Refutation: a model of the givens in which a step is false, or in which it has no value.

In the order in which it is understood:

    symbols       relative entropy, which only refutation evaluates
    copies        the first terms of an independent sequence
    problem       givens and goals, and what holds in a model
    draw          readable random values
    candidates    models of the givens, smallest first
    difference    where a goal is false in a model
    simpler       the same with simpler values
    data          a model as data that can be read back
    text          a model as lines for a reader
    answer        what is said: the model and the two sides
    search        the four questions: refute, no_value, example_of, recheck
"""

from derive.models.refute.answer import Example, Refutation
from derive.models.refute.search import example_of, no_value, recheck, refute

__all__ = ["Example", "Refutation", "example_of", "no_value", "recheck", "refute"]
