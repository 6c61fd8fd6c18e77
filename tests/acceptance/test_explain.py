"""`--explain` tells everything that a line rests on, and of an open line what it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from derive.report.data import Condition, FileReport, StepReport
from derive.report.explanation import explanation_lines
from derive.report.style import Style
from derive.report.text import file_text
from derive.search.modules import check_text

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "ablation.py"
SPEC = spec_from_file_location("ablation", SCRIPT)
ABLATION = module_from_spec(SPEC)
SPEC.loader.exec_module(ABLATION)
ITEMS = ABLATION.items_of(ABLATION.OWN)
UNSAID = frozenset(("ae_mp",))
"""A use of this rule that concludes its own premise is left out."""


def explained(text: str, line: int | None = None) -> tuple[FileReport, StepReport]:
    """The report with a line explained, the last if none is given, and that line's step."""
    lines = text.splitlines()
    line = len(lines) if line is None else line
    file = check_text(text, "<text>", explain=line)
    return file, next(s for i in file.items for s in i.steps if s.line == line)


def tree(condition: Condition) -> Iterator[Condition]:
    """A condition and all below it."""
    yield condition
    for part in condition.parts:
        yield from tree(part)


@pytest.mark.parametrize("text", ITEMS, ids=[t.splitlines()[-1].split(" by ")[-1] for t in ITEMS])
def test_every_rule_of_the_certificate_is_told_and_nothing_is_open(text):
    file, step = explained(text)
    told = step.explanation
    conditions = [c for top in told.conditions for c in tree(top)]
    assert [c.text for c in conditions if not c.met_by] == []
    words = [m.rule for m in told.moves] + [c.met_by for c in conditions]
    names = {word for said in words for word in said.split(", ")}
    records = map(json.loads, file.items[0].certificate.splitlines())
    assert {r[1] for r in records if r[0] == "rule"} - names <= UNSAID
    assert max(map(len, file_text(file, Style(explain=step.line, quiet=True)).splitlines())) <= 100


def test_a_line_reads_like_this():
    _, step = explained(
        "given X, Y : random variable, integrable\nE[X + 2 Y]\n  = E[X] + 2 E[Y]   by linearity\n"
    )
    assert (
        "\n".join(explanation_lines(step))
        == """\
claim: E[X + 2 Y] = E[X] + 2 E[Y]
moves:
  E[X + 2 Y]
    = ∫ X + 2 Y dP   [definition of E[·]]
    = ∫ 2 Y dP + ∫ X dP   [integral_add]
        with f := 2 Y, g := X, μ := P
        needs 2 Y integrable   [integrable_const_mul]
          Y integrable   [given, line 1]
        needs X integrable   [given, line 1]
    = ∫ X dP + 2 (∫ Y dP)   [integral_const_mul]
        with c := 2, f := Y, μ := P
        needs Y integrable   [given, line 1]
    = 2 E[Y] + ∫ X dP   [definition of E[·]]
    = E[X] + 2 E[Y]   [definition of E[·]]
what gives every expression a value:
  X + 2 Y is not ∞ - ∞, P-a.e.   [integral_add, as above]
  E[X + 2 Y] has a value   [integral_add, as above]
  E[X] + 2 E[Y] is not ∞ - ∞   [arithmetic]
    E[X] finite   [definition of E[·]]
      ∫ X dP finite   [integral_finite]
        X integrable   [given, line 1]
    E[Y] finite   [definition of E[·]]
      ∫ Y dP finite   [integral_finite]
        Y integrable   [given, line 1]
  E[X] has a value   [integral_add, as above]
  E[Y] has a value   [integral_const_mul, as above]"""
    )


def test_a_relation_is_led_back_to_the_rule_that_proves_it():
    _, step = explained(
        "given X, Y : random variable, integrable\ngiven h: X ≤ Y\n"
        "E[X]\n  ≤ E[Y]   by monotonicity\n"
    )
    said = explanation_lines(step)
    assert said[:6] == [
        "claim: E[X] ≤ E[Y]",
        "moves:",
        "  E[X] ≤ E[Y]",
        "    ⟺ ∫ X dP ≤ E[Y]   [definition of E[·]]",
        "    ⟺ ∫ X dP ≤ ∫ Y dP   [definition of E[·]]",
        "    by integral_mono",
    ]
    assert "          X ≤ Y   [given h, line 2]" in said


def test_a_fact_shown_above_is_cited_by_its_line():
    text = """\
theorem t
given x : real
given h: x = 3
show x + 1 = 4
proof
  have k: x + 1 = 3 + 1 by h
  x + 1
    = 3 + 1   by k
    = 4       by algebra
qed
"""
    _, step = explained(text, 8)
    assert "    = 1 + 3   [line 6]" in explanation_lines(step)


def test_what_is_missing_is_told_down_to_what_would_close_it():
    _, step = explained("given X, Y : random variable\nE[X + Y]\n  = E[X] + E[Y]   by linearity\n")
    said = explanation_lines(step)
    assert "        needs X integrable   [not proved]" in said
    at = said.index("  E[X + Y] has a value   [not proved]")
    assert said[at + 1 : at + 5] == [
        "    has_integral_add would give it, from",
        "      X integrable   [not proved]",
        "      E[Y] has a value   [has_integral_of_integrable]",
        "        Y integrable   [not proved]",
    ]
    assert said[-3:] == ["what is open would follow from", "  X integrable", "  Y integrable"]


def test_a_rule_that_does_not_fit_is_said_not_to():
    _, step = explained(
        "given X, Y : random variable, integrable\nE[X]\n  = E[Y]   by expectation, total_mass\n"
    )
    assert explanation_lines(step)[1:4] == [
        "tried:",
        "  by the definitions it says: ∫ X dP = ∫ Y dP",
        "  total_mass fits no place of the two sides",
    ]
