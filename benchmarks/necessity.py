"""Is every rule true in models, and every hypothesis needed? `necessity.py [--new] [--write] [RULE …]`

Prints what each hypothesis is needed for, the idle ones, and the faults; the exit code is 1 if there
is one: a rule that is false in a model or untested, a hypothesis that nothing shows to be needed,
an entry of `rules/necessity.txt` that is not needed, more than 5 % of idle hypotheses. Rules that
are not named keep what docs/necessity.md says of them; `--new` names those whose statement is not
there yet, `--write` writes the document. All rules take about ten minutes on two processors.
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
from derive.rulebook.necessity import (
    Effort,
    Record,
    document,
    examine,
    faults,
    read_document,
    rules_of,
    summary,
)

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "necessity.md"
EVERY = 1


@cache
def rules() -> dict[str, tuple[Rule, str]]:
    """(rule, axiom or theorem) by name, once in each process."""
    book = load_rulebook()
    kinds = {item.name: item.kind for _, item in book.items()}
    return {name: (rule, kinds[name]) for name, rule in rules_of(book).items()}


def examined(name: str) -> tuple[Record, float]:
    """What models say of a rule, and the seconds it took."""
    start = time.perf_counter()
    tested = examine(*rules()[name], entries(), Effort())
    return tested, time.perf_counter() - start


def recorded() -> dict[str, Record]:
    """What the document says, of the rules that still say the same."""
    text = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.is_file() else ""
    same = {name: rule.hash for name, (rule, _) in rules().items()}
    return {n: t for n, t in read_document(text).items() if same.get(n) == t.statement}


def show(tested: Record, spent: float) -> None:
    """Print what was found of a rule."""
    print(f"{tested.name} ({spent:.1f} s): {tested.held} and {tested.valued} models")
    for row in tested.rows:
        print(f"  {row.hypothesis}: {row.kind}. {row.text}", flush=True)


def in_order(known: dict[str, Record]) -> list[Record]:
    """Records in the order of the rulebook."""
    return [known[name] for name in rules() if name in known]


def write(known: dict[str, Record]) -> None:
    """Write the document; a campaign that is broken off goes on with `--new`."""
    DOCUMENT.write_text(document(in_order(known)), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Examine the rules named, the new ones, or all; the exit code is 1 if there is a fault."""
    names = [a for a in arguments if not a.startswith("--")]
    known = recorded() if names or "--new" in arguments else {}
    if "--new" in arguments:
        names += [name for name in rules() if name not in known]
    elif not names:
        names = list(rules())
    with ProcessPoolExecutor(2) as workers:
        for tested, spent in workers.map(examined, names):
            known[tested.name] = tested
            show(tested, spent)
            if "--write" in arguments and len(known) % EVERY == 0:
                write(known)
    found = in_order(known)
    print("\nidle:")
    for tested in found:
        for row in tested.rows:
            if row.kind == "idle":
                print(f"  {tested.name} | {row.hypothesis}: {row.text}")
    wrong = faults(found, entries()) + [f"never tried: {n}" for n in rules() if n not in known]
    print(f"\n{summary(found)}")
    print("\n".join(wrong) or "no fault")
    if "--write" in arguments:
        write(known)
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
