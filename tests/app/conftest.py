"""A checker that answers as told, so that the command line is tested alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from samples import reports as r

from derive.app.cli import main
from derive.report.data import FileReport


class Engine:
    """What the command line asked, and what it is told."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict]] = []
        self.items = (r.GOOD,)
        self.fault: Exception | None = None

    def check_text(self, text: str, path: str, **options) -> FileReport:
        """Stands in for `derive.search.modules.check_text`."""
        del options["workspace"]
        self.asked.append((text, path, options))
        if self.fault:
            raise self.fault
        return FileReport(path, self.items, source=text)


@pytest.fixture
def engine(monkeypatch) -> Engine:
    """A checker that says `checked` unless told otherwise."""
    stub = Engine()
    module = ModuleType("derive.search.modules")
    module.check_text = stub.check_text
    module.Workspace = lambda *args, **options: None
    monkeypatch.setitem(sys.modules, "derive.search.modules", module)
    return stub


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def derive(capsys) -> Callable[..., tuple[int, str, str]]:
    """Runs one command; gives its status, its output and its messages."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
