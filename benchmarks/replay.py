"""The kernel's replay of certificates against the whole check: `replay.py [RUNS]`."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from measure import Target, cpu, geometric_mean, runs_wanted, say, table
from panel import ALGEBRA, MEASURE, Step

import derive
from derive.kernel.check import check_text
from derive.kernel.theory import rulebook
from derive.search.session import session

RUNS = 9
_fresh = itertools.count(1)


def certificates(steps: list[Step]) -> tuple[Callable[[], object], list[str]]:
    """A check of some texts, and a list to hold the certificates that it gives."""
    texts = [step.text(next(_fresh)) for step in steps]
    found: list[str] = []

    def action() -> None:
        for text in texts:
            report = derive.check(text)
            found.extend(i.certificate for f in report.files for i in f.items if i.certificate)

    return action, found


def replayed(texts: list[str]) -> None:
    """Replay certificates on the rulebook of this process, whose theorems are replayed already."""
    for text in texts:
        check_text(text, session().theory.child())


def main() -> None:
    """Measure and print."""
    groups = {"algebra": ALGEBRA, "integrals and expectations": MEASURE}
    written: dict[str, list[str]] = {}

    def check(name: str) -> Callable[[], float]:
        def run() -> float:
            action, found = certificates(groups[name])
            seconds = cpu(action)
            written[name] = found
            return seconds

        return run

    jobs = {}
    for name in groups:
        jobs[name, "check"] = check(name)
        jobs[name, "replay"] = lambda name=name: cpu(lambda: replayed(written[name]))
    for warm_up in jobs.values():
        warm_up()
    least = {key: min(times) for key, times in _in_order(jobs, runs_wanted(RUNS)).items()}
    rows = []
    for name, steps in groups.items():
        whole, replay = least[name, "check"], least[name, "replay"]
        count, size = len(written[name]), sum(map(len, written[name]))
        rows.append(
            (
                name,
                len(steps),
                count,
                size / 1000 / count,
                1e3 * whole / len(steps),
                1e3 * replay / count,
                replay / whole,
            )
        )
    head = ("steps", "number", "certificates", "kB each", "check ms", "replay ms", "replay/check")
    book = rulebook()
    theorems = cpu(lambda: [book.rule(name) for name in book.sections])
    axioms = min(cpu(rulebook) for _ in range(3))
    body = table(head, rows)
    body += f"\n\nThe rulebook's own: its axioms are read in {1e3 * axioms:.0f} ms, and the certificates of all its {len(book.sections)} theorems replayed in {1e3 * theorems:.0f} ms (once; a check replays those that it cites)."
    how = f"Processor time, minimum of {runs_wanted(RUNS)} rounds in one process, over the panel with other names each time. The check replays what it finds, so the replay is a part of it."
    targets = [
        Target(
            "replay against the whole check, geometric mean",
            geometric_mean([row[-1] for row in rows]),
            0.5,
        )
    ]
    say("Replay in the kernel", how, body, targets)


def _in_order(jobs: dict, runs: int) -> dict:
    """Interleaved, but a replay always comes after the check that wrote what it replays."""
    first = [key for key in jobs if key[1] == "check"]
    seconds: dict = {key: [] for key in jobs}
    for _ in range(runs):
        for key in first:
            for each in (key, (key[0], "replay")):
                seconds[each].append(jobs[each]())
    return seconds


if __name__ == "__main__":
    main()
