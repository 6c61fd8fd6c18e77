"""The readable report: a line for each step, and under what failed, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from derive.report.data import GOOD, VERDICTS, FileReport, ItemReport, Report, StepReport
from derive.syntax.diagnostic import Diagnostic, render, visible, width
from derive.syntax.tree import Span

COLOURS = {
    "checked": "32", "computed": "36", "missing": "33",
    "unjustified": "35", "refuted": "31", "unreadable": "31",
}  # fmt: skip
VERDICT_WIDTH = max(map(len, VERDICTS))
TEXT_WIDTH = 48
SIDES = {"left": "left side", "right": "right side"}


@dataclass(frozen=True)
class Style:
    """How to print: in colour or not, with or without what an item rests on; one line explained."""

    colour: bool = False
    quiet: bool = False
    explain: int | None = None


PLAIN = Style()


def report_text(report: Report, style: Style = PLAIN) -> str:
    """All files of a report and the summary line."""
    parts = [file_text(file, style) for file in report.files]
    return "\n\n".join([*parts, summary_text(report, style)])


def file_text(file: FileReport, style: Style = PLAIN) -> str:
    """One file: its path, then its items."""
    head = painted(visible(file.path), "1", style)
    if file.error is not None:
        place = Span(file.error.line, file.error.column, file.error.line, file.error.column + 1)
        shown = render(Diagnostic(file.error.message, place), file.source, file.path)
        return f"{head}\n  {_verdict('unreadable', style).rstrip()}\n{_indented(shown, 4)}"
    if not file.items:
        return f"{head}\n  no derivation in it"
    items = [item_text(item, file, style) for item in file.items]
    return "\n".join([head, *items])


def item_text(item: ItemReport, file: FileReport, style: Style = PLAIN) -> str:
    """One item: its name and verdict, its steps, and the line on what it rests on."""
    name = f"{item.kind} {item.name}" if item.name else item.kind
    title = f"\n{painted(visible(name), '1', style)}, line {item.line}: "
    lines = [title + painted(item.verdict, COLOURS[item.verdict], style)]
    shown = [step_label(step) for step in item.steps]
    column = max((width(text) for text in shown if width(text) <= TEXT_WIDTH), default=0)
    digits = max((len(str(step.line)) for step in item.steps), default=1)
    for step, text in zip(item.steps, shown, strict=True):
        pad = " " * max(0, column - width(text))
        reason = "   " + _reason(step) if step.rules else ""
        head = f"  {step.line:>{digits}}  {_verdict(step.verdict, style)}  {text}{pad}{reason}"
        lines.append(head.rstrip())
        lines += [" " * (digits + 6) + line for line in details(step, file)]
        if step.line == style.explain:
            lines += [" " * (digits + 6) + line for line in explanation(step)]
    if item.message:
        lines.append(f"  {visible(item.message)}")
    lines += [f"  note: {visible(note)}" for note in item.notes]
    if not style.quiet:
        lines.append(f"  {visible(rests_on(item))}")
    return "\n".join(lines)


def step_label(step: StepReport) -> str:
    """A step as it stands in the chain: its relation and right side, or its `have`."""
    text = visible(" ".join(step.text.split()))
    relation = step.relation.split("…")[0].strip()
    if text.startswith(("have ", relation)) or not relation:
        return text
    if step.label is not None:
        return f"have {step.label}: {text}"
    return f"{relation} {text}"


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
    lines += [f"would follow from: {visible(given)}" for given in step.suggestions]
    if step.counterexample:
        lines += ["counterexample:", *(f"  {line}" for line in model_lines(step.counterexample))]
    return lines


def explanation(step: StepReport) -> list[str]:
    """The conditions that were discharged, each with the rule that needed it and what met it."""
    if not step.conditions:
        return ["no conditions were needed"]
    needs = [f"needs {visible(c.text)}" for c in step.conditions]
    column = max(width(need) for need in needs)
    return [
        need + " " * (column - width(need)) + f"   for {visible(c.needed_by)}: {visible(c.met_by)}"
        for need, c in zip(needs, step.conditions, strict=True)
    ]


def model_lines(model: Mapping[str, object]) -> list[str]:
    """A counterexample: its objects first, the two values last."""
    lines: list[str] = []
    for name, value in model.items():
        if name in SIDES:
            continue
        if isinstance(value, Mapping):
            lines += [f"{visible(str(k))} = {visible(str(v))}" for k, v in value.items()]
        else:
            lines.append(f"{visible(name)} = {visible(str(value))}")
    lines += [f"{SIDES[s]} = {visible(str(model[s]))}" for s in SIDES if s in model]
    return lines


def rests_on(item: ItemReport) -> str:
    """What an item rests on: axioms, then hypotheses that were not needed."""
    if item.verdict not in GOOD:
        parts = ["proves nothing yet"]
    elif item.axioms:
        parts = [f"rests on {counted(len(item.axioms), 'axiom')}: {', '.join(item.axioms)}"]
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


def counted(number: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def painted(text: str, code: str, style: Style) -> str:
    """`text` in a colour, if the style has colours."""
    return f"\033[{code}m{text}\033[0m" if style.colour else text


def _verdict(verdict: str, style: Style) -> str:
    return painted(verdict, COLOURS[verdict], style) + " " * (VERDICT_WIDTH - len(verdict))


def _reason(step: StepReport) -> str:
    return f"{'found' if step.found else 'by'} {', '.join(step.rules)}"


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def all_steps(files: Iterable[FileReport]) -> list[StepReport]:
    """Every step of some files."""
    return [step for file in files for item in file.items for step in item.steps]
