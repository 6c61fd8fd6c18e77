"""The cost per step in chains of 10, 100 and 1000 distinct steps: `chains.py [RUNS]`."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from measure import Target, cpu, interleaved, runs_wanted, say, table

import derive

RUNS = 9
LENGTHS = (10, 100, 1000)
LONG_RUNS = 2
_fresh = itertools.count(1)


def algebra(length: int, number: int) -> str:
    """y + k x - k x, for k = 1, 2, …; no line is that of another chain."""
    x, y, start = f"x{number}", f"y{number}", 1000
    lines = [f"given {x}, {y} : real", f"{y} + {start} {x} - {start} {x}"]
    lines += [
        f"  = {y} + {k} {x} - {k} {x}     by algebra" for k in range(start + 1, start + length + 1)
    ]
    return "\n".join(lines) + "\n"


def expectation(length: int, number: int) -> str:
    """E[k X + Y] - k E[X], for k = 1, 2, …"""
    x, y, start = f"X{number}", f"Y{number}", 1000
    lines = [
        f"given {x}, {y} : random variable, integrable",
        f"E[{start} {x} + {y}] - {start} E[{x}]",
    ]
    lines += [
        f"  = E[{k} {x} + {y}] - {k} E[{x}]     by linearity"
        for k in range(start + 1, start + length + 1)
    ]
    return "\n".join(lines) + "\n"


CHAINS = {"algebra": algebra, "linearity": expectation}


def main() -> None:
    """Measure and print."""
    wrong: set[tuple[str, int]] = set()

    def job(kind: str, length: int) -> Callable[[], float]:
        def run() -> float:
            text = CHAINS[kind](length, next(_fresh))
            found = []
            seconds = cpu(lambda: found.append(derive.check(text)))
            if not found[0].ok:
                wrong.add((kind, length))
            return seconds / length

        return run

    jobs = {(kind, length): job(kind, length) for kind in CHAINS for length in LENGTHS}
    for kind in CHAINS:
        jobs[kind, LENGTHS[0]]()
    least = {}
    short = {key: run for key, run in jobs.items() if key[1] != LENGTHS[-1]}
    long = {key: run for key, run in jobs.items() if key[1] == LENGTHS[-1]}
    runs = runs_wanted(RUNS)
    for part, rounds in ((short, runs), (long, min(LONG_RUNS, runs))):
        least |= {key: min(times) for key, times in interleaved(part, rounds).items()}
    rows, targets = [], []
    for kind in CHAINS:
        times = [least[kind, length] for length in LENGTHS]
        good = not any((kind, length) in wrong for length in LENGTHS)
        rows.append(
            (
                kind,
                "checked" if good else "NOT CHECKED",
                *[1e3 * t for t in times],
                times[1] / times[0],
                times[2] / times[0],
            )
        )
        targets.append(
            Target(f"{kind}, dearest length against the cheapest", max(times) / min(times), 1.3)
        )
    head = ("step", "verdict", *[f"{n} steps, ms each" for n in LENGTHS], "100/10", "1000/10")
    how = f"Processor time per step, minimum of {runs} interleaved runs ({min(LONG_RUNS, runs)} for {LENGTHS[-1]} steps); the steps differ from one another."
    say("Long chains", how, table(head, rows), targets)


if __name__ == "__main__":
    main()
