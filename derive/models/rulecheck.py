"""A rule against models: can a conclusion be false where the premises hold; is each needed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random

import derive.models.symbols  # noqa: F401 (it registers the builders)
from derive.kernel.core import Rule, term_text
from derive.kernel.sort import NAT, NUM
from derive.kernel.term import App, Term
from derive.kernel.value import obligations_of_all
from derive.models.compilation import compiled
from derive.models.extended import Number
from derive.models.generate import PARTIAL, Failed, Search
from derive.models.logic import GRID
from derive.models.model import JUNK, Model
from derive.models.outcome import NoValue, Stuck, Undecided
from derive.models.spaces import show_value
from derive.models.wishes import wishes_of

NATURALS = (0, 1, 2, 3)
LARGEST_GRID = 7000


@dataclass
class Counterexample:
    """A model of the premises in which a conclusion is false."""

    model: Model
    conclusion: Term
    lost: str = ""

    def text(self) -> str:
        """The model and the false conclusion, in lines."""
        return "\n".join(
            [
                f"false: {term_text(self.conclusion)}{self.lost}",
                *show_model(self.model),
                *self._sides(),
            ]
        )

    def _sides(self) -> list[str]:
        if not (isinstance(self.conclusion, App) and self.conclusion.head in ("eq", "le")):
            return []
        return [
            f"  {term_text(a)} = {show_value(compiled(a)(self.model, ()))}"
            for a in self.conclusion.args
            if not self.lost
        ]


@dataclass
class Report:
    """What a search over models found."""

    name: str
    tried: int = 0
    held: int = 0
    proved: int = 0
    undecided: int = 0
    counterexample: Counterexample | None = None
    idle: list[str] = field(default_factory=list)


def show_model(m: Model) -> list[str]:
    """Spaces, letters and junk as lines of text."""
    lines = [f"  {name} = {space}" for name, space in m.spaces.items()]
    lines += [f"  {name} = {show_value(value)}" for name, value in sorted(m.letters.items())]
    return (
        [*lines, f"  junk {{{', '.join(f'{k}: {show_value(v)}' for k, v in m.junk.items())}}}"]
        if isinstance(m.junk, dict)
        else lines
    )


def search(rule: Rule) -> Search:
    """The search for models of a rule's premises."""
    return Search(rule.metas, rule.premises, rule.conclusions, wishes_of(rule.premises))


def grid_models(rule: Rule, random: Random, junks: int) -> Iterator[Model]:
    """All assignments of grid values, if the letters are numbers and they are not too many."""
    choices = [GRID if sort == NUM else NATURALS for sort in rule.metas.values()]
    size = 1
    for choice in choices:
        size *= len(choice)
    numeric = choices and all(sort in (NUM, NAT) for sort in rule.metas.values())
    if not numeric or size > LARGEST_GRID:
        return
    for _ in range(junks):
        junk: dict[str, Number] = {s: random.choice(JUNK) for s in PARTIAL}
        for values in product(*choices):
            yield Model({}, dict(zip(rule.metas, values, strict=True)), junk)


def judge(m: Model, conclusions: list[Term], report: Report) -> bool:
    """Whether a conclusion is false in a model; counts what was decided."""
    try:
        for conclusion in conclusions:
            if not compiled(conclusion)(m, ()):
                report.counterexample = Counterexample(m, conclusion)
                return True
        report.proved += 1
    except Undecided:
        report.undecided += 1
    except NoValue as reason:
        report.counterexample = Counterexample(m, conclusion, f" (no value: {reason})")
        return True
    return False


def check_rule(
    rule: Rule, tries: int = 1000, seed: int = 0, *, strict: bool = False, junks: int = 4
) -> Report:
    """Try a rule in `tries` random models, and on a grid if it speaks of numbers only.

    In total mode junk completes what has no value; in strict mode premises and conclusion must
    also have values.
    """
    random, report = Random(f"{rule.name} {seed}"), Report(rule.name)
    conclusions = list(rule.conclusions)
    codes = [compiled(p) for p in rule.premises]
    for m in grid_models(rule, random, junks):
        report.tried += 1
        m.strict = strict
        try:
            if not all(code(m, ()) for code in codes):
                continue
        except Stuck:
            continue
        report.held += 1
        if judge(m, conclusions, report):
            return report
    finder = search(rule)
    for _ in range(tries):
        report.tried += 1
        try:
            m = finder.model(random)
            m.strict = strict
            if strict and not all(code(m, ()) for code in codes):
                continue
        except (Failed, Stuck):
            continue
        report.held += 1
        if judge(m, conclusions, report):
            return report
    return report


def without(rule: Rule, hypothesis: Term) -> Rule:
    """The rule with one hypothesis dropped, and with it what gave that hypothesis a value."""
    given = tuple(h for h in rule.hypotheses if h is not hypothesis)
    premises = tuple(dict.fromkeys(given + obligations_of_all(given)))
    return Rule(rule.name, rule.kind, rule.metas, given, premises, rule.conclusions)


def needed(rule: Rule, hypothesis: Term, tries: int = 2000, seed: int = 0) -> Report:
    """A search for a model that needs the hypothesis: the report's `counterexample`."""
    weaker = without(rule, hypothesis)
    return check_rule(weaker, tries, seed, junks=2)
