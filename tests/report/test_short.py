"""One line for each problem."""

from __future__ import annotations

from samples import reports as r

from derive.report.short import short_lines


def test_what_is_not_checked_has_one_line_each():
    assert list(short_lines(r.file(r.BAD))) == [
        "a.drv:7:5: missing: missing P ≪ Q; because P = Q",
        "a.drv:8:16: unreadable: an operand is missing after +; expected an expression; "
        "nearest: expectation",
    ]


def test_a_counterexample_gives_both_values():
    (line,) = short_lines(r.file(r.item(r.REFUTED, verdict="refuted")))
    assert line == "a.drv:7:5: refuted: left side 1, right side -1"


def test_what_is_checked_is_silent_and_computed_only_without_strict():
    file = r.file(r.GOOD, r.item(r.COMPUTED, verdict="computed"))
    assert list(short_lines(file)) == []
    assert [line.split(": ")[1] for line in short_lines(file, strict=True)] == ["computed"]


def test_an_item_may_fail_though_its_steps_do_not():
    (line,) = short_lines(r.file(r.item(r.CHECKED, verdict="unjustified")))
    assert line == "a.drv:1:1: unjustified: the proof does not give E_Q[…] = E_P[f]"


def test_a_file_that_cannot_be_read_has_one_line():
    assert list(short_lines(r.UNOPENED)) == ["b.drv:1:1: unreadable: no such file"]
