"""The warm cost of a step against sympy, over the panel: `warm.py [RUNS]`."""

from __future__ import annotations

import gc
import itertools
import statistics
import time
from collections.abc import Callable
from typing import Any

from measure import Target, geometric_mean, interleaved, runs_wanted, say, table
from panel import ALGEBRA, STEPS, Step, sympy_difference

import derive

RUNS = 9
_fresh = itertools.count(1)


def checked(step: Step) -> tuple[float, bool]:
    """Seconds to check the step's text (all that is needed for a verdict), and whether it is checked."""
    text = step.text(next(_fresh))
    start = time.process_time()
    report = derive.check(text)
    seconds = time.process_time() - start
    return seconds, report.ok


def simplified(step: Step, method: Callable[[Any], Any]) -> tuple[float, bool]:
    """Seconds to simplify `lhs - rhs`, built before, and whether that gives 0."""
    difference = sympy_difference(step, next(_fresh))
    start = time.process_time()
    try:
        answer = method(difference)
    except Exception:  # sympy failing is an answer too
        answer = None
    return time.process_time() - start, answer == 0


def by_hand(step: Step) -> Callable[[Any], Any]:
    """The one method that solves the step, for those who know which."""
    import sympy

    if step.by_hand == "together":
        return lambda term: sympy.cancel(term)
    return lambda term: sum(part.expand(force=True) for part in _terms(sympy.sympify(term)))


def _terms(term: Any) -> list[Any]:
    """The parts of a sum: `expand` of sympy's expectations works only on each by itself."""
    return [*term.args] if term.is_Add else [term]


def main() -> None:
    """Measure and print."""
    import sympy

    good: dict[tuple[str, str], bool] = {}

    def job(
        step: Step, kind: str, action: Callable[[Step], tuple[float, bool]]
    ) -> Callable[[], float]:
        def run() -> float:
            seconds, good[step.name, kind] = action(step)
            return seconds

        return run

    jobs = {}
    for step in STEPS:
        jobs[step.name, "derive"] = job(step, "derive", checked)
        jobs[step.name, "sympy"] = job(step, "sympy", lambda s: simplified(s, sympy.simplify))
        jobs[step.name, "hand"] = job(step, "hand", lambda s: simplified(s, by_hand(s)))
    for warm_up in jobs.values():
        warm_up()
    gc.collect()
    seconds = {key: min(times) for key, times in interleaved(jobs, runs_wanted(RUNS)).items()}
    rows, ratios = [], {}
    for step in STEPS:
        mine, theirs, hand = (seconds[step.name, kind] for kind in ("derive", "sympy", "hand"))
        ratios[step.name] = theirs / mine
        verdict = "checked" if good[step.name, "derive"] else "NOT CHECKED"
        answers = ["0" if good[step.name, kind] else "not 0" for kind in ("sympy", "hand")]
        rows.append(
            (
                step.name,
                verdict,
                1e3 * mine,
                answers[0],
                1e3 * theirs,
                theirs / mine,
                answers[1],
                1e3 * hand,
            )
        )
    head = ("step", "derive", "ms", "simplify", "ms", "× derive", "by hand", "ms")
    algebra = geometric_mean([ratios[step.name] for step in ALGEBRA])
    rest = geometric_mean([ratios[step.name] for step in STEPS[len(ALGEBRA) :]])
    solved = [
        ratios[step.name]
        for step in STEPS
        if good[step.name, "sympy"] and good[step.name, "derive"]
    ]
    body = (
        table(head, rows)
        + f"\n\nGeometric means: algebra {algebra:.2f}, integrals and expectations {rest:.2f}, "
    )
    body += f"the {len(solved)} steps that both solve {geometric_mean(solved):.2f}; "
    body += f"a step of derive takes {1e3 * statistics.median(seconds[s.name, 'derive'] for s in STEPS):.1f} ms in the median."
    how = (
        "Processor time, minimum of interleaved runs in one process, other names each time. derive: text to verdict, kernel included. "
        "sympy: `simplify(lhs - rhs)`, the difference being built before; `by hand`: the one method (`expand`, `cancel`) that a user who knows it would call."
    )
    targets = [
        Target(
            "steps checked",
            float(sum(good[s.name, "derive"] for s in STEPS)),
            len(STEPS),
            at_least=True,
        ),
        Target(
            "sympy's time over derive's, geometric mean",
            geometric_mean(list(ratios.values())),
            5,
            at_least=True,
        ),
        Target("sympy's time over derive's, least", min(ratios.values()), 1, at_least=True),
    ]
    say("A warm step", how, body, targets)


if __name__ == "__main__":
    main()
