"""One line for each problem, as editors read it: `file:line:col: verdict: message`."""

from __future__ import annotations

from collections.abc import Iterator

from derive.report.data import GOOD, FileReport, ItemReport, StepReport, worst
from derive.syntax.diagnostic import visible


def short_lines(file: FileReport, *, strict: bool = False) -> Iterator[str]:
    """What is not checked in `file`, in order; with `strict`, what is only computed as well."""
    good = {"checked"} if strict else GOOD
    if file.error is not None:
        yield _line(file, file.error.line, file.error.column, "unreadable", file.error.message)
    for item in file.items:
        bad = [step for step in item.steps if step.verdict not in good]
        for step in bad:
            yield _line(file, step.line, step.column, step.verdict, step_message(step))
        if item.verdict not in good and item.verdict != worst([s.verdict for s in bad]):
            yield _line(file, item.line, 1, item.verdict, item_message(item))


def step_message(step: StepReport) -> str:
    """Why a step has its verdict, in one line."""
    parts = [step.message] if step.message else []
    if step.missing:
        parts.append("missing " + ", ".join(step.missing))
    if step.suggestions:
        parts.append("because " + ", ".join(step.suggestions))
    model = step.counterexample or {}
    if "left" in model and "right" in model:
        parts.append(f"left side {model['left']}, right side {model['right']}")
    if step.expected:
        parts.append(f"expected {step.expected}")
    if step.nearest:
        parts.append(f"nearest: {step.nearest}")
    return "; ".join(parts) or step.text


def item_message(item: ItemReport) -> str:
    """Why an item fails though its steps do not."""
    return item.message or f"the proof does not give {item.statement}"


def _line(file: FileReport, line: int, column: int, verdict: str, message: str) -> str:
    said = " ".join(message.split())
    return visible(f"{file.path}:{line}:{column}: {verdict}: {said}")
