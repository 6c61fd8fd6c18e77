"""The explanation of a step as text: within the columns, folded, and open where it is open."""

from __future__ import annotations

import json

from samples import reports as r

from derive.report.data import Condition, Explanation, Move, StepReport
from derive.report.explanation import COLUMNS, explanation_lines
from derive.report.json_report import report_json


def step(**fields) -> StepReport:
    """A checked step with this explanation."""
    return StepReport(1, 1, "=", "= 0", "checked", explanation=Explanation("x = 0", **fields))


def tower(height: int) -> Condition:
    """A condition that rests on another, and so on."""
    parts = (tower(height - 1),) if height else ()
    return Condition(f"level {height}", "rule", "rule", parts)


def test_a_long_line_is_broken_and_set_in():
    move = Move("x" * 50, "=", " + ".join(["y" * 9] * 12), "algebra")
    said = explanation_lines(step(moves=(move,)))
    assert all(len(line) <= COLUMNS for line in said)
    assert said[-2] == "        [algebra]"


def test_a_deep_tree_is_folded_and_says_how_much_is():
    said = explanation_lines(step(values=(tower(9),)))
    assert [line.strip() for line in said[-2:]] == ["level 3   [rule]", "… and 3 more below"]


def test_letters_that_keep_their_name_are_left_out():
    move = Move("E[X] ≤ 1", "", "", "markov", (("X", "X"), ("a", "2")))
    assert explanation_lines(step(moves=(move,)))[2:5] == [
        "  E[X] ≤ 1",
        "    by markov",
        "        with a := 2",
    ]


def test_an_equation_read_backwards_says_so():
    move = Move("a", "=", "b", "total_mass", (("P", "Q"),), backwards=True)
    assert "    = b   [total_mass, read from right to left]" in explanation_lines(
        step(moves=(move,))
    )


def test_what_is_not_there_is_said():
    assert explanation_lines(step()) == [
        "claim: x = 0",
        "both sides are the same expression",
        "every expression has a value as it stands",
    ]
    assert explanation_lines(r.MISSING) == ["the lines of its own proof say why"]
    assert explanation_lines(r.UNREADABLE) == []


def test_the_open_conditions_are_repeated_at_the_end():
    told = StepReport(
        1, 1, "=", "= 0", "missing", missing=("x ≥ 0",), explanation=Explanation("√(x²) = x")
    )
    assert explanation_lines(told)[-2:] == ["what is open would follow from", "  x ≥ 0"]


def test_json_carries_the_whole_tree():
    data = json.loads(report_json(r.report(r.file(r.GOOD))))
    told = data["files"][0]["items"][0]["steps"][0]
    (move,) = told["explanation"]["moves"]
    assert move["instance"] == {"X": "f · dP/dQ", "f": "f"}
    assert move["conditions"][0]["parts"][0]["met_by"] == "given, line 2"
    (value,) = told["explanation"]["values"]
    assert value["met_by"] == ""
    assert value["tried"][0]["premises"][0]["text"] == "f measurable"
    assert [c["text"] for c in told["conditions"]] == [
        "f · dP/dQ integrable under Q",
        "E_Q[f · dP/dQ] has a value",
    ]
