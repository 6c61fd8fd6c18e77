"""Files that are checked once, and what a checked file offers to those that import it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace

from derive.elaborate.units import Files, Reader, Unit
from derive.report.data import FileReport
from derive.search.lemmas import Lemma
from derive.search.reasons import reserved
from derive.search.run import FileChecker
from derive.search.session import Session, session


@dataclass
class Module:
    """A checked file: `names` are its theorems by the names that reasons use, `lemmas` by those
    of the kernel; both with what it imports. `unproved` are theorems that are not proved."""

    report: FileReport
    lemmas: dict[str, Lemma] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unproved: set[str] = field(default_factory=set)


class Workspace:
    """The files of one command: a file that several import is read and checked once."""

    def __init__(self, files: Files | None = None, *, strict: bool = False) -> None:
        self.files, self.strict = files, strict
        self.reader = Reader(files, lambda name: reserved(name, session().library))
        self.modules: dict[str, Module] = {}

    def report(
        self, text: str, path: str, markdown: bool, explain: int | None = None
    ) -> FileReport:
        """What is answered about a text, with all of one line's proof if that is to be explained.

        What it imports is checked first.
        """
        report = self.module(self.reader.read(text, path, markdown), explain).report
        return report if report.path == path else replace(report, path=path)

    def module(self, unit: Unit, explain: int | None = None) -> Module:
        """A file after its check."""
        identity = self.files.identity(unit.path) if self.files is not None else ""
        known = self.modules.get(identity)
        if known is not None and known.report.source == unit.text and explain is None:
            return known
        offered = [self.module(imported) for imported in unit.imports]
        own = session().child()
        module = Module(FileReport(unit.path, ()))
        for other in offered:
            self._take(other, module, own)
        checker = FileChecker(own, unit.path, unit.text, self.strict, explain=explain)
        checker.unproved |= module.unproved
        module.report = checker.run(unit)
        module.lemmas = own.lemmas
        module.names |= checker.proved
        module.unproved = checker.unproved
        if identity:
            self.modules[identity] = module
        return module

    def _take(self, other: Module, module: Module, own: Session) -> None:
        """Make the theorems of an imported file usable."""
        for name, lemma in other.lemmas.items():
            own.lemmas[name] = lemma
            own.theory.rules[name] = lemma.rule
        for word, name in other.names.items():
            if word not in module.names:
                module.names[word] = name
                own.library.add(own.lemmas[name].rule)
                own.library.shadows |= {word: name} if word != name else {}
        module.unproved |= other.unproved


def check_text(
    text: str,
    path: str,
    *,
    markdown: bool = False,
    strict: bool = False,
    explain: int | None = None,
    workspace: Workspace | None = None,
) -> FileReport:
    """Judge every step of a text in the language (of the `derive` fences of a Markdown text).

    `workspace` opens what the text imports, and holds what was checked before it.
    """
    # search nests goals; its bounds are counts
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))
    workspace = workspace or Workspace(strict=strict)
    return workspace.report(text, path, markdown, explain)
