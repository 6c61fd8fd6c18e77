"""Models are mended where a premise is false: by its definition, or by a new value."""

from __future__ import annotations

from random import Random

import pytest

import derive.models.symbols  # noqa: F401 (it registers the builders)
from derive.kernel.core import read_term
from derive.kernel.symbol import read_all
from derive.kernel.term import mk_meta
from derive.models.generate import Search
from derive.models.mend import ROUNDS, mended
from derive.models.model import Model

SORTS = {"a": "num", "b": "num"}


class Counting:
    """A source that gives 1, 2, 3, … and never the definition, or always."""

    def __init__(self, chance: float) -> None:
        self.random, self.given = Random(1), 0
        self.random.random = lambda: chance

    def value(self, m: Model, name: str, sort: object) -> int:
        self.given += 1
        return self.given


def premises(*texts: str) -> Search:
    """Premises about the letters a and b."""
    names = {name: mk_meta(name, sort) for name, sort in SORTS.items()}
    terms = tuple(read_term(read_all(text)[0], names) for text in texts)
    return Search(SORTS, terms, (), {})


@pytest.mark.parametrize(
    "premise,           chance, given, a",
    [
        ("(eq a 7)",         0.0,    0,     7),
        ("(eq a 7)",         0.9,    7,     7),
        ("(le 3 a)",         0.0,    3,     3),
        ("(le 0 a)",         0.0,    0,     0),
    ],
)  # fmt: skip
def test_a_letter_is_set_as_defined_or_drawn(premise, chance, given, a):
    m, source = Model({}, {"a": 0, "b": 0}), Counting(chance)
    assert mended(m, premises(premise), source)
    assert (m.letters["a"], source.given) == (a, given)


def test_after_the_last_round_it_is_given_up():
    m, source = Model({}, {"a": 0, "b": 0}), Counting(0.9)
    assert not mended(m, premises("(le 100 a)"), source)
    assert source.given == ROUNDS


def test_a_false_premise_without_letters_cannot_be_mended():
    m, source = Model({}, {"a": 0, "b": 0}), Counting(0.9)
    assert not mended(m, premises("(le 2 1)"), source)
    assert source.given == 0
