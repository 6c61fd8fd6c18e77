"""What all benchmarks share: interleaved runs, Markdown tables, and targets that are met or missed."""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

Job = Callable[[], float]


class Target(NamedTuple):
    """A bound on a measured number."""

    what: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the number keeps to the bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def line(self) -> str:
        """One line of a list."""
        sign = "≥" if self.at_least else "≤"
        verdict = "met" if self.met else "MISSED"
        return f"- {verdict}: {self.what}: {self.value:.2f} (wanted {sign} {self.bound:g})"


def interleaved(jobs: dict[str, Job], runs: int) -> dict[str, list[float]]:
    """Seconds of each job in each of some rounds; a round calls every job, each time from another one on."""
    names = list(jobs)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(runs):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            seconds[name].append(jobs[name]())
    return seconds


def cpu(action: Callable[[], object]) -> float:
    """Seconds of processor time of this process; other work on the machine matters less to it."""
    start = time.process_time()
    action()
    return time.process_time() - start


def geometric_mean(values: Sequence[float]) -> float:
    """The mean of ratios."""
    return math.exp(statistics.fmean(map(math.log, values)))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    right = [bool(rows) and not isinstance(value, str) for value in rows[0]]
    rule = ["-" * (width - 1) + (":" if r else "-") for width, r in zip(widths, right, strict=True)]
    lines = [_line(head, widths, right), _line(rule, widths, right)]
    return "\n".join(lines + [_line(row, widths, right) for row in cells])


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True)]
    return "| " + " | ".join(padded) + " |"


def say(title: str, how: str, body: str, targets: Sequence[Target]) -> None:
    """Print the answer of one benchmark."""
    print(f"## {title}\n\n{how}\n\n{body}\n")
    print("\n".join(target.line() for target in targets) + "\n", flush=True)


def runs_wanted(default: int) -> int:
    """The number of rounds: the argument of the command line, if there is one."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else default
