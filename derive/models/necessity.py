"""What goes wrong without a hypothesis: a model of the others in which the conclusion fails.

Three kinds of failure are looked for, the plainest first: both sides have values and differ; the
conclusion has no value; the conclusion is false once every missing value is replaced by an
arbitrary number. The last kind is what the kernel is about, in which every operation is total: it
shows a hypothesis that the others need to have values themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.elaborate.show import show_condition
from derive.kernel.core import Rule
from derive.kernel.letter import fill
from derive.kernel.sort import Sort, replace_sort
from derive.kernel.term import App, Lam, Term, mk_free
from derive.kernel.value import obligations_of_all
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.refute import no_value, refute
from derive.models.refute.data import number_data
from derive.models.refute.text import model_entries
from derive.models.rulecheck import check_rule

FALSE, NO_VALUE, ARBITRARY = "false", "no value", "arbitrary values"
MISSING = {
    "inv": "1/0",
    "pow": "powers of -∞",
    "rpow": "x^y outside its domain",
    "sqrt": "roots of negative numbers",
    "log": "logarithms outside (0,∞]",
    "sum": "sums that do not converge",
    "lim": "limits that do not exist",
    "mass": "the measure of what is no event",
    "int": "integrals that do not exist",
}


@dataclass(frozen=True)
class Need:
    """A model that needs the hypothesis: how the conclusion fails in it, and the model in words."""

    kind: str
    entries: dict[str, str]
    outcome: str
    tried: int

    @property
    def text(self) -> str:
        """The model and what fails, in one line."""
        model = "; ".join(f"{k} = {v}" for k, v in self.entries.items())
        return f"{model}: {self.outcome}" if model else self.outcome


def need(
    rule: Rule, dropped: Term, budget: int = 150, tries: int = 1000, seed: int = 0
) -> Need | None:
    """The first model found that needs a hypothesis; None if none was found."""
    others = [h for h in rule.hypotheses if h is not dropped]
    given, goal = in_letters(rule, others), in_letters(rule, [rule.conclusions[0]])[0]
    return strict_need(given, goal, budget, seed) or _total(rule, dropped, tries, seed)


def in_letters(rule: Rule, terms: list[Term]) -> list[Term]:
    """Terms of a rule with ordinary letters and spaces in place of those of the rule."""
    spaces: dict[str, Sort] = {s: s.removeprefix("'") for s in rule.spaces}
    letters = {n: mk_free(n, replace_sort(sort, spaces)) for n, sort in rule.metas.items()}
    return [fill(t, letters, spaces) for t in terms]


def condition(rule: Rule, hypothesis: Term) -> str:
    """A hypothesis of a rule as a report prints it, in the rule's own letters."""
    return show_condition(in_letters(rule, [hypothesis])[0])


def strict_need(given: list[Term], goal: Term, budget: int = 150, seed: int = 0) -> Need | None:
    """A model of what is given in which a goal is false, both sides valued, or has no value."""
    found = refute(given, goal, seed, budget)
    if found is not None:
        return Need(FALSE, found.entries, found.text.splitlines()[-1], found.tried)
    lost = no_value(given, goal, seed=seed, budget=budget)
    if lost is not None:
        return Need(NO_VALUE, lost.entries, "the conclusion has no value", lost.tried)
    return None


def weaker(rule: Rule, dropped: Term) -> Rule:
    """The rule without a hypothesis, also where another needs it to have a value."""
    given = tuple(h for h in rule.hypotheses if h is not dropped)
    premises = tuple(p for p in given + obligations_of_all(given) if p is not dropped)
    return Rule(rule.name, rule.kind, rule.metas, given, premises, rule.conclusions)


def _total(rule: Rule, dropped: Term, tries: int, seed: int) -> Need | None:
    report = check_rule(weaker(rule, dropped), tries, seed, junks=2)
    found = report.counterexample
    if found is None:
        return None
    entries = _entries(found.model, rule) | _replaced(found.model, rule)
    false = show_condition(in_letters(rule, [found.conclusion])[0])
    return Need(ARBITRARY, entries, f"“{false}” is false", report.tried)


def _entries(m: Model, rule: Rule) -> dict[str, str]:
    try:
        entries = model_entries(m, rule.metas)
    except Undecided:
        entries = {k: repr(v) for k, v in m.letters.items()}
    return {k.removeprefix("'"): v for k, v in entries.items()}


def _replaced(m: Model, rule: Rule) -> dict[str, str]:
    """The values taken for what has none, of the symbols that the rule contains."""
    heads: set[str] = set()
    for term in (*rule.premises, *rule.conclusions):
        heads |= heads_in(term)
    values = m.junk if isinstance(m.junk, dict) else {}
    return {MISSING[s]: number_data(values.get(s, 0)) for s in MISSING if s in heads}


def heads_in(term: Term) -> set[str]:
    """The symbols of a term."""
    if isinstance(term, Lam):
        return heads_in(term.body)
    if isinstance(term, App):
        return {term.head}.union(*map(heads_in, term.args))
    return set()


__all__ = [
    "ARBITRARY",
    "FALSE",
    "NO_VALUE",
    "Need",
    "condition",
    "in_letters",
    "need",
    "strict_need",
    "weaker",
]
