"""Run the LALR table that lark makes of the grammar, without lark: only a failed text needs it.

The table is plain data. A row for each state leads from the name of a terminal or rule to the next
state (a number ≥ 0) or to a rule to reduce by (`-1 - its number`). Each rule has its name, its
length, the builder's method, whether a single child stands for the whole, and which children are
spliced in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

END = "$END"


class Refused(Exception):
    """The text is not in the language; lark says why."""


class Driver:
    """A table and the builder of the tree."""

    def __init__(self, table: Any, builder: object) -> None:
        self.rows: list[dict[str, int]] = table["rows"]
        self.starts: dict[str, int] = table["starts"]
        self.ends: dict[str, int] = table["ends"]
        self.rules = [
            (name, length, getattr(builder, method, None), single, frozenset(spliced))
            for name, length, method, single, spliced in table["rules"]
        ]

    def parse(self, lexemes: Sequence[Any], start: str) -> Any:
        """The tree of some lexemes; raises `Refused`."""
        states: list[int] = [self.starts[start]]
        values: list[Any] = []
        for lexeme in lexemes:
            self._reduce(states, values, lexeme.type, None)
            states.append(self.rows[states[-1]][lexeme.type])
            values.append(lexeme)
        self._reduce(states, values, END, self.ends[start])
        return values[-1]

    def _reduce(self, states: list[int], values: list[Any], terminal: str, end: int | None) -> None:
        """Reduce until the terminal can be shifted, or the end state is reached."""
        while states[-1] != end or end is None:
            action = self.rows[states[-1]].get(terminal)
            if action is None:
                raise Refused
            if action >= 0:
                if end is None:
                    return
                states.append(action)
                continue
            name, length, method, single, spliced = self.rules[-1 - action]
            children = values[len(values) - length :] if length else []
            if length:
                del states[-length:], values[-length:]
            values.append(_made(children, method, single, spliced))
            states.append(self.rows[states[-1]][name])


def _made(children: list[Any], method: Any, single: bool, spliced: frozenset[int]) -> Any:
    if spliced:
        flat: list[Any] = []
        for place, child in enumerate(children):
            if place in spliced:
                flat.extend(child)
            else:
                flat.append(child)
        children = flat
    if single and len(children) == 1:
        return children[0]
    return children if method is None else method(children)
