"""What to show under a missing condition: what can go wrong without it.

For a step it is a model of all that is given in which a side has no value or the sides differ. For
the rule that asked for the condition it is a model of the rule's other hypotheses, or the rule's
curated witness; these are headed “example for the rule”, because they say nothing about the step.
Where nothing was found, that is said, with the number of models tried.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.kernel.core import Rule
from derive.kernel.term import App, Term
from derive.models.necessity import FALSE, Need, condition, in_letters, strict_need
from derive.models.wishes import core
from derive.models.witnesses.listed import entries

BUDGET = 150


@dataclass(frozen=True)
class Shown:
    """What is said about a missing condition.

    `kind`: `model` (of the step's givens), `rule` (a model or a curated witness for the rule),
    `idle` (the rule is true without the condition), `none` (no model was found).
    """

    kind: str
    heading: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """A few lines for a reader."""
        return "\n".join([self.heading, *(f"  {line}" for line in self.lines)])


def witness_for_step(givens: list[Term], goal: Term, budget: int = BUDGET) -> Shown:
    """A model of a step's givens in which its statement is false or has no value."""
    found = strict_need(givens, goal, budget)
    if found is None:
        return _nothing(budget)
    fails = "the step is false in" if found.kind == FALSE else "a side has no value in"
    return Shown("model", f"{fails} a model of what is given", _model(found))


def witness_for(rule: Rule, hypothesis: Term, budget: int = BUDGET) -> Shown:
    """What a hypothesis of a rule is needed for."""
    entry = entries().get((rule.name, condition(rule, hypothesis)))
    if entry is not None and entry.witness is not None:
        return Shown("rule", _heading(rule), tuple(entry.witness.text.splitlines()))
    if entry is not None:
        return Shown("idle", f"{rule.name} is true without it", (entry.text,))
    others = [h for h in rule.hypotheses if h is not hypothesis]
    goal = in_letters(rule, [rule.conclusions[0]])[0]
    found = strict_need(in_letters(rule, others), goal, budget)
    if found is None:
        return _nothing(budget)
    return Shown("rule", _heading(rule), _model(found))


def hypothesis_of(rule: Rule, prop: Term) -> Term | None:
    """The hypothesis of a rule that has the form of a condition, if there is exactly one."""
    alike = [h for h in rule.hypotheses if _shape(h) == _shape(prop)]
    return alike[0] if len(alike) == 1 else None


def _shape(prop: Term) -> tuple[str, ...]:
    """The outer symbols of a condition, below its quantifiers."""
    inner = core(prop)
    if not isinstance(inner, App):
        return ()
    negated = inner.args[0] if inner.head == "not" else None
    return (inner.head, negated.head) if isinstance(negated, App) else (inner.head,)


def _heading(rule: Rule) -> str:
    return f"example for the rule {rule.name}, without the condition"


def _model(found: Need) -> tuple[str, ...]:
    return (*(f"{k} = {v}" for k, v in found.entries.items()), found.outcome)


def _nothing(budget: int) -> Shown:
    """Two searches of `budget` models each found nothing."""
    return Shown("none", f"no model in which it is needed was found in {2 * budget} tried", ())
