"""Exit status and counts."""

from __future__ import annotations

import pytest
from samples import reports as r

from derive.report.data import Later, worst


@pytest.mark.parametrize(
    "item,                                             status,  strict",
    [
        (r.item(r.CHECKED), 0, 0),
        (r.item(r.COMPUTED, verdict="computed"), 0, 1),
        (r.item(r.MISSING, verdict="missing"), 1, 1),
        (r.item(r.REFUTED, verdict="refuted"), 1, 1),
        (r.item(r.CHECKED, verdict="unjustified"), 1, 1),
        (r.item(r.CHECKED, r.UNREADABLE, verdict="unreadable"), 2, 2),
    ],
)
def test_exit_status(item, status, strict):
    report = r.report(r.file(item))
    assert report.exit_code() == status
    assert report.exit_code(strict=True) == strict
    assert report.ok is (status == 0)


def test_a_file_that_cannot_be_read_is_status_2():
    assert r.report(r.file(r.GOOD), r.UNOPENED).exit_code() == 2


def test_the_worst_verdict():
    assert worst([]) == "checked"
    assert worst(["checked", "computed"]) == "computed"
    assert worst(["missing", "refuted", "unjustified"]) == "refuted"


def test_the_summary_counts_steps():
    assert r.report(r.file(r.GOOD, r.BAD)).summary == {
        "checked": 2, "computed": 0, "unjustified": 0, "missing": 1, "refuted": 0, "unreadable": 1,
    }  # fmt: skip


def test_a_later_sequence_is_worked_out_once_and_when_looked_at():
    asked = []

    def make():
        asked.append(1)
        return ("a", "b")

    later = Later(make)
    assert asked == []
    assert (list(later), len(later), later[1], repr(later)) == (["a", "b"], 2, "b", "('a', 'b')")
    assert later == ("a", "b")
    assert later != ("a",)
    assert asked == [1]
