"""The explanation of one step as indented text: moves, conditions, values, what is open."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from derive.report.data import GOOD, Attempt, Condition, Explanation, Move, StepReport
from derive.syntax.diagnostic import visible, width

COLUMNS = 88
"""Room for a line; the report indents it by up to twelve more."""
DEEPEST = 6
OPEN = "not proved"


def explanation_lines(step: StepReport) -> list[str]:
    """All that an explained step rests on; of a step with its own proof, where that stands."""
    told = step.explanation
    if told is None:
        return [] if step.verdict == "unreadable" else ["the lines of its own proof say why"]
    return [visible(line) for line in _lines(told, step)]


def _lines(told: Explanation, step: StepReport) -> Iterator[str]:
    yield from _wrapped(f"claim: {told.claim}", 0)
    if told.moves:
        yield "moves:"
        yield from _moves(told.moves)
    elif step.verdict in GOOD:
        yield "both sides are the same expression"
    if told.notes:
        yield "tried:"
        for note in told.notes:
            yield from _wrapped(note, 2)
    if told.values:
        yield "what gives every expression a value:"
        yield from _tree(told.values, 2, 0)
    else:
        yield "every expression has a value as it stands"
    if step.missing:
        yield "what is open would follow from"
        for condition in step.missing:
            yield from _wrapped(condition, 2)


def _moves(moves: tuple[Move, ...]) -> Iterator[str]:
    previous = None
    for move in moves:
        if move.before != previous:
            yield from _wrapped(move.before, 2)
        rule = move.rule or OPEN
        said = f"{rule}, read from right to left" if move.backwards and move.instance else rule
        if move.after:
            yield from _two(f"{move.relation} {move.after}", said, 4)
        else:
            yield from _wrapped(f"by {said}", 4)
        letters = [f"{letter} := {value}" for letter, value in move.instance if letter != value]
        if letters:
            yield from _wrapped(f"with {', '.join(letters)}", 8)
        yield from _tree(move.conditions, 8, 0, "needs ")
        previous = move.after


def _tree(parts: tuple[Condition, ...], indent: int, level: int, word: str = "") -> Iterator[str]:
    for part in parts:
        yield from _two(word + part.text, part.met_by or OPEN, indent)
        if level >= DEEPEST and part.parts:
            yield from _wrapped(f"… and {_size(part) - 1} more below", indent + 2)
        else:
            yield from _tree(part.parts, indent + 2, level + 1)
        for attempt in part.tried:
            yield from _attempt(attempt, indent + 2, level + 1)


def _attempt(attempt: Attempt, indent: int, level: int) -> Iterator[str]:
    yield from _wrapped(f"{attempt.rule} would give it, from", indent)
    yield from _tree(attempt.premises, indent + 2, level + 1)


def _size(part: Condition) -> int:
    return 1 + sum(map(_size, part.parts))


def _two(left: str, right: str, indent: int) -> Iterator[str]:
    """What, then why: on one line if there is room."""
    line = " " * indent + f"{left}   [{right}]"
    if width(line) <= COLUMNS:
        yield line
    else:
        yield from _wrapped(left, indent)
        yield from _wrapped(f"[{right}]", indent + 4)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    """`text` within the columns, what runs over set in further."""
    start, rest = " " * indent, " " * (indent + 4)
    yield from textwrap.wrap(
        text, max(COLUMNS, indent + 40), initial_indent=start, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
