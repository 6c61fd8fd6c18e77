"""How a report is printed: colours, and words for numbers."""

from __future__ import annotations

from typing import NamedTuple

COLOURS = {
    "checked": "32", "computed": "36", "missing": "33",
    "unjustified": "35", "refuted": "31", "unreadable": "31",
}  # fmt: skip


class Style(NamedTuple):
    """How to print: in colour or not, with or without what an item rests on; one line explained."""

    colour: bool = False
    quiet: bool = False
    explain: int | None = None


PLAIN = Style()


def counted(number: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def painted(text: str, code: str, style: Style) -> str:
    """`text` in a colour, if the style has colours."""
    return f"\033[{code}m{text}\033[0m" if style.colour else text
