"""What stands under a missing condition says whose example it is."""

from __future__ import annotations

import dataclasses

import pytest
from samples import reports as r

from derive.report.text import details

FILE = r.file(r.GOOD)


@pytest.mark.parametrize(
    "verdict, example, lines",
    [
        ("refuted", {"x": "1", "left": "0", "right": "1"},
         ["counterexample:", "  x = 1", "  left side = 0", "  right side = 1"]),
        ("missing", {"x": "1", "right": "no value"},
         ["without it, for example:", "  x = 1", "  right side = no value"]),
        ("missing", {"x": "1", "the step": "has no value"},
         ["without it, for example:", "  x = 1", "  the step has no value"]),
        ("missing", {"example for": "the rule r without “x finite”", "x": "∞",
                     "the conclusion": "has no value"},
         ["example for the rule r without “x finite”:", "  x = ∞",
          "  the conclusion has no value"]),
    ],
)  # fmt: skip
def test_an_example_under_a_step(verdict, example, lines):
    step = dataclasses.replace(
        r.MISSING, verdict=verdict, counterexample=example, missing=(), suggestions=(), message=""
    )
    assert details(step, FILE)[-len(lines) :] == lines
