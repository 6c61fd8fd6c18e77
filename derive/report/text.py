"""The readable report: a line for each step, and under what failed, why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from derive.report.data import GOOD, VERDICTS, FileReport, ItemReport, Report, StepReport
from derive.report.explanation import explanation_lines
from derive.report.style import COLOURS, PLAIN, Style, counted, painted
from derive.syntax.diagnostic import Diagnostic, render, visible, width
from derive.syntax.tree import Span

VERDICT_WIDTH = max(map(len, VERDICTS))
TEXT_WIDTH = 48
_COMMENT = re.compile(r"\s*#.*$")
_REASON = re.compile(r"^(.*?)\s+by\s+(\S.*)$")
SIDES = {"left": "left side", "right": "right side"}
WHOSE, SENTENCES = "example for", ("the step", "the conclusion", "the rule", "space")


def report_text(report: Report, style: Style = PLAIN) -> str:
    """All files of a report and the summary line."""
    parts = [file_text(file, style) for file in report.files]
    return "\n\n".join([*parts, summary_text(report, style)])


def file_text(file: FileReport, style: Style = PLAIN) -> str:
    """One file: its path, then its items."""
    head = painted(visible(file.path), "1", style)
    if file.error is not None:
        place = Span(file.error.line, file.error.column, file.error.line, file.error.column + 1)
        shown = f"{file.path}:{place.line}:{place.column}: {file.error.message}"
        if file.source:
            shown = render(Diagnostic(file.error.message, place), file.source, file.path)
        return f"{head}\n  {_verdict('unreadable', style).rstrip()}\n{_indented(shown, 4)}"
    if not file.items:
        return f"{head}\n  no derivation in it"
    items = [item_text(item, file, style) for item in file.items]
    return "\n".join([head, *items])


def item_text(item: ItemReport, file: FileReport, style: Style = PLAIN) -> str:
    """One item: its name and verdict, its steps, and the line on what it rests on."""
    lines = ["\n" + _title(item, style)]
    shown = [step_label(step) for step in item.steps]
    column = max((width(text) for text in shown if width(text) <= TEXT_WIDTH), default=0)
    digits = max((len(str(step.line)) for step in item.steps), default=1)
    for step, text in zip(item.steps, shown, strict=True):
        pad = " " * max(0, column - width(text))
        reason = f"   {visible(step_reason(step))}"
        head = f"  {step.line:>{digits}}  {_verdict(step.verdict, style)}  {text}{pad}{reason}"
        lines.append(head.rstrip())
        lines += [" " * (digits + 6) + line for line in details(step, file)]
        if step.line == style.explain:
            lines += [" " * (digits + 6) + line for line in explanation_lines(step)]
    if item.message and item.message not in [step.message for step in item.steps]:
        lines.append(f"  {visible(item.message)}")
    lines += [f"  note: {visible(note)}" for note in item.notes]
    if not style.quiet:
        lines.append(f"  {visible(rests_on(item))}")
    return "\n".join(lines)


def step_label(step: StepReport) -> str:
    """A step as it stands in the chain, without its reason: `= E[X] + 1`, `have h: A ⊆ B`."""
    text, _ = _parts(step)
    text = visible(" ".join(text.split()))
    relation = step.relation.split("…")[0].strip()
    if not relation or text.startswith(("have ", relation)):
        return text
    if step.label is not None:
        return f"have {step.label}: {text}"
    return f"{relation} {text}"


def step_reason(step: StepReport) -> str:
    """`by` and the reason as it was written, or what was found or used."""
    _, written = _parts(step)
    if written and not step.found:
        return f"by {written}"
    word = "found" if step.found else "by"
    return f"{word} {', '.join(step.rules)}" if step.rules else ""


def _parts(step: StepReport) -> tuple[str, str]:
    """The text of a step without its comment, and the reason in it."""
    text = _COMMENT.sub("", step.text)
    found = _REASON.match(text)
    return (found[1], found[2]) if found else (text, "")


def details(step: StepReport, file: FileReport) -> list[str]:
    """What stands under a step: place and caret, conditions, suggestions, counterexample."""
    lines: list[str] = []
    if step.verdict == "unreadable":
        place = Span(step.line, step.column, step.line, step.column + 1)
        problem = Diagnostic(step.message, place, step.expected, step.nearest)
        lines += render(problem, file.source, file.path).splitlines()
    elif step.message:
        lines += visible(step.message).splitlines()
    lines += [f"missing: {visible(condition)}" for condition in step.missing]
    lines += [f"because {visible(given)}" for given in step.suggestions]
    if step.counterexample:
        lines.append(example_heading(step))
        lines += [f"  {line}" for line in model_lines(step.counterexample)]
    return lines


def example_heading(step: StepReport) -> str:
    """What the model under a step is: it refutes the step, or shows what a condition is for."""
    whose = (step.counterexample or {}).get(WHOSE)
    if whose is not None:
        return f"example for {visible(str(whose))}:"
    return "counterexample:" if step.verdict == "refuted" else "without it, for example:"


def model_lines(model: Mapping[str, object]) -> list[str]:
    """A counterexample: its objects first, the two values last."""
    lines: list[str] = []
    for name, value in model.items():
        if name in SIDES or name == WHOSE:
            continue
        if isinstance(value, Mapping):
            lines += [f"{visible(str(k))} = {visible(str(v))}" for k, v in value.items()]
        else:
            verb = " " if name in SENTENCES else " = "
            lines.append(f"{visible(name)}{verb}{visible(str(value))}")
    lines += [f"{SIDES[s]} = {visible(str(model[s]))}" for s in SIDES if s in model]
    return lines


def rests_on(item: ItemReport) -> str:
    """What an item rests on: axioms, then hypotheses that were not needed; what a name means."""
    if item.kind == "define":
        return item.statement
    if item.verdict not in GOOD:
        parts = ["proves nothing yet"]
    elif item.axioms:
        facts = item.axioms[: len(item.axioms) - item.laws]
        named = f": {', '.join(facts)}" if facts else ""
        laws = f" and {counted(item.laws, 'structural law')}" if item.laws else ""
        parts = [f"rests on {counted(len(facts), 'fact')}{named}{laws}"]
    else:
        parts = ["rests on no axiom"]
    if item.unused:
        parts.append(f"unused: {', '.join(item.unused)}")
    parts += [f"implied: {given} by {', '.join(by)}" for given, by in item.implied]
    return "; ".join(parts)


def summary_text(report: Report, style: Style = PLAIN) -> str:
    """The last line: how many steps, and of which verdict."""
    total = sum(report.summary.values())
    counts = [
        painted(f"{report.summary[v]} {v}", COLOURS[v], style)
        for v in reversed(VERDICTS)
        if report.summary.get(v)
    ]
    unreadable = sum(1 for file in report.files if file.error)
    if unreadable:
        counts.append(painted(f"{counted(unreadable, 'file')} not read", "31", style))
    return f"{counted(total, 'step')}: {', '.join(counts)}" if counts else counted(total, "step")


def trust_text(report: Report) -> str:
    """What all good items of a report rest on: their axioms, and the computed steps by place."""
    items = [(file, item) for file in report.files for item in file.items if item.verdict in GOOD]
    axioms = sorted({axiom for _, item in items for axiom in item.axioms})
    lines = [f"{counted(len(items), 'item')} rest on {counted(len(axioms), 'axiom')}"]
    lines += [f"  {axiom}" for axiom in axioms]
    computed = [
        f"  {visible(file.path)}:{step.line}: {step_label(step)}"
        for file in report.files
        for item in file.items
        for step in item.steps
        if step.verdict == "computed"
    ]
    head = "computed, not proved" if computed else "no step is computed"
    return "\n".join([*lines, head, *computed])


def _verdict(verdict: str, style: Style) -> str:
    return painted(verdict, COLOURS[verdict], style) + " " * (VERDICT_WIDTH - len(verdict))


def _title(item: ItemReport, style: Style) -> str:
    name = f"{item.kind} {item.name}" if item.name else item.kind
    place = f"line {item.line}: " + painted(item.verdict, COLOURS[item.verdict], style)
    return place if item.kind == "unreadable" else f"{painted(visible(name), '1', style)}, {place}"


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def all_steps(files: Iterable[FileReport]) -> list[StepReport]:
    """Every step of some files."""
    return [step for file in files for item in file.items for step in item.steps]
