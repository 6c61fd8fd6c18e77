"""`derive fmt`: one spelling, aligned relations and reasons; never another meaning.

Each line is folded to canonical Unicode and laid out; lines that cannot be read, and comments, stay
as they are. The result is read again: if it did not read exactly like the source, the source stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derive.syntax import tree
from derive.syntax.clauses import split_reason
from derive.syntax.diagnostic import SyntaxFailure, width
from derive.syntax.fold import fold
from derive.syntax.items import NOTES, read
from derive.syntax.lines import RELATION, Piece, normal_ends, without_comment
from derive.syntax.markdown import fences, is_markdown

GAP = 6
_BARE = frozenset(["proof", "qed"])
_PLAIN = frozenset(["theorem", "axiom", "example", "import", "source", "library", "without",
                    "alias", "kind"])  # fmt: skip


def format_text(source: str, path: str | None = None) -> str:
    """The text laid out; a Markdown text has only its fences changed.

    Refuses nothing: what cannot be read is left alone. Formatting twice changes nothing more.
    """
    text = normal_ends(source)
    if not is_markdown(path):
        return _guarded(text, path)
    rows = text.split("\n")
    for first, block in fences(text):
        count = block.count("\n") + 1 if block else 0
        rows[first - 1 : first - 1 + count] = _guarded(block, None).split("\n")[:count]
    return "\n".join(rows)


def _guarded(text: str, path: str | None) -> str:
    """The formatted text, if it reads the same; else the text."""
    laid_out = "\n".join(_layout(text.split("\n")))
    return laid_out if _same(read(text), read(laid_out)) else text


def _same(before: tree.File, after: tree.File) -> bool:
    """Whether two files read alike, places aside."""
    return (before.items, before.imports) == (after.items, after.imports) and (
        [fault.message for fault in before.broken] == [fault.message for fault in after.broken]
    )


@dataclass
class Row:
    """One source line taken apart; `kind` tells how it is laid out."""

    kind: str
    raw: str
    head: str = ""
    reason: str = ""
    comment: str = ""
    indent: int = field(default=0)


def _layout(lines: list[str]) -> list[str]:
    rows = _rows(lines)
    result: list[str] = []
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and rows[end].kind == "step":
            end += 1
        if end > index:
            result += _aligned(rows[index:end])
            index = end
        else:
            result.append(_single(rows[index]))
            index += 1
    return result


def _rows(lines: list[str]) -> list[Row]:
    """The lines with their kinds; `depth` counts the open proofs, `inside` an open bracket."""
    rows: list[Row] = []
    depth = brackets = 0
    for raw in lines:
        row = _row(raw, brackets > 0)
        code = without_comment(raw)
        if row.kind not in ("text", "blank"):
            brackets = max(0, brackets + sum(map(code.count, "([{")) - sum(map(code.count, ")]}")))
        if row.head == "qed":
            depth = max(0, depth - 1)
        row.indent = 2 * depth + (2 if row.kind == "step" else 0)
        if row.head == "proof":
            depth += 1
        rows.append(row)
    return rows


def _row(raw: str, continued: bool) -> Row:
    code = without_comment(raw)
    comment = raw[len(code) :].strip()
    start = code.strip()
    if not start:
        return Row("blank", raw.rstrip(), comment=comment)
    piece = Piece(start, 1, 1)
    if start.startswith('"') or piece.keyword in _PLAIN:
        return Row("text", raw.rstrip(), re.sub(r"^(\w+)\s+", r"\1 ", start), "", comment)
    try:
        body, why = split_reason(piece)
        reason = _fold(start[len(body.text) :]) if why is not None else ""
        kind = "line"
        if continued or start.startswith(("by ", "+", "·", "/", "∪", "∩")):
            kind = "continuation"
        elif RELATION.match(start):
            kind = "step"
        return Row(kind, raw.rstrip(), _fold(body.text), reason, comment)
    except SyntaxFailure:
        return Row("text", raw.rstrip(), start, "", comment)


def _fold(text: str) -> str:
    """Canonical spelling, single spaces."""
    return re.sub(r"\s+", " ", fold(text).text).strip()


def _single(row: Row) -> str:
    """A line that stands for itself."""
    if row.kind in ("blank", "continuation"):
        return row.raw
    if row.kind == "text" and Piece(row.head, 1, 1).keyword in NOTES:
        return _commented(row, f"  {row.head}")
    if row.kind == "text":
        return row.raw if row.head.startswith('"') or not row.head else _commented(row, row.head)
    indent = " " * row.indent if row.head not in _BARE or row.indent else ""
    return _commented(row, indent + row.head + (f" {row.reason}" if row.reason else ""))


def _commented(row: Row, text: str) -> str:
    return f"{text}  {row.comment}" if row.comment else text


def _aligned(rows: list[Row]) -> list[str]:
    """Steps with their `by` in one column, and so their comments."""
    heads = [" " * row.indent + _relation_spaced(row.head) for row in rows]
    column = max((width(head) for head, row in zip(heads, rows, strict=True) if row.reason),
                 default=0) + GAP  # fmt: skip
    texts = [
        head + " " * (column - width(head)) + row.reason if row.reason else head
        for head, row in zip(heads, rows, strict=True)
    ]
    return [
        f"{text}{' ' * GAP}{row.comment}" if row.comment else text
        for text, row in zip(texts, rows, strict=True)
    ]


def _relation_spaced(head: str) -> str:
    """One space after the relation sign."""
    sign = RELATION.match(head)
    if sign is None:
        return head
    return f"{sign.group()} {head[sign.end() :].lstrip()}"
