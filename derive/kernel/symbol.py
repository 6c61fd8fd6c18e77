"""Symbols: read from `rules/symbols.core`, one reviewed line each.

    (symbol NAME (ARGSORT …) RESULT [ac] DEMAND …)

A DEMAND says what gives `NAME(a₁, …, aₙ)` a value beyond its arguments having one (see
`derive.kernel.value`). The text is S-expressions, so that a person can read and diff it.
"""

import re
from pathlib import Path
from typing import NamedTuple

from derive.kernel.refusal import Reason, require
from derive.kernel.sort import Sort, check_sort, is_atom, is_variable, leaves

_WORD = re.compile(r"[()]|[^\s()]+")
_COMMENT = re.compile(r";[^\n]*")
MAX_NESTING = 300


class Symbol(NamedTuple):
    """A symbol's sorts, whether it is associative and commutative, and its value demands."""

    name: str
    args: tuple[Sort, ...]
    result: Sort
    ac: bool
    demands: tuple


def read_all(text: str) -> list:
    """The S-expressions of a core file: strings and lists; refuses unbalanced text."""
    stack: list[list] = [[]]
    for word in _WORD.findall(_COMMENT.sub("", text)):
        if word == "(":
            stack.append([])
            require(len(stack) <= MAX_NESTING, Reason.TOO_DEEP)
        elif word == ")":
            require(len(stack) > 1, Reason.BAD_TEXT, "unbalanced )")
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(word)
    require(len(stack) == 1, Reason.BAD_TEXT, "unbalanced (")
    return stack[0]


def rules_folder() -> Path:
    """Where the core files are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def _frozen(form: object) -> object:
    return tuple(map(_frozen, form)) if isinstance(form, list) else form


def load_symbols(text: str) -> dict[str, Symbol]:
    """Every symbol of a core file by name; its result's spaces must occur in its arguments."""
    table: dict[str, Symbol] = {}
    for form in read_all(text):
        if form[:1] != ["define"]:
            require(len(form) > 3 and form[0] == "symbol" and is_atom(form[1]), Reason.BAD_TEXT)
            args, result = tuple(map(check_sort, form[2])), check_sort(form[3])
            spaces = set().union(*map(leaves, args))
            fixed = leaves(result) <= spaces and all(map(is_variable, spaces))
            require(fixed, Reason.BAD_SORT, form[1])
            require(form[1] not in table, Reason.DUPLICATE, form[1])
            demands = tuple(_frozen(f) for f in form[4:] if f != "ac")
            table[form[1]] = Symbol(form[1], args, result, "ac" in form[4:], demands)
    return table


SYMBOLS_TEXT = (rules_folder() / "symbols.core").read_text(encoding="utf-8")
SYMBOLS: dict[str, Symbol] = load_symbols(SYMBOLS_TEXT)
