"""A long search for models that make an axiom false: `rules_in_models.py [TRIES [SEED]]`.

Prints each axiom with the models in which its premises held, false conclusions in full, and the
hypotheses without which no model was found to fail.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from derive.kernel.core import Rule, term_text
from derive.models.rulecheck import check_rule, needed
from derive.rulebook.compile import load_rulebook


@cache
def axioms() -> dict[str, Rule]:
    """The axioms by name, once in each process."""
    return load_rulebook().axioms


def examine(task: tuple[str, int, int]) -> tuple[str, str, bool]:
    """(name, lines to print, whether it is false) for one axiom."""
    name, tries, seed = task
    rule, start = axioms()[name], time.perf_counter()
    lines, false = [], False
    for strict in (False, True):
        report = check_rule(rule, tries, seed, strict=strict)
        mode = "strict" if strict else "total"
        lines.append(f"  {mode}: {report.held} models, {report.undecided} undecided")
        if report.counterexample is not None:
            false = True
            lines.append(report.counterexample.text())
        elif not report.proved:
            lines.append(f"  UNTESTED ({mode})")
    for hypothesis in rule.hypotheses:
        if needed(rule, hypothesis, tries, seed).counterexample is None:
            lines.append(f"  idle in the models tried: {term_text(hypothesis)}")
    spent = time.perf_counter() - start
    return name, f"{name} ({spent:.1f} s)\n" + "\n".join(lines), false


def main() -> int:
    """Examine every axiom; the exit code is 1 if one is false."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    wrong = []
    with ProcessPoolExecutor() as workers:
        for name, text, false in workers.map(examine, [(n, tries, seed) for n in axioms()]):
            print(text, flush=True)
            if false:
                wrong.append(name)
    print(f"{len(axioms())} axioms, false: {', '.join(wrong) or 'none'}")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
