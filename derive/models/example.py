"""What to show under a missing condition: what can go wrong without it.

For a step it is a model of all that is given in which a side has no value. For the rule that asked
for the condition it is the rule's curated witness, or a model of the rule's other hypotheses; these
say whose example they are, because they say nothing about the step. Where nothing was found, that
is said, with the number of models tried.

An example is a mapping that the printers of reports show: names with their values; `left` and
`right`, the sides; `example for`, whose it is; and sentences that begin with their key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from derive.kernel.core import Rule
from derive.kernel.term import App, Lam, Term, mk, mk_lam
from derive.models.necessity import FALSE, condition, in_letters, strict_need
from derive.models.refute import no_value
from derive.models.wishes import core
from derive.models.witnesses.listed import entries
from derive.models.witnesses.witness import Named, Witness

BUDGET = 150
Shown = dict[str, object]
WHOSE, STEP, CONCLUSION, RULE = "example for", "the step", "the conclusion", "the rule"


def example_for_step(givens: list[Term], goal: Term, budget: int = BUDGET) -> Shown | None:
    """A model of the givens in which a step has no value.

    It supports a verdict `missing` and never `refuted`: a side without a value is not false.
    """
    parts = goal.args if isinstance(goal, App) and goal.head in ("eq", "le") else (goal,)
    found = no_value(givens, *parts, budget=budget)
    if found is None:
        return None
    if len(parts) == 1:
        return {**found.json(), STEP: "has no value"}
    return {**found.json(), ("left", "right")[found.place]: "no value"}


def example_for_condition(
    asked: Iterable[tuple[Term, str]], rules: Mapping[str, Rule], budget: int = BUDGET
) -> Shown | None:
    """The first example for a rule of those that asked for conditions: (condition, rule)."""
    for prop, name in asked:
        rule = rules.get(name)
        hypothesis = hypothesis_of(rule, prop) if rule is not None else None
        if rule is not None and hypothesis is not None:
            shown = witness_for(rule, hypothesis, budget)
            if WHOSE in shown:
                return shown
    return None


def witness_for(rule: Rule, hypothesis: Term, budget: int = BUDGET) -> Shown:
    """What a hypothesis of a rule is needed for: an example, or that none was found."""
    said = condition(rule, hypothesis)
    entry = entries().get((rule.name, said))
    whose: Shown = {WHOSE: f"the rule {rule.name} without “{said}”"}
    if entry is not None and entry.witness is not None:
        return whose | curated(entry.witness)
    if entry is not None:
        return {RULE: f"{rule.name} is true without “{said}”: {entry.text}"}
    others = in_letters(rule, [h for h in rule.hypotheses if h is not hypothesis])
    kept, goal = in_letters(rule, [measurable_part(hypothesis), rule.conclusions[0]])
    found = strict_need([*others, kept], goal, budget) or strict_need(others, goal, budget)
    if found is None:
        return {RULE: f"{rule.name} fails without “{said}” in none of {4 * budget} models tried"}
    fails = f"is false: {found.outcome}" if found.kind == FALSE else "has no value"
    return whose | found.entries | {CONCLUSION: fails}


def measurable_part(prop: Term) -> Term:
    """What is left of integrability when the size does not count; `true` of anything else.

    An example reads better if it fails for the size of a function.
    """
    match prop:
        case App(head="integrable" | "has_integral", args=(_, function)):
            return mk("measurable", function)
        case App(head="all", args=(Lam(domain=domain, body=body),)):
            return mk("all", mk_lam(domain, measurable_part(body)))
        case App(head="imp", args=(guard, body)):
            return mk("imp", guard, measurable_part(body))
        case _:
            return mk("true")


def curated(witness: Witness | Named) -> Shown:
    """A curated witness as an example."""
    shown: Shown = {"space": witness.space, **witness.objects}
    if isinstance(witness, Named):
        return shown | {CONCLUSION: f"fails: {witness.failure}"}
    sides = {side.text: side.value for side in (witness.left, witness.right)}
    return shown | sides


def hypothesis_of(rule: Rule, prop: Term) -> Term | None:
    """The first hypothesis of a rule that has the form of a condition."""
    return next((h for h in rule.hypotheses if _shape(h) == _shape(prop)), None)


def _shape(prop: Term) -> tuple[str, ...]:
    """The outer symbols of a condition, below its quantifiers."""
    inner = core(prop)
    if not isinstance(inner, App):
        return ()
    negated = inner.args[0] if inner.head == "not" else None
    return (inner.head, negated.head) if isinstance(negated, App) else (inner.head,)
