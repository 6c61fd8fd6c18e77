"""The grammar as lark reads it: the table that `driver` runs, and why a text is refused.

The only module that knows lark. It is imported when the table is not in the cache, or a text is
not in the language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import lark
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef

from derive.app.cache import cache_read, cache_write
from derive.syntax.build_formula import FormulaBuilder
from derive.syntax.diagnostic import Diagnostic, SyntaxFailure
from derive.syntax.errors import explain
from derive.syntax.lexer import Lexeme
from derive.syntax.tree import Node, Span

STARTS = ["top", "formula", "step", "declared", "union"]
GRAMMAR = Path(__file__).with_name("derive.lark")


class _Feed(Lexer):
    """Hands lexemes that exist already to the parser."""

    __future_interface__ = True

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        """The lexemes."""
        yield from lexer_state.text


@lru_cache(maxsize=1)
def _parser() -> lark.Lark:
    """The parser; its table is kept as JSON in the user's cache, under a hash of what makes it."""
    grammar = GRAMMAR.read_text(encoding="utf-8")
    digest = hashlib.sha256("\0".join([grammar, lark.__version__, *STARTS]).encode()).hexdigest()
    name = f"grammar-{digest[:24]}.json"
    try:
        return _from_table(cache_read(name))
    except Exception:  # no table, or damaged in whatever way: make it anew
        parser = lark.Lark(
            grammar,
            parser="lalr",
            lexer=_Feed,
            start=STARTS,
            keep_all_tokens=True,
            maybe_placeholders=False,
            transformer=cast(Any, FormulaBuilder()),
        )
    cache_write(name, _table(parser))
    return parser


def plain_table() -> Any:
    """States and rules of lark's parser as `derive.syntax.driver` reads them."""
    machine = cast(Any, _parser()).parser.parser._parse_table
    rules: dict[Any, int] = {}
    rows: list[dict[str, int]] = []
    for state in range(len(machine.states)):
        row = {}
        for symbol, (action, target) in machine.states[state].items():
            shifts = type(target) is int
            row[symbol] = target if shifts else -1 - rules.setdefault(target, len(rules))
            del action
        rows.append(row)
    return {
        "rows": rows,
        "starts": machine.start_states,
        "ends": machine.end_states,
        "rules": [_plain_rule(rule) for rule in rules],
    }


def _plain_rule(rule: Any) -> list[Any]:
    spliced = [
        place
        for place, symbol in enumerate(rule.expansion)
        if not symbol.is_term and symbol.name.startswith("_")
    ]
    name = str(rule.origin.name)
    single = bool(rule.options.expand1 and not rule.alias)
    return [name, len(rule.expansion), str(rule.alias or name), single, spliced]


def _table(parser: lark.Lark) -> Any:
    """The parser as plain data; the classes in it, which are ours, are left out."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    return json.loads(json.dumps({"data": data, "memo": memo}, default=lambda thing: None))


def _from_table(table: Any) -> lark.Lark:
    """A parser from plain data, without analysing the grammar."""
    data = _with_numbers(table)
    data["data"]["options"]["lexer"] = _Feed
    data["data"]["parser"]["lexer_conf"]["lexer_type"] = _Feed
    parser: Any = lark.Lark.__new__(lark.Lark)
    return cast(lark.Lark, parser._load(data, transformer=FormulaBuilder()))


def _with_numbers(value: Any) -> Any:
    """JSON knows only text as keys; turn the numbers among them back."""
    if isinstance(value, dict):
        return {int(k) if k.isdigit() else k: _with_numbers(item) for k, item in value.items()}
    if isinstance(value, list):
        return [_with_numbers(item) for item in value]
    return value


def refused(lexemes: list[Lexeme], start: str) -> Node:
    """What lark says of lexemes that the table refuses."""
    try:
        return cast(Node, _parser().parse(cast(Any, lexemes), start=start))
    except UnexpectedInput as error:
        raise SyntaxFailure(_diagnose(error, lexemes)) from None


def _diagnose(error: UnexpectedInput, lexemes: list[Lexeme]) -> Diagnostic:
    """The message for a text that the grammar refuses."""
    accepted = set(error.accepts or error.expected) if isinstance(error, UnexpectedToken) else set()
    token = getattr(error, "token", None)
    at_end = token is None or token.type == "$END"
    here: Lexeme = lexemes[-1] if at_end else cast(Any, token)
    span = here.span
    if at_end:
        span = Span(span.end_line, span.end_column, span.end_line, span.end_column + 1)
    message, expected, near = explain(None if at_end else here, accepted, lexemes)
    return Diagnostic(message, span, expected, near)
