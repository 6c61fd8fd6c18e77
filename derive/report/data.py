"""What a check answers, as data: every printer reads these and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, overload

Item = TypeVar("Item")

VERDICTS = ("unreadable", "refuted", "missing", "unjustified", "computed", "checked")  # worst first
GOOD = frozenset(("checked", "computed"))


def worst(verdicts: list[str]) -> str:
    """The worst of some verdicts; `checked` of none."""
    return min(verdicts, key=VERDICTS.index, default="checked")


class Later(Sequence[Item]):
    """A sequence that is worked out when it is first looked at, and then kept."""

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        self._make: Callable[[], Sequence[Item]] | None = make
        self._items: Sequence[Item] = ()

    def _worked_out(self) -> Sequence[Item]:
        if self._make is not None:
            self._items, self._make = self._make(), None
        return self._items

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        return self._worked_out()[index]

    def __len__(self) -> int:
        return len(self._worked_out())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._worked_out())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Later, tuple, list)) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._worked_out())


@dataclass(frozen=True)
class Condition:
    """What something rests on: its text, what needed it, how it was met and from what in turn.

    `met_by` is empty where nothing proves it; `tried` then says which rules would, and from what.
    """

    text: str
    needed_by: str
    met_by: str
    parts: tuple[Condition, ...] = ()
    tried: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """A rule that would give an open condition, and its premises, some of them open."""

    rule: str
    premises: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Move:
    """One use of a rule in a step: from what to what, the rule's letters, what it asked for.

    Where a proposition is proved outright, `relation` and `after` are empty. `backwards` says
    that the rule's equation is read from right to left.
    """

    before: str
    relation: str
    after: str
    rule: str
    instance: tuple[tuple[str, str], ...] = ()
    conditions: tuple[Condition, ...] = ()
    backwards: bool = False


@dataclass(frozen=True)
class Explanation:
    """All that a step rests on: its moves in order, and what gives each expression a value.

    Of a step for which no moves were found, `notes` say what was tried.
    """

    claim: str
    moves: tuple[Move, ...] = ()
    values: tuple[Condition, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of all moves, then those of values."""
        return (*(c for move in self.moves for c in move.conditions), *self.values)


@dataclass(frozen=True)
class StepReport:
    """One judged line. `line` is where its relation stands (1-based), `column` likewise."""

    line: int
    column: int
    relation: str
    text: str
    verdict: str
    rules: tuple[str, ...] = ()
    found: bool = False
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    counterexample: dict[str, object] | None = None
    message: str = ""
    explanation: Explanation | None = None
    expected: str = ""
    nearest: str = ""
    label: str | None = None


@dataclass(frozen=True)
class ItemReport:
    """One item: its steps, its own verdict, and what it rests on."""

    name: str | None
    kind: str
    line: int
    verdict: str
    statement: str
    steps: tuple[StepReport, ...]
    message: str = ""
    axioms: tuple[str, ...] = ()
    theorems: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    implied: Sequence[tuple[str, tuple[str, ...]]] = ()
    notes: tuple[str, ...] = ()
    written: Callable[[], str] | None = field(default=None, compare=False, repr=False)
    laws: int = 0  # how many of the axioms, the last ones, are structural

    @property
    def certificate(self) -> str | None:
        """The text of what the kernel accepted, made when it is asked for."""
        return self.written() if self.written is not None else None


@dataclass(frozen=True)
class FileError:
    """A file that could not be read."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class FileReport:
    """One file or text."""

    path: str
    items: tuple[ItemReport, ...]
    error: FileError | None = None
    source: str = ""


@dataclass(frozen=True)
class Report:
    """All files of one check."""

    files: tuple[FileReport, ...] = ()
    summary: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every step and every item is checked (or computed)."""
        return self.exit_code() == 0

    def exit_code(self, strict: bool = False) -> int:
        """0 all checked, 1 something is not, 2 something is unreadable."""
        verdicts = [i.verdict for f in self.files for i in f.items]
        verdicts += [s.verdict for f in self.files for i in f.items for s in i.steps]
        if "unreadable" in verdicts or any(f.error for f in self.files):
            return 2
        good = {"checked"} if strict else GOOD
        return 0 if all(v in good for v in verdicts) else 1


def summarise(files: tuple[FileReport, ...]) -> Report:
    """A report with the counts of its steps' verdicts."""
    counts = dict.fromkeys(reversed(VERDICTS), 0)
    for file in files:
        for item in file.items:
            for step in item.steps:
                counts[step.verdict] += 1
    return Report(files, counts)
