"""The readable report says everything that a report holds, in words."""

from __future__ import annotations

import dataclasses

import pytest
from samples import reports as r

from derive.report.data import StepReport
from derive.report.style import Style
from derive.report.text import (
    details,
    file_text,
    item_text,
    report_text,
    rests_on,
    step_label,
    step_reason,
    summary_text,
    trust_text,
)

FILE = r.file(r.GOOD)


def test_a_good_item_reads_like_this():
    expected = """\
a.drv

theorem importance_sampling, line 1: checked
  6  checked      = ∫ f · dP/dQ dQ   by expectation
  note: no example was found
  rests on 2 facts: integral_add, radon_nikodym; unused: h: f ≥ 0; \
implied: f measurable by f integrable under P

1 step: 1 checked"""
    assert report_text(r.report(FILE)) == expected


def test_a_bad_item_says_what_is_missing_and_points_at_what_cannot_be_read():
    expected = """\
a.drv

theorem importance_sampling, line 1: unreadable
  6  checked      = ∫ f · dP/dQ dQ   by expectation
  7  missing      = ∫ f dP           by change_of_measure
       missing: P ≪ Q
       because P = Q
  8  unreadable   = E_P[f] +
       a.drv:8:16: an operand is missing after +
             = E_P[f] +         by expectation
                      ^
         expected: an expression
         nearest: expectation
  proves nothing yet"""
    said = file_text(r.file(r.BAD)).splitlines()
    wanted = expected.splitlines()
    assert [line.split() for line in said] == [line.split() for line in wanted]
    caret = next(i for i, line in enumerate(said) if line.strip() == "^")
    assert said[caret].index("^") - said[caret - 1].index("= E_P") == 16 - 5


@pytest.mark.parametrize(
    "step,            line",
    [
        (r.REFUTED, "  x = -1"),
        (r.REFUTED, "  left side = 1"),
        (r.REFUTED, "  right side = -1"),
        (r.UNJUSTIFIED, "fubini does not give it; tonelli does"),
        (r.MISSING, "missing: P ≪ Q"),
    ],
)
def test_details_name_the_reason(step, line):
    assert line in details(step, FILE)


@pytest.mark.parametrize(
    "text,          relation,  label,   shown",
    [
        ("= f", "=", None, "= f"),
        ("f", "=", None, "= f"),
        ("P(X = Y)", "≤", None, "≤ P(X = Y)"),
        ("= f a.s.", "= … a.s.", None, "= f a.s."),
        ("a = b", "=", "split", "have split: a = b"),
        ("have split: a = b", "=", "split", "have split: a = b"),
        ("=  f\n  + g", "=", None, "= f + g"),
    ],
)
def test_a_step_is_shown_as_it_stands_in_the_chain(text, relation, label, shown):
    assert step_label(StepReport(1, 1, relation, text, "checked", label=label)) == shown


@pytest.mark.parametrize(
    "text,                                        rules,      found,  shown,          reason",
    [
        ("= f   by linearity  # why", ("add",), False, "= f", "by linearity"),
        ("= f", ("add",), False, "= f", "by add"),
        ("= f", ("add", "mul"), True, "= f", "found add, mul"),
        ("= f   by h with a := 2", (), False, "= f", "by h with a := 2"),
        ("have h: a = b by x", ("x",), False, "have h: a = b", "by x"),
        ("= f", (), False, "= f", ""),
    ],
)
def test_a_step_may_be_given_as_its_source_line(text, rules, found, shown, reason):
    step = StepReport(1, 1, "=", text, "checked", rules, found)
    assert (step_label(step), step_reason(step)) == (shown, reason)


def test_a_line_outside_every_item_is_said_once():
    lost = r.item(r.UNREADABLE, verdict="unreadable", message=r.UNREADABLE.message)
    lost = dataclasses.replace(lost, kind="unreadable", name=None)
    said = item_text(lost, FILE)
    assert said.startswith("\nline 1: unreadable\n")
    assert said.count(r.UNREADABLE.message) == 1


def test_the_reason_that_was_found_says_so():
    assert "found monotonicity" in item_text(r.item(r.FOUND), FILE)


def test_quiet_hides_what_an_item_rests_on():
    assert "rests on" in file_text(FILE)
    assert "rests on" not in file_text(FILE, Style(quiet=True))


def test_an_explained_line_shows_moves_conditions_and_values():
    said = file_text(FILE, Style(explain=6)).splitlines()
    start = next(i for i, line in enumerate(said) if "claim:" in line)
    assert [line[7:] for line in said[start : start + 10]] == [
        "claim: E_Q[f · dP/dQ] = ∫ f · dP/dQ dQ",
        "moves:",
        "  E_Q[f · dP/dQ]",
        "    = ∫ f · dP/dQ dQ   [expectation]",
        "        with X := f · dP/dQ",
        "        needs f · dP/dQ integrable under Q   [integrable_mul]",
        "          f bounded   [given, line 2]",
        "what gives every expression a value:",
        "  E_Q[f · dP/dQ] has a value   [not proved]",
        "    has_integral_of_integrable would give it, from",
    ]
    assert "needs" not in file_text(FILE, Style(explain=7))


def test_the_verdict_is_a_word_with_and_without_colour():
    assert "\033[" not in file_text(FILE)
    assert "\033[32mchecked\033[0m" in file_text(FILE, Style(colour=True))


def test_a_file_that_cannot_be_read_has_its_message():
    assert "b.drv:1:1: no such file" in file_text(r.UNOPENED)
    assert summary_text(r.report(r.UNOPENED)) == "0 steps: 1 file not read"


def test_a_file_without_items_says_so():
    assert "no derivation in it" in file_text(r.file())


def test_an_item_on_no_axiom_says_so():
    assert rests_on(r.item(r.CHECKED)) == "rests on no axiom"


def test_the_message_of_an_item_is_shown():
    bad = r.item(r.CHECKED, verdict="unjustified", message="the chain proves ≤, not =")
    assert "  the chain proves ≤, not =" in item_text(bad, FILE).splitlines()


def test_trust_lists_axioms_once_and_computed_steps_by_place():
    said = trust_text(r.report(FILE, r.file(r.GOOD, r.item(r.COMPUTED, verdict="computed"))))
    assert said.splitlines() == [
        "3 items rest on 2 axioms",
        "  integral_add",
        "  radon_nikodym",
        "computed, not proved",
        "  a.drv:9: = 1/2",
    ]


def test_no_text_of_a_user_reaches_the_terminal_as_a_command():
    hostile = dataclasses.replace(r.CHECKED, text="= \033[2J", message="\033]0;x\007")
    assert "\033" not in report_text(r.report(r.file(r.item(hostile), path="\033[2J.drv")))
