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
NEVER = -1
"""No state: a terminal is shifted, and reducing goes on until it can be."""


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
        self.units = [
            length == 1 and single and not spliced for _, length, _, single, spliced in self.rules
        ]
        self.passed: dict[tuple[int, int, str, int | None], int] = {}

    def parse(self, lexemes: Sequence[Any], start: str) -> Any:
        """The tree of some lexemes; raises `Refused`."""
        states: list[int] = [self.starts[start]]
        values: list[Any] = []
        for lexeme in lexemes:
            states.append(self._reduce(states, values, lexeme.type, NEVER))
            values.append(lexeme)
        self._reduce(states, values, END, self.ends[start])
        return values[-1]

    def _reduce(self, states: list[int], values: list[Any], terminal: str, end: int | None) -> int:
        """Reduce until the terminal can be shifted, or the end state is reached: that state."""
        rows, rules = self.rows, self.rules
        while True:
            top = states[-1]
            if len(states) > 1:
                key = (states[-2], top, terminal, end)
                found = self.passed.get(key)
                top = states[-1] = self._pass(key) if found is None else found
            if top == end:
                return top
            action = rows[top].get(terminal)
            if action is None:
                raise Refused
            if action >= 0:
                return action
            name, length, method, single, spliced = rules[-1 - action]
            children = values[len(values) - length :] if length else []
            if length:
                del states[-length:], values[-length:]
            values.append(_made(children, method, single, spliced))
            states.append(rows[states[-1]][name])

    def _pass(self, key: tuple[int, int, str, int | None]) -> int:
        """The state after the reductions, one after the other, that leave the last value as it is.

        The chain from `sum` through `product` and `factor` to `name` is the same each time: it is
        looked up, by the two last states, the terminal and the end state.
        """
        below, top, terminal, end = key
        while top != end:
            action = self.rows[top].get(terminal)
            if action is None or action >= 0 or not self.units[-1 - action]:
                break
            top = self.rows[below][self.rules[-1 - action][0]]
        self.passed[key] = top
        return top


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
