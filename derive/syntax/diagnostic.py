"""What is said when something cannot be read: message, place, what was expected, what is near."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from derive.syntax.tree import Span


@dataclass(frozen=True)
class Diagnostic:
    """One thing that could not be read."""

    message: str
    span: Span
    expected: str = ""
    nearest: str = ""


class SyntaxFailure(Exception):
    """A text that cannot be read; carries its only diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def failure(message: str, span: Span, expected: str = "", nearest: str = "") -> SyntaxFailure:
    """A `SyntaxFailure` ready to raise."""
    return SyntaxFailure(Diagnostic(message, span, expected, nearest))


def nearest(word: str, known: Iterable[str], limit: int = 3) -> str:
    """The known names closest to `word`, separated by commas; empty if none is close."""
    import difflib

    return ", ".join(difflib.get_close_matches(word[:80], list(known), n=limit, cutoff=0.6))


def width(text: str) -> int:
    """The number of terminal columns of `text`: wide characters take two, combining ones none."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(text: str) -> str:
    """`text` with control characters replaced, so that a message cannot drive the terminal."""
    return "".join(
        " " if character == "\t"
        else "\ufffd" if unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp")
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        else character
        for character in text
    )  # fmt: skip


def render(diagnostic: Diagnostic, source: str, path: str = "<input>") -> str:
    """`path:line:column: message`, the source line with a caret, and what else is known."""
    span = diagnostic.span
    lines = [f"{path}:{span.line}:{span.column}: {visible(diagnostic.message)}"]
    rows = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if 1 <= span.line <= len(rows):
        lines += _excerpt(rows[span.line - 1], span)
    if diagnostic.expected:
        lines.append(f"  expected: {visible(diagnostic.expected)}")
    if diagnostic.nearest:
        lines.append(f"  nearest: {visible(diagnostic.nearest)}")
    return "\n".join(lines)


def _excerpt(row: str, span: Span, window: int = 120) -> list[str]:
    """The source line, cut to a window around the place, and the carets under it."""
    first = max(0, span.column - 1 - window // 2) if len(row) > window else 0
    shown = visible(row[first : first + window])
    start = max(0, span.column - 1 - first)
    stop = len(shown)
    if span.end_line == span.line:
        stop = min(stop, max(start + 1, span.end_column - 1 - first))
    carets = max(1, width(shown[start:stop]))
    return [f"  {shown}".rstrip(), "  " + " " * width(shown[:start]) + "^" * carets]
