"""Derivations in the families of rules, all true, and near them as many that must be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import derive
from derive.report.data import GOOD

FOLDER = Path(__file__).parent
MARK = "#!"


def steps(name: str) -> list:
    """(line, text, step) of every step of a file; nothing in it may be unreadable."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    (file,) = derive.check(text).files
    assert file.error is None
    lines = text.splitlines()
    return [(s.line, lines[s.line - 1], s) for item in file.items for s in item.steps]


@pytest.fixture(scope="module")
def unsound() -> list:
    return steps("families_unsound.drv")


def test_true_derivations_are_checked():
    refused = [
        (line, text) for line, text, s in steps("families_sound.drv") if s.verdict not in GOOD
    ]
    assert refused == []


def test_marked_lines_are_refused(unsound):
    marked = [(line, text, s.verdict) for line, text, s in unsound if MARK in text]
    assert len(marked) >= 35
    assert [m for m in marked if m[2] in (*GOOD, "unreadable")] == []


def test_every_item_has_a_marked_line():
    text = (FOLDER / "families_unsound.drv").read_text(encoding="utf-8")
    assert all(part.count(MARK) == 1 for part in text.split("example\n")[1:])
