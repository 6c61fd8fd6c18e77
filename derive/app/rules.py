"""`derive rules`: the rulebook listed, or some of its rules as a textbook would show them.

The rulebook is written in the users' own language, so a rule is shown by its own text.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from derive.app.files import shipped
from derive.app.output import complain, wants_colour, write
from derive.report.style import Style, counted, painted

_HEADER = re.compile(r"(axiom|theorem|define)\s+(\w+)")
_MEANING = re.compile(r'^\s+"(.*)"\s*$', re.MULTILINE)
_ALIAS = re.compile(r"^\s+alias\s+(.+)$", re.MULTILINE)
_KIND = re.compile(r"^\s+kind\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A rule as its file states it."""

    name: str
    kind: str
    file: str
    text: str

    @property
    def meaning(self) -> str:
        """The sentence under its name."""
        found = _MEANING.search(self.text)
        return found[1] if found else ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names that it answers to."""
        return tuple(
            name for line in _ALIAS.findall(self.text) for name in re.findall(r"\w+", line)
        )


def run(options: argparse.Namespace) -> int:
    """List all rules, or show those that are named."""
    style = Style(colour=wants_colour(sys.stdout))
    entries = read_rulebook(shipped("_rules", "rules"))
    if not options.names:
        write(listing(entries, style))
        return 0
    status = 0
    for name in options.names:
        found = [e for e in entries if e.name == name] or [e for e in entries if name in e.aliases]
        if found:
            write("\n\n".join(shown(entry, style) for entry in found) + "\n")
        else:
            complain(unknown(name, entries))
            status = 2
    return status


def read_rulebook(folder: Path) -> list[Entry]:
    """Every item of the rulebook, file by file."""
    entries = []
    for path in sorted(folder.glob("*.drv")):
        entries += read_items(path.read_text(encoding="utf-8"), path.name)
    return entries


def read_items(text: str, file: str) -> list[Entry]:
    """The items of one file: each from its header to the next, without the comments between."""
    items: list[list[str]] = []
    for line in text.splitlines():
        if _HEADER.match(line):
            items.append([line])
        elif items and not line.startswith("#"):
            items[-1].append(line)
    entries = []
    for lines in items:
        header = _HEADER.match(lines[0])
        if header:
            entries.append(Entry(header[2], header[1], file, "\n".join(lines).strip()))
    return entries


def listing(entries: list[Entry], style: Style) -> str:
    """Every rule by file, with its meaning; the axioms counted at the end."""
    width = max((len(entry.name) for entry in entries), default=0)
    lines, file = [], ""
    for entry in entries:
        if entry.file != file:
            file = entry.file
            lines += ["", painted(file.removesuffix(".drv"), "1", style)]
        lines.append(f"  {entry.kind:<8} {entry.name:<{width}}  {entry.meaning}".rstrip())
    axioms = [entry for entry in entries if entry.kind == "axiom"]
    facts = [e for e in axioms if (kind := _KIND.search(e.text)) and kind[1] == "fact"]
    lines += [
        "",
        f"{counted(len(facts), 'axiom')} of measure theory, "
        f"{len(axioms) - len(facts)} structural (order, values, congruence, almost everywhere); "
        f"{counted(sum(e.kind == 'theorem' for e in entries), 'theorem')} proved from them.",
    ]
    return "\n".join(lines).lstrip("\n")


def shown(entry: Entry, style: Style) -> str:
    """One rule: its text, and the file that states it."""
    head, _, rest = entry.text.partition("\n")
    return f"{painted(head, '1', style)}\n{rest}\n# {entry.file}"


def unknown(name: str, entries: list[Entry]) -> str:
    """What is said of a name that is no rule."""
    from derive.app.cli import nearest

    near = nearest(name, [entry.name for entry in entries])
    return f"no rule is called {name!r}" + (f"; did you mean `{near}`?" if near else "")
