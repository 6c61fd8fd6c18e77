"""Lines: a source text as pieces that know where they stand, continuation lines joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.syntax.diagnostic import Diagnostic, SyntaxFailure, failure
from derive.syntax.tree import Span

KEYWORDS = frozenset([
    "theorem", "axiom", "define", "example", "given", "show", "proof", "qed", "have", "import",
    "source", "library", "without", "alias", "kind",
])  # fmt: skip
_WORD = re.compile(r"[a-z]+(?![\w'])")
RELATION = re.compile(
    r"(?:<=>|=>|<=|>=|=|≤|≥|⩽|⩾|<(?!<)|>|⊆|⟺|⟹|⇔|⇒"
    r"|\\(?:leqslant|leq|le|geqslant|geq|ge|lt|gt|subseteq|iff|implies|Leftrightarrow|Rightarrow"
    r"|Longleftrightarrow|Longrightarrow)(?![A-Za-z]))"
)
_OPERATOR = re.compile(
    r"(?:[+·*/∪∩∖∆×⊗∘≪∈⫫~→≠]|!=|->|<<|by(?=\s|$)"
    r"|\\(?:cdot|times|cup|cap|setminus|otimes|circ|ll|in|to|perp|sim|ne|neq)(?![A-Za-z]))"
)
_UNFINISHED = re.compile(r"[-+·*/∪∩∖∆×⊗∘=≤≥<>⊆≪∈→⟺⟹~,]$")
_BY = re.compile(r"(?:^|\s)by(?=\s|$)")
MAX_CONTINUATION = 500
_CONTINUES = frozenset(["given", "show", "have", "define", ""])


@dataclass(frozen=True)
class Piece:
    """A part of the source; it may run over several lines, and later lines keep their indent."""

    text: str
    line: int
    column: int

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The part between two offsets, without the space around it."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        text = self.text[start:end].rstrip()
        line, column = self.at(start)
        return Piece(text, line, column)

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        breaks = self.text.count("\n", 0, offset)
        if not breaks:
            return self.line, self.column + offset
        return self.line + breaks, offset - self.text.rfind("\n", 0, offset)

    @property
    def span(self) -> Span:
        """From its start to its end."""
        end_line, end_column = self.at(len(self.text))
        return Span(self.line, self.column, end_line, max(end_column, self.column + 1))

    def refuse(self, message: str, expected: str = "", nearest: str = "") -> SyntaxFailure:
        """A failure at this place."""
        return failure(message, self.span, expected, nearest)

    @property
    def keyword(self) -> str:
        """The keyword it starts with, or an empty string."""
        found = _WORD.match(self.text)
        return found.group() if found and found.group() in KEYWORDS else ""

    def after_keyword(self) -> Piece:
        """What follows the keyword."""
        return self.cut(len(self.keyword))


def without_comment(row: str) -> str:
    """The line up to `#`, unless that stands in a quoted string."""
    if "#" not in row:
        return row.rstrip()
    quoted = False
    for index, character in enumerate(row):
        if character == '"':
            quoted = not quoted
        elif character == "#" and not quoted:
            return row[:index].rstrip()
    return row.rstrip()


def depth_change(text: str) -> int:
    """How many brackets stay open."""
    return sum(text.count(opener) for opener in "([{") - sum(text.count(c) for c in ")]}")


def split_top(text: str, separator: str) -> list[tuple[int, int]]:
    """The spans between the separators that stand outside all brackets."""
    spans: list[tuple[int, int]] = []
    depth, start = 0, 0
    if separator not in text:
        return [(0, len(text))]
    for index, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == separator and depth == 0:
            spans.append((start, index))
            start = index + 1
    return [*spans, (start, len(text))]


def logical_lines(text: str, first: int = 1) -> list[Piece]:
    """The lines that are not empty, continuation lines joined to what they continue.

    A line continues the one before if a bracket is open there, or if that ends or this starts with
    an operator; with a relation it continues a `given`, `show` or `have`, but is a step in a chain.
    """
    joined: list[_Joined] = []
    for number, raw in enumerate(text.split("\n"), start=first):
        row = without_comment(raw)
        start = row.lstrip()
        if not start:
            continue
        if joined and joined[-1].last == number - 1 and joined[-1].goes_on(start):
            joined[-1].add(row, start, number)
        else:
            joined.append(_Joined(row, start, number))
    return [line.piece() for line in joined]


class _Joined:
    """A logical line while it grows."""

    def __init__(self, row: str, start: str, number: int) -> None:
        self.rows = [start]
        self.line = self.last = number
        self.column = len(row) - len(start) + 1
        self.keyword = Piece(start, 1, 1).keyword
        self.brackets = 0
        self.reason = False
        self.count(start)

    def add(self, row: str, start: str, number: int) -> None:
        """Take a continuation line; it keeps its indent, so that places stay right."""
        self.rows.append(row)
        self.last = number
        self.count(start)

    def count(self, start: str) -> None:
        """Count open brackets; a `by` ends the expression, with whatever it left open."""
        by = _BY.search(start)
        if by:
            self.reason, self.brackets = True, 0
        self.brackets += depth_change(start[by.end() :] if by else start)

    def piece(self) -> Piece:
        """All of it."""
        return Piece("\n".join(self.rows), self.line, self.column)

    def goes_on(self, start: str) -> bool:
        """Whether a line that starts so continues this one."""
        if self.keyword not in _CONTINUES or start[0] == '"' or self.rows[0][0] == '"':
            return False
        if len(self.rows) > MAX_CONTINUATION or Piece(start, 1, 1).keyword:
            return False
        if self.brackets > 0:
            return True
        if self.reason:
            return self.rows[-1].endswith(",")
        if _OPERATOR.match(start) or _UNFINISHED.search(self.rows[-1]):
            return True
        if start.startswith("-") and not start.startswith("->"):
            return self.keyword == ""
        return self.keyword not in ("", "define") and bool(RELATION.match(start))


def decode(data: bytes) -> str:
    """Bytes of a file as text, line ends made `\\n`.

    Refuses (SyntaxFailure) what is not UTF-8 text.
    """
    top = Span(1, 1, 1, 2)
    if b"\0" in data[:65536]:
        raise SyntaxFailure(Diagnostic("this is a binary file, not text", top, "UTF-8 text"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SyntaxFailure(
            Diagnostic("this file is not UTF-8 text", Span(line, 1, line, 2), "UTF-8 text")
        ) from None
    return normal_ends(text)


def normal_ends(text: str) -> str:
    """`text` without a byte-order mark, its line ends `\\n`."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
