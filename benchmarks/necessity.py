"""Is every rule true in models, and every hypothesis needed? `necessity.py [--write] [RULE …]`

Prints what each hypothesis is needed for, the idle ones, and the faults; the exit code is 1 if there
is one: a rule that is false in a model or untested, a hypothesis that nothing shows to be needed,
an entry of `rules/necessity.txt` that is not needed, more than 5 % of idle hypotheses. `--write`
writes docs/necessity.md. About ten minutes on two processors.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from derive.kernel.core import Rule
from derive.models.witnesses.listed import entries
from derive.rulebook.compile import load_rulebook
from derive.rulebook.necessity import Effort, Tested, document, examine, faults, rules_of, summary

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "necessity.md"


@cache
def rules() -> dict[str, tuple[Rule, str]]:
    """(rule, axiom or theorem) by name, once in each process."""
    book = load_rulebook()
    kinds = {item.name: item.kind for _, item in book.items()}
    return {name: (rule, kinds[name]) for name, rule in rules_of(book).items()}


def examined(name: str) -> tuple[Tested, float]:
    """What models say of a rule, and the seconds it took."""
    start = time.perf_counter()
    tested = examine(*rules()[name], entries(), Effort())
    return tested, time.perf_counter() - start


def main(arguments: list[str]) -> int:
    """Examine the rules named, or all; the exit code is 1 if there is a fault."""
    write = "--write" in arguments
    names = [a for a in arguments if a != "--write"] or list(rules())
    every, found = entries(), []
    with ProcessPoolExecutor(2) as workers:
        for tested, spent in workers.map(examined, names):
            found.append(tested)
            print(f"{tested.name} ({spent:.1f} s): {tested.held} and {tested.valued} models")
            for row in tested.rows:
                print(f"  {row.hypothesis}: {row.kind}. {row.text}", flush=True)
    about = {key: entry for key, entry in every.items() if key[0] in names}
    wrong = faults(found, about if len(names) < len(rules()) else every)
    print("\nidle:")
    for tested in found:
        for row in tested.rows:
            if row.kind == "idle":
                print(f"  {tested.name} | {row.hypothesis}: {row.text}")
    print(f"\n{summary(found)}")
    print("\n".join(wrong) or "no fault")
    if write and not wrong:
        DOCUMENT.write_text(document(found, every), encoding="utf-8")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
