"""The report for programs. `schema` 1 is a promise: fields may be added, none removed."""

from __future__ import annotations

import json
from typing import Any

from derive.report.data import FileReport, ItemReport, Report, StepReport

SCHEMA = 1
_SUMMARY = ("checked", "computed", "missing", "refuted", "unjustified", "unreadable")


def report_json(report: Report, *, ascii_only: bool = False) -> str:
    """A report as one JSON object."""
    return json.dumps(as_data(report), ensure_ascii=ascii_only, indent=1, default=str)


def as_data(report: Report) -> dict[str, Any]:
    """A report as dictionaries and lists."""
    return {
        "schema": SCHEMA,
        "files": [_file(file) for file in report.files],
        "summary": {verdict: report.summary.get(verdict, 0) for verdict in _SUMMARY},
    }


def _file(file: FileReport) -> dict[str, Any]:
    data: dict[str, Any] = {"path": file.path, "items": [_item(item) for item in file.items]}
    if file.error is not None:
        error = file.error
        data["error"] = {"line": error.line, "column": error.column, "message": error.message}
    return data


def _item(item: ItemReport) -> dict[str, Any]:
    return {
        "name": item.name,
        "line": item.line,
        "verdict": item.verdict,
        "steps": [_step(step) for step in item.steps],
        "kind": item.kind,
        "statement": item.statement,
        "message": item.message,
        "axioms": list(item.axioms),
        "theorems": list(item.theorems),
        "unused": list(item.unused),
        "implied": [{"given": given, "by": list(by)} for given, by in item.implied],
        "notes": list(item.notes),
    }


def _step(step: StepReport) -> dict[str, Any]:
    return {
        "line": step.line,
        "relation": step.relation,
        "verdict": step.verdict,
        "rules": list(step.rules),
        "missing": list(step.missing),
        "counterexample": step.counterexample,
        "message": step.message,
        "column": step.column,
        "text": step.text,
        "label": step.label,
        "found": step.found,
        "suggestions": list(step.suggestions),
        "conditions": [
            {"text": c.text, "needed_by": c.needed_by, "met_by": c.met_by} for c in step.conditions
        ],
        "expected": step.expected,
        "nearest": step.nearest,
    }
