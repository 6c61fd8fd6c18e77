"""Each wrong derivation is refused for its own reason; the right one beside it is checked."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from acceptance.judging import (
    REFUSED,
    Row,
    conditions,
    messages,
    report_on,
    rows,
    verdict_of,
    verdict_on,
)  # fmt: skip

from derive.kernel.symbol import SYMBOLS, rules_folder

NO_DEMAND_OF_ITS_OWN = frozenset(("ac", "scope", "free", "guarded", "conjunction", "application"))


@pytest.mark.parametrize("row", rows("refusals.txt"))
def test_refusals(row: Row):
    agrees(row, report_on(row.text))


@pytest.mark.parametrize("row", rows("values.txt"))
def test_values_in_the_middle(row: Row):
    """Every expression of a chain has a value; that of the middle one is asked for as well."""
    agrees(row, report_on(row.text))


@pytest.mark.parametrize("row", rows("families.txt"))
def test_families(row: Row):
    """True derivations are checked, and near them no false one is."""
    agrees(row, report_on(row.text))


def agrees(row: Row, file) -> None:
    """The verdict is the row's; so are the conditions, or the words that the message holds.

    Where a counterexample is found, `refuted` comes before `missing` and `unjustified`.
    """
    verdict = verdict_of(file)
    said = {part for part in row.said if part != "…"}
    if row.verdict == "refused":
        assert verdict in REFUSED
        assert not said or not conditions(file) or conditions(file) == said
        return
    fits = {row.verdict, "refuted"} if row.verdict in REFUSED else {row.verdict}
    assert verdict in fits, (verdict, conditions(file), messages(file))
    if row.verdict != "missing":
        assert all(part in messages(file) for part in said), messages(file)
    elif "…" in row.said:
        assert said <= conditions(file)
    else:
        assert conditions(file) == said


def test_every_symbol_with_a_demand_has_a_row():
    """The table of values names, in its headings, every symbol that can lack a value."""
    table = (rules_folder().parent / "tests" / "acceptance" / "values.txt").read_text("utf-8")
    named = set(re.findall(r"[\w]+", " ".join(re.findall(r"^# (.*)$", table, flags=re.M))))
    partial = {
        name
        for name, symbol in SYMBOLS.items()
        if "~" not in name and {demand[0] for demand in symbol.demands} - NO_DEMAND_OF_ITS_OWN
    }
    assert sorted(partial - named) == []


STRICT = """
given X, Y : random variable, integrable
E[X + Y]
  = E[X] + E[Y]
"""


def test_a_step_without_a_reason_is_found_a_rule_and_strict_refuses_it():
    file = report_on(STRICT)
    assert verdict_of(file) == "checked"
    assert file.items[0].steps[0].found
    assert file.items[0].steps[0].rules
    assert verdict_on(STRICT, strict=True) == "unjustified"
    assert verdict_on(
        STRICT.replace("= E[X] + E[Y]", "= E[X] + E[Y] by linearity"), strict=True
    ) == ("checked")


def test_the_nearest_name_is_given():
    file = report_on("given x, y : real\nx + y\n  = y + x   by algbra\n")
    (step,) = file.items[0].steps
    assert (step.verdict, step.nearest) == ("unreadable", "algebra, set_algebra")


@pytest.mark.parametrize("first, second", [*pairwise(["=", "≤", "<", "=", "≥", ">", "="])])
def test_only_relations_of_one_direction_compose(first, second):
    turns = {"≤": 1, "<": 1, "≥": -1, ">": -1, "=": 0}
    text = "given a, b, c : real\n" + "".join(
        f"given {x} {r} {y}\n" for x, r, y in (("a", first, "b"), ("b", second, "c"))
    )
    text += f"a\n  {first} b by assumption\n  {second} c by assumption\n"
    assert turns[first] * turns[second] >= 0
    assert verdict_on(text) == "checked"
    turned = {"≤": "≥", "<": ">", "≥": "≤", ">": "<"}
    if turns[first] and turns[second]:
        assert verdict_on(text.replace(f"{second} c", f"{turned[second]} c")) == "unjustified"
