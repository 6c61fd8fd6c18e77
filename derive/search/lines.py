"""Make the reports of lines and items."""

from __future__ import annotations

from derive.elaborate.show import show, show_condition
from derive.elaborate.statement import Have, Item, Step
from derive.kernel.check import Proved
from derive.kernel.term import App, Free, Lam, Term, mk, mk_lam, mk_nat
from derive.report.data import ItemReport, Later, StepReport
from derive.search.clause import claim_of
from derive.search.hypotheses import implied_hypotheses, unused_hypotheses
from derive.search.judge import Judgement
from derive.search.lemmas import certificate, theorems_used
from derive.search.proof import rules_used
from derive.search.reasons import FAMILIES, UnknownName
from derive.search.session import Session
from derive.search.work import Work
from derive.syntax.diagnostic import nearest


def line_of(source: str, span) -> str:
    """The line of the source where a span starts."""
    lines = source.splitlines()
    return lines[span.line - 1].strip() if 0 < span.line <= len(lines) else ""


def cannot_turn(source: str, step: Step) -> StepReport:
    """The report of a relation that turns a chain round."""
    message = "≤ and ≥ do not compose: this chain cannot turn round here"
    return StepReport(
        step.span.line,
        step.span.column,
        step.relation,
        line_of(source, step.span),
        "unjustified",
        message=message,
    )


def have_report(source: str, have: Have, verdict: str, message: str) -> StepReport:
    """The report of a fact with a proof of its own."""
    return StepReport(
        have.span.line,
        have.span.column,
        "have",
        line_of(source, have.span),
        verdict,
        label=have.label,
        message=message if verdict == "unjustified" else "",
    )


def step_report(
    source: str, work: Work, step: Step, relation: str, label: str | None, judged: Judgement
) -> StepReport:
    """The report of a judged step."""
    scope = work.item.scope
    text = (*judged.lacking, *(condition_text(c, scope) for c in judged.missing))
    asked = tuple(dict.fromkeys(_because(p, r, scope) for p, r in judged.asked))
    rules = tuple(judged.rules)
    if judged.verdict == "checked" and judged.proof is not None and judged.found:
        rules = tuple(judged.rules) or tuple(rules_used(judged.proof))
    return StepReport(
        step.span.line,
        step.span.column,
        relation,
        line_of(source, step.span),
        judged.verdict,
        rules,
        judged.found,
        text,
        asked,
        judged.counterexample,
        judged.message,
        label=label,
    )


def condition_text(prop: Term, scope) -> str:
    """A missing condition as a `given` would say it: `X square-integrable` for E[X²] < ∞."""
    if isinstance(prop, App) and prop.head == "integrable":
        measure, function = prop.args
        body = function.body if isinstance(function, Lam) else function
        if isinstance(body, App) and body.head == "pow" and body.args[1] is mk_nat(2):
            base = mk_lam(function.domain, body.args[0])
            if isinstance(base, Free):
                words = show_condition(mk("integrable", measure, base), scope)
                return words.replace(" integrable", " square-integrable", 1)
    return show_condition(prop, scope)


def _because(prop: Term, rule: str, scope) -> str:
    """Why a condition is wanted: the rule that needs it, or the value of an expression."""
    if rule != "value":
        return f"{rule} needs {show_condition(prop, scope)}"
    prop = claim_of(prop)
    if isinstance(prop, App) and prop.head == "or":
        return "a sum, product or power there must have a value: no ∞ - ∞, no 0 · ∞"
    return "every expression must have a value"


def unknown_name(
    source: str, unknown: UnknownName, step: Step, work: Work, relation: str, label: str | None
) -> StepReport:
    """The report of a step whose reason names something unknown."""
    word = str(unknown)
    place = next((n.span for n in step.reason.names if n.text == word), step.span)
    return StepReport(
        step.span.line,
        place.column,
        relation,
        line_of(source, step.span),
        "unreadable",
        message=f"{word} is not the name of a rule, theorem or label",
        expected="a name that `derive rules` lists",
        nearest=nearest(word, work.names.known()),
        label=label,
    )


def item_report(
    session: Session,
    item: Item,
    lines: list[StepReport],
    verdict: str,
    work: Work,
    statement: Proved | None,
    message: str,
) -> ItemReport:
    """The report of an item from those of its steps."""
    rules = session.library.rules
    shown = show(item.show, item.scope) if item.show is not None else ""
    axioms = (
        tuple(sorted(statement.axioms, key=lambda a: (_is_law(rules.get(a)), a)))
        if statement
        else ()
    )
    laws = sum(_is_law(rules.get(a)) for a in axioms)
    unused = unused_hypotheses(item, work) if statement else ()
    implied = Later(lambda: implied_hypotheses(item, work)) if statement else ()
    written = certificate(work, session.lemmas) if statement else None
    return ItemReport(
        item.name,
        item.kind,
        item.span.line,
        verdict,
        shown,
        tuple(lines),
        message,
        axioms,
        theorems_used(work, session.lemmas) if statement else (),
        unused,
        implied,
        (),
        written,
        laws,
    )


def _is_law(rule) -> bool:
    """Whether an axiom is structural (order, values, measurability, …), not a numbered fact."""
    return rule is None or rule.kind in ("structural", "congruence")


def refused_item(item: Item, name: str) -> ItemReport | None:
    """The report of an item that a file cannot have, or whose name means something else."""
    defined = item.scope.notations.why_taken(name) if item.kind != "define" else None
    why, wanted = "", "another name"
    if item.kind == "axiom":
        why = "axiom is only for the rulebook; write `given` for what you assume"
        wanted = "theorem, example or given"
    elif item.name in FAMILIES:
        why = f"{item.name} names a family of rules and cannot be the name of an item"
    elif item.scope.notations.get(item.name) is not None and defined is not None:
        why = defined
    return unreadable_item(why, item.span, wanted, "", name) if why else None


def definition_report(item: Item) -> ItemReport:
    """The report of a definition: what it means, or why it means nothing."""
    if item.notation is None:
        error = item.errors[0]
        return unreadable_item(error.message, error.span, error.expected, error.nearest, item.name)
    meaning = item.notation
    statement = f"{meaning.pattern} := {show(meaning.body, item.scope)}"
    return ItemReport(item.name, item.kind, item.span.line, "checked", statement, ())


def unreadable_item(
    message: str, span, expected: str, nearest: str, name: str | None = None
) -> ItemReport:
    """The report of an item that cannot be read."""
    step = StepReport(
        span.line,
        span.column,
        "",
        "",
        "unreadable",
        message=message,
        expected=expected,
        nearest=nearest,
    )
    return ItemReport(name, "unreadable", span.line, "unreadable", "", (step,), message)


def unreadable_step(error, span, relation: str, label: str | None = None) -> StepReport:
    """The report of a step that cannot be read."""
    where = error.span if error is not None else span
    message = error.message if error is not None else "this line cannot be read"
    return StepReport(
        span.line,
        where.column,
        relation,
        "",
        "unreadable",
        message=message,
        expected=error.expected if error is not None else "",
        nearest=error.nearest if error is not None else "",
        label=label,
    )
