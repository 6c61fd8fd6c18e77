"""`rules/necessity.txt`: what is known of a hypothesis that no finite model shows to be needed.

A line is `RULE | HYPOTHESIS | witness: NAME`, for a curated witness, or `RULE | HYPOTHESIS | idle:
REASON`, for a hypothesis that the rule is true without. `RULE | read: REASON` is for an axiom
that no model tests. The hypothesis stands as a report prints it, in the rule's own letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from derive.kernel.symbol import rules_folder
from derive.models.witnesses import WITNESSES, Named, Witness

KINDS = ("witness", "idle", "read")
Key = tuple[str, str]
"""(rule, hypothesis); the hypothesis is empty for a whole rule."""


@dataclass(frozen=True)
class Entry:
    """What is said of a hypothesis: `text` is a witness's name or a reason."""

    kind: str
    text: str

    @property
    def witness(self) -> Witness | Named | None:
        """The curated witness, if the entry names one."""
        return WITNESSES[self.text] if self.kind == "witness" else None


class ListError(Exception):
    """A line that cannot be read."""


def read_entries(text: str) -> dict[Key, Entry]:
    """The entries of a text; refuses two for one hypothesis, and witnesses without that name."""
    found: dict[Key, Entry] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        key, entry = _entry(line)
        if key in found:
            raise ListError(f"said twice: {line}")
        found[key] = entry
    return found


def _entry(line: str) -> tuple[Key, Entry]:
    parts = [part.strip() for part in line.split(" | ")]
    kind, _, text = parts[-1].partition(": ")
    whole = kind == "read"
    if len(parts) != (2 if whole else 3) or kind not in KINDS or not text:
        raise ListError(f"not RULE | HYPOTHESIS | KIND: TEXT: {line}")
    if kind == "witness" and text not in WITNESSES:
        raise ListError(f"no witness of this name: {line}")
    return (parts[0], "" if whole else parts[1]), Entry(kind, text)


@cache
def entries(path: Path | None = None) -> dict[Key, Entry]:
    """The entries of the rulebook."""
    path = path or rules_folder() / "necessity.txt"
    return read_entries(path.read_text(encoding="utf-8"))
