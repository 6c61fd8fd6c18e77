"""A named step with a rulebook padded by renamed copies of real rules: `padding.py [RUNS]`.

The smallest rulebook has what the steps use, and real rules up to 50. It is padded to 200 and 800 by
copies of every real rule: over symbols of their own (other integrals, other measurability, …), and
over the same symbols, where each copy answers as well as the original and chains as well as it does.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Callable

from measure import Target, cpu, interleaved, runs_wanted, say, table

from derive.elaborate.statement import elaborate_file
from derive.kernel.core import Rule
from derive.kernel.symbol import SYMBOLS, rules_folder
from derive.kernel.term import App, Lam, Term, mk, mk_lam
from derive.kernel.theory import Theory
from derive.search.library import Library
from derive.search.run import FileChecker
from derive.search.session import Session, session
from derive.syntax.items import read_file

RUNS = 9
SIZES = (50, 200, 800)
SHARED = frozenset(
    [
        "eq",
        "le",
        "not",
        "and",
        "or",
        "imp",
        "all",
        "ex",
        "ae",
        "true",
        "false",
        "app",
        "add",
        "mul",
        "pow",
        "div",
        "fin",
        "inf",
        "min",
        "max",
        "abs",
        "nadd",
        "ofnat",
    ]
)
STEPS = {
    "linearity": "given X{0}, Y{0} : random variable, integrable\nE[2 X{0} + Y{0}]\n  = 2 E[X{0}] + E[Y{0}]     by linearity\n",
    "finite_additivity": "given A{0}, B{0} : event\ngiven A{0} ∩ B{0} = ∅\nP(A{0} ∪ B{0})\n  = P(A{0}) + P(B{0})     by finite_additivity\n",
    "monotonicity": "given X{0}, Y{0} : random variable, integrable\ngiven X{0} ≤ Y{0}\nE[X{0}]\n  ≤ E[Y{0}]     by monotonicity\n",
}
_fresh = itertools.count(1)


def check(text: str, rules: Session) -> object:
    """The report of one text under a rulebook."""
    file = read_file(text)
    checker = FileChecker(rules.child(), "<text>", text, False)
    return checker.run(elaborate_file(file), file)


def used(text: str, rules: Session) -> set[str]:
    """The rules in the certificate of a text."""
    lines = check(text, rules).items[0].certificate.splitlines()
    return {record[1] for record in map(json.loads, lines) if record[0] == "rule"}


def copied(rule: Rule, number: int, fresh: bool) -> Rule:
    """A rule like another, under another name; with `fresh`, over its own symbols too."""
    heads: dict[str, str] = {}

    def renamed(head: str) -> str:
        if head in SHARED or not fresh or "~" in head:
            return head
        if head not in heads:
            heads[head] = f"{head}·{number}"
            SYMBOLS.setdefault(heads[head], SYMBOLS[head]._replace(name=heads[head]))
        return heads[head]

    def copy(term: Term) -> Term:
        if isinstance(term, App):
            return mk(renamed(term.head), *map(copy, term.args))
        return mk_lam(term.domain, copy(term.body)) if isinstance(term, Lam) else term

    facts = [tuple(map(copy, part)) for part in (rule.hypotheses, rule.premises, rule.conclusions)]
    return Rule(f"{rule.name}_{number}", rule.kind, rule.metas, *facts)


def own_symbols(rule: Rule) -> bool:
    """Whether every conclusion speaks of more than logic and arithmetic, so that a copy is of its own."""
    return all(_heads(c) - SHARED for c in rule.conclusions)


def _heads(term: Term) -> set[str]:
    if isinstance(term, Lam):
        return _heads(term.body)
    return {term.head}.union(*map(_heads, term.args)) if isinstance(term, App) else set()


def padded(core: list[Rule], size: int, fresh: bool) -> Session:
    """A rulebook of so many rules."""
    whole = session()
    theory: Theory = whole.theory.child()
    notes = json.loads((rules_folder() / "rulebook.json").read_text(encoding="utf-8"))
    aliases = {word: list(names) for word, names in notes["aliases"].items()}
    library = Library(aliases, frozenset())
    for rule in core:
        library.add(rule)
    models = [r for r in whole.library.rules.values() if not fresh or own_symbols(r)]
    random.Random(1).shuffle(models)
    for number in itertools.count():
        for rule in models:
            if len(library.rules) >= size:
                return Session(theory, library, [])
            copy = copied(rule, number, fresh)
            for names in aliases.values():
                if rule.name in names and not fresh:
                    names.append(copy.name)
            theory.rules[copy.name] = copy
            library.add(copy)
    raise AssertionError


def core_rules() -> list[Rule]:
    """What the steps use and the machinery needs, and further rules up to the smallest size."""
    rules = session().library.rules
    names = set().union(*(used(text.format(next(_fresh)), session()) for text in STEPS.values()))
    names |= {"ae_of_all", "ae_mp", "ae_and"} & rules.keys()
    others = [name for name in rules if name not in names]
    random.Random(0).shuffle(others)
    names |= set(others[: max(0, SIZES[0] - len(names))])
    return [rule for name, rule in rules.items() if name in names]


def main() -> None:
    """Measure and print."""
    sys.setrecursionlimit(12_000)
    core = core_rules()
    books = {(fresh, size): padded(core, size, fresh) for fresh in (True, False) for size in SIZES}
    books[True, 0] = session()
    verdicts: dict[tuple, str] = {}

    def job(step: str, key: tuple) -> Callable[[], float]:
        def run() -> float:
            text = STEPS[step].format(next(_fresh))
            found = []
            seconds = cpu(lambda: found.append(check(text, books[key])))
            verdicts[step, key] = found[0].items[0].verdict
            return seconds

        return run

    jobs = {(step, key): job(step, key) for step in STEPS for key in books}
    for warm_up in jobs.values():
        warm_up()
    least = {key: min(times) for key, times in interleaved(jobs, runs_wanted(RUNS)).items()}
    rows, growth = [], {True: [], False: []}
    for step in STEPS:
        for fresh in (True, False):
            times = [least[step, (fresh, size)] for size in SIZES]
            growth[fresh].append(max(times[1:]) / times[0])
            good = all(verdicts[step, (fresh, size)] == "checked" for size in SIZES)
            name = "own" if fresh else "the same"
            whole = 1e3 * least[step, (True, 0)]
            rows.append(
                (
                    step,
                    name,
                    "checked" if good else "NOT CHECKED",
                    *[1e3 * t for t in times],
                    times[1] / times[0],
                    times[2] / times[0],
                    whole,
                )
            )
    head = (
        "step",
        "symbols",
        "verdict",
        *[f"{size} ms" for size in SIZES],
        "200/50",
        "800/50",
        f"as is ({len(session().library.rules)}) ms",
    )
    how = f"Processor time, minimum of {runs_wanted(RUNS)} interleaved runs, text to verdict; {len(core)} real rules, the rest renamed copies; the last column is the rulebook as it is."
    targets = [
        Target(
            "200 or 800 rules against 50, symbols of their own, worst step", max(growth[True]), 1.3
        ),
        Target(
            "200 or 800 rules against 50, the same symbols, worst step", max(growth[False]), 2.5
        ),
    ]
    say("A larger rulebook", how, table(head, rows), targets)


if __name__ == "__main__":
    main()
