"""Text to tree: fold, scan, token pass, LALR table, tree."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import cast

from derive.app.cache import cache_read, cache_write
from derive.syntax.build_formula import Declared, FormulaBuilder, Step
from derive.syntax.diagnostic import Diagnostic, SyntaxFailure
from derive.syntax.driver import Driver, Refused
from derive.syntax.fold import Folded, fold
from derive.syntax.lexer import Lexeme, scan
from derive.syntax.tokens import tokenize
from derive.syntax.tree import Node, Span

MAX_DEPTH = 150
GRAMMAR = Path(__file__).with_name("derive.lark")
_LINE_END = re.compile("\n")


@lru_cache(maxsize=1)
def _driver() -> Driver:
    """The table by itself, kept as JSON in the user's cache."""
    grammar = GRAMMAR.read_text(encoding="utf-8")
    digest = hashlib.sha256(f"1\0{grammar}".encode()).hexdigest()
    name = f"table-{digest[:24]}.json"
    try:
        return Driver(cache_read(name), FormulaBuilder())
    except Exception:  # no table, or damaged in whatever way: make it anew
        from derive.syntax.lark_parser import plain_table

        table = plain_table()
    cache_write(name, table)
    return Driver(table, FormulaBuilder())


class _Places:
    """From offsets in a source text to lines and columns."""

    def __init__(self, text: str, line: int, column: int) -> None:
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self.line, self.column = line, column

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        if len(self.starts) == 1:
            return self.line, self.column + offset
        row = bisect_right(self.starts, offset) - 1
        column = offset - self.starts[row] + (self.column if row == 0 else 1)
        return self.line + row, column

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        end_line, end_column = self.at(max(start, end - 1))
        return Span(*self.at(start), end_line, end_column + 1)


def _lexemes(text: str, places: _Places, types: bool) -> list[Lexeme]:
    """Fold, scan and pass; every failure and lexeme placed in the source."""
    folded = Folded(text, None)
    try:
        folded = fold(text)
        lexemes = scan(folded.text)
    except SyntaxFailure as error:
        raise _placed(error.diagnostic, folded, places) from None
    for lexeme in lexemes:
        lexeme.line, lexeme.column = places.at(folded.origin(lexeme.start_pos))
        lexeme.end_line, end_column = places.at(folded.origin(lexeme.end_pos - 1))
        lexeme.end_column = end_column + 1
    return tokenize(lexemes, types)


def _placed(diagnostic: Diagnostic, folded: Folded, places: _Places) -> SyntaxFailure:
    """A diagnostic about columns of one text, moved to where the text stands."""
    span = diagnostic.span
    start = folded.origin(span.column - 1)
    end = folded.origin(max(span.column, span.end_column) - 2)
    moved = places.span(start, max(start, end) + 1)
    return SyntaxFailure(
        Diagnostic(diagnostic.message, moved, diagnostic.expected, diagnostic.nearest)
    )


def _too_deep(node: Node) -> bool:
    """Whether the tree is deeper than MAX_DEPTH; walks it with a stack of its own."""
    stack: list[tuple[object, int]] = [(node, 1)]
    while stack:
        item, depth = stack.pop()
        if depth > MAX_DEPTH:
            return True
        if isinstance(item, tuple):
            stack += [(child, depth) for child in item]
        elif isinstance(item, Node):
            stack += [(child, depth + 1) for child in vars(item).values()]
    return False


@lru_cache(maxsize=20_000)
def _parse(start: str, text: str, line: int, column: int) -> Node:
    places = _Places(text, line, column)
    if not text.strip():
        raise SyntaxFailure(Diagnostic("nothing to read here", places.span(0, 1), "an expression"))
    lexemes = _lexemes(text, places, types=start == "declared")
    try:
        result = cast(Node, _driver().parse(lexemes, start))
    except Refused:
        from derive.syntax.lark_parser import refused

        result = refused(lexemes, start)
    if len(lexemes) > MAX_DEPTH and _too_deep(result):
        message = f"nested deeper than {MAX_DEPTH} operations: split this expression"
        raise SyntaxFailure(Diagnostic(message, result.span))
    return result


def parse_expression(text: str, line: int = 1, column: int = 1) -> Node:
    """Read an expression, such as `E[X²] - E[X]²`.

    Refuses (SyntaxFailure, with one diagnostic) what is not one.
    """
    return _parse("union", text, line, column)


def parse_formula(text: str, line: int = 1, column: int = 1) -> Node:
    """Read a proposition or an expression, such as `f_n → f μ-a.e.` or `X, Y independent`."""
    return _parse("top", text, line, column)


def parse_term(text: str, line: int = 1, column: int = 1) -> Node:
    """Read what may stand after `:=` or as an argument: an expression, a formula or `x ↦ x²`."""
    return _parse("formula", text, line, column)


def parse_step(text: str, line: int = 1, column: int = 1) -> tuple[Node, Node | None]:
    """Read what follows the relation sign of a chain step: a term and its tail, if any."""
    result = _parse("step", text, line, column)
    return (result.term, result.tail) if isinstance(result, Step) else (result, None)


def parse_type(text: str, line: int = 1, column: int = 1) -> Declared:
    """Read what follows the colon of a declaration: a type and its adjectives."""
    result = _parse("declared", text, line, column)
    if not isinstance(result, Declared):
        raise SyntaxFailure(Diagnostic("this is not a type", result.span))
    return result


__all__ = [
    "parse_expression",
    "parse_formula",
    "parse_step",
    "parse_term",
    "parse_type",
]
