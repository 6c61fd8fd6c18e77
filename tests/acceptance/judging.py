"""Read a table of small derivations, and ask the tool about each."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import derive
from derive.report.data import GOOD, FileReport, worst

REFUSED = frozenset(("refuted", "missing", "unjustified"))
"""What `refused` stands for in a table: not all counterexamples are found yet."""


class Row(NamedTuple):
    """One row: the verdict, conditions or pieces of the message, givens, derivation, a known fault."""

    verdict: str
    said: tuple[str, ...]
    givens: tuple[str, ...]
    derivation: tuple[str, ...]
    fault: str

    @property
    def text(self) -> str:
        """The derivation as a file in the language."""
        return "\n".join([*(f"given {g}" for g in self.givens), *self.derivation]) + "\n"


def rows(name: str) -> list:
    """The rows of a table beside this file as test parameters; a known fault is a strict xfail.

    Columns are parted by `│` and lines within a column by `;`. A fifth column says what the tool
    does instead. Lines that start with `#` are headings.
    """
    table = (Path(__file__).parent / name).read_text(encoding="utf-8")
    out = []
    for number, line in enumerate(table.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("│")]
            row = Row(cells[0], *map(parts, cells[1:4]), cells[4] if len(cells) > 4 else "")
            marks = [pytest.mark.xfail(strict=True, reason=row.fault)] if row.fault else []
            out.append(pytest.param(row, marks=marks, id=f"{number}: {row.derivation[-1][:50]}"))
    return out


def parts(cell: str) -> tuple[str, ...]:
    """The lines of a cell."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def report_on(text: str, **options: bool) -> FileReport:
    """What the tool answers about a text that it can open."""
    (file,) = derive.check(text, **options).files
    assert file.error is None, file.error
    return file


def verdict_on(text: str, **options: bool) -> str:
    """The worst verdict of a text's items and steps."""
    return verdict_of(report_on(text, **options))


def verdict_of(file: FileReport) -> str:
    """The worst verdict of a report's items and steps."""
    steps = [step.verdict for item in file.items for step in item.steps]
    return worst([item.verdict for item in file.items] + steps)


def conditions(file: FileReport) -> set[str]:
    """What the first refused step lists as missing."""
    steps = (step for item in file.items for step in item.steps)
    return next((set(step.missing) for step in steps if step.verdict not in GOOD), set())


def messages(file: FileReport) -> str:
    """Everything that is said about steps and items."""
    said = [
        part for item in file.items for step in item.steps for part in (step.message, step.nearest)
    ]
    return "\n".join(said + [item.message for item in file.items])
