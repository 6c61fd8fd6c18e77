"""`derive fmt`: files in place, standard input through."""

from __future__ import annotations

import io
import sys
from types import ModuleType

import pytest


@pytest.fixture
def formatter(monkeypatch):
    """A formatter that only spells `<=`."""
    module = ModuleType("derive.syntax.format")
    module.format_text = lambda text, path: text.replace("<=", "≤")
    monkeypatch.setitem(sys.modules, "derive.syntax.format", module)


def test_a_file_is_changed_in_place_and_only_once(formatter, folder, derive):
    (folder / "a.drv").write_text("a <= b\n")
    assert derive("fmt", "a.drv") == (0, "a.drv: formatted\n", "")
    assert (folder / "a.drv").read_text(encoding="utf-8") == "a ≤ b\n"
    assert derive("fmt", "a.drv") == (0, "", "")


def test_check_changes_nothing(formatter, folder, derive):
    (folder / "a.drv").write_text("a <= b\n")
    assert derive("fmt", "--check", "a.drv") == (1, "a.drv: would be formatted\n", "")
    assert (folder / "a.drv").read_text() == "a <= b\n"


def test_standard_input_goes_to_standard_output(formatter, derive, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a <= b\n")))
    assert derive("fmt", "-") == (0, "a ≤ b\n", "")


def test_a_missing_file_is_said(formatter, folder, derive):
    assert derive("fmt", "none.drv") == (2, "", "derive: none.drv: no such file\n")
