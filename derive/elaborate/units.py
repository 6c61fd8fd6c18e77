"""Files with what they import: each is read once, and what one offers to another is collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from derive.elaborate.item import Item
from derive.elaborate.notation import NONE, Notation, Notations
from derive.elaborate.statement import elaborate_file
from derive.report.data import FileError
from derive.syntax import tree as t
from derive.syntax.diagnostic import Diagnostic
from derive.syntax.items import read_file, read_markdown

DEEPEST = 100


class Opened(Protocol):
    """An imported file as it was opened, or why it was not."""

    @property
    def path(self) -> str:
        """Its path, as messages name it."""

    @property
    def text(self) -> str:
        """What it holds."""

    @property
    def error(self) -> FileError | None:
        """Why it could not be read."""


class Files(Protocol):
    """The file system, as far as imports need it."""

    def opened(self, importer: str, name: str) -> Opened:
        """The file that a text with the path `importer` calls `name`."""

    def identity(self, path: str) -> str:
        """One word for each file, however its path is written; empty for a text without a file."""


class Export(NamedTuple):
    """A name that a file offers: where it is defined, and what it means if it is notation."""

    place: str
    notation: Notation | None = None


@dataclass(eq=False)
class Unit:
    """A file that was read; `faults` are its imports that cannot be used."""

    path: str
    text: str
    tree: t.File
    imports: list[Unit] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    exports: dict[str, Export] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)


class _TooDeep(Exception):
    """A row of imports that is too long; said of the first of them."""


class Reader:
    """Reads texts with what they import; a file that several import is read once."""

    def __init__(
        self, files: Files | None = None, reserved: Callable[[str], str | None] | None = None
    ) -> None:
        self.files = files
        self.names = NONE if reserved is None else Notations(reserved=reserved)
        self.units: dict[str, Unit] = {}
        self.reading: list[tuple[str, str]] = []  # identity and path, the importing file first
        self.cycles: dict[str, set[int]] = {}
        self.count = 0

    def read(self, text: str, path: str, markdown: bool = False) -> Unit:
        """A text with its items; imports are read first."""
        identity = self.files.identity(path) if self.files is not None else ""
        known = self.units.get(identity)
        if known is not None and known.text == text:
            return known if known.path == path else replace(known, path=path)
        tree = read_markdown(text) if markdown else read_file(text)
        unit = Unit(path, text, tree)
        self.reading.append((identity, path))
        try:
            for name in tree.imports:
                self._import(name, unit)
        finally:
            self.reading.pop()
        unit.items = elaborate_file(tree, self._names(unit))
        self._export(unit)
        if identity:
            self.units[identity] = unit
        return unit

    # ---- imports

    def _import(self, name: t.Name, unit: Unit) -> None:
        """Add what one `import` names, or say why it cannot be used."""
        try:
            found = self._imported(name, unit)
        except _TooDeep:
            if len(self.reading) > 1:
                raise
            found = _fault(name, f"imports are nested more than {DEEPEST} deep", "fewer levels")
        if isinstance(found, Diagnostic):
            unit.faults.append(found)
        elif found not in unit.imports:
            unit.imports.append(found)
            unit.exports |= {k: v for k, v in found.exports.items() if k not in unit.exports}
            unit.unusable |= found.unusable

    def _imported(self, name: t.Name, unit: Unit) -> Unit | Diagnostic:
        if self.files is None:
            return _fault(name, "files cannot be imported here", "the theorem itself")
        if not name.text.lower().endswith(".drv"):
            return _fault(name, f"“{name.text}” is no .drv file", 'import "file.drv"')
        opened = self.files.opened(unit.path, name.text)
        if opened.error is not None:
            place = f"{opened.path}:{opened.error.line}:{opened.error.column}"
            wanted = "a .drv file, relative to this one"
            return _fault(name, f"{place}: {opened.error.message}", wanted)
        identity = self.files.identity(opened.path)
        cycle = self._cycle(identity, opened.path)
        if cycle:
            return _fault(name, f"the files import one another: {cycle}", "imports without a cycle")
        if len(self.reading) >= DEEPEST:
            raise _TooDeep
        found = self.read(opened.text, opened.path)
        if self.cycles.get(identity, set()) & self.cycles.get(self.reading[-1][0], set()):
            return _fault(
                name,
                f"the files import one another: {unit.path} and {found.path}",
                "imports without a cycle",
            )
        clash = next(_clashes(unit.exports, found.exports), None)
        if clash is not None:
            first, second = unit.exports[clash].place, found.exports[clash].place
            why = f"{clash} stands in {first} and in {second}"
            return _fault(name, why, "another name in one of them")
        return found

    def _cycle(self, identity: str, path: str) -> str:
        """The files of the cycle that importing a file closes, in words; empty if there is none."""
        places = [k for k, (other, _) in enumerate(self.reading) if other == identity]
        if not places:
            return ""
        around = self.reading[places[0] :]
        self.count += 1
        for other, _ in around:
            self.cycles.setdefault(other, set()).add(self.count)
        return " → ".join([*(shown for _, shown in around), path])

    # ---- names

    def _names(self, unit: Unit) -> Notations:
        """What is defined in a file before its first line."""
        names = self.names.refusing(unit.unusable)
        for name, export in unit.exports.items():
            if export.notation is not None:
                names = names.adding(export.notation, export.place)
            else:
                names = names.taking(name, f"{name} is a theorem in {export.place}")
        return names

    def _export(self, unit: Unit) -> None:
        """Add what a file defines and states to what it offers."""
        for item in unit.items:
            place = f"{unit.path}, line {item.span.line}"
            if item.name is None:
                continue
            if item.notation is not None or item.kind == "theorem":
                unit.exports[item.name] = Export(place, item.notation)
            elif item.kind == "define" and item.name not in unit.exports:
                why = f"{item.name} means nothing: its definition in {place} cannot be read"
                unit.unusable[item.name] = why


def _clashes(first: dict[str, Export], second: dict[str, Export]) -> Iterator[str]:
    """The names that two files give different things; one definition in both is one thing."""
    for name in sorted(first.keys() & second.keys()):
        mine, other = first[name], second[name]
        notations = [e.notation.head if e.notation else None for e in (mine, other)]
        same = notations[0] is not None and notations[0] == notations[1]
        if mine is not other and not same:
            yield name


def _fault(name: t.Name, message: str, expected: str) -> Diagnostic:
    return Diagnostic(message, name.span, expected, "")
