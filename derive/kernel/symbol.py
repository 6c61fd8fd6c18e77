"""Symbols: read from `rules/symbols.core`, one reviewed line each.

    (symbol NAME (ARGSORT …) RESULT [ac] DEMAND …)

A DEMAND says what gives `NAME(a₁, …, aₙ)` a value beyond its arguments having one (see
`derive.kernel.value`). The text is S-expressions, so that a person can read and diff it.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

from derive.kernel.refusal import Reason, require
from derive.kernel.sort import Sort, check_sort, is_atom, leaves

_WORD = re.compile(r";[^\n]*|[()]|[^\s();]+")
MAX_NESTING = 300


class Symbol(NamedTuple):
    """A symbol's sorts, whether it is associative and commutative, and its value demands."""

    args: tuple[Sort, ...]
    result: Sort
    ac: bool
    demands: list[Any]


def read_all(text: str) -> list[Any]:
    """The S-expressions of a core file: strings and lists; refuses unbalanced text."""
    stack: list[list[Any]] = [[]]
    for word in _WORD.findall(text):
        if word == "(":
            require(len(stack) < MAX_NESTING, Reason.TOO_DEEP)
            stack.append([])
        elif word == ")":
            require(len(stack) > 1, Reason.BAD_TEXT, "unbalanced )")
            done = stack.pop()
            stack[-1].append(done)
        elif word[0] != ";":
            stack[-1].append(word)
    require(len(stack) == 1, Reason.BAD_TEXT, "unbalanced (")
    return stack[0]


def rules_folder() -> Path:
    """Where the core files are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load_symbols(text: str) -> dict[str, Symbol]:
    """Every symbol of a core file by name; its result's spaces must occur in its arguments."""
    table: dict[str, Symbol] = {}
    for kind, name, *rest in read_all(text):
        if kind != "define":
            require(len(rest) > 1 and kind == "symbol" and is_atom(name), Reason.BAD_TEXT)
            args, result = tuple(map(check_sort, rest[0])), check_sort(rest[1])
            spaces = set().union(*map(leaves, args))
            fixed = leaves(result) <= spaces and all(space[0] == "'" for space in spaces)
            require(fixed, Reason.BAD_SORT, name)
            require(name not in table, Reason.DUPLICATE, name)
            demands = [demand for demand in rest[2:] if demand != "ac"]
            table[name] = Symbol(args, result, "ac" in rest, demands)
    return table


SYMBOLS_TEXT = (rules_folder() / "symbols.core").read_text(encoding="utf-8")
SYMBOLS: dict[str, Symbol] = load_symbols(SYMBOLS_TEXT)
