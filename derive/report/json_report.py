"""The report for programs. `schema` 1 is a promise: fields may be added, none removed."""

from __future__ import annotations

import json
from typing import Any

from derive.report.data import (
    Condition,
    Explanation,
    FileReport,
    ItemReport,
    Move,
    Report,
    StepReport,
)

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
    told = step.explanation
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
        "conditions": [_condition(c) for c in told.conditions] if told is not None else [],
        "explanation": _explanation(told) if told is not None else None,
        "expected": step.expected,
        "nearest": step.nearest,
    }


def _explanation(told: Explanation) -> dict[str, Any]:
    return {
        "claim": told.claim,
        "moves": [_move(move) for move in told.moves],
        "values": [_condition(c) for c in told.values],
        "notes": list(told.notes),
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "before": move.before,
        "relation": move.relation,
        "after": move.after,
        "rule": move.rule,
        "instance": dict(move.instance),
        "backwards": move.backwards,
        "conditions": [_condition(c) for c in move.conditions],
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "text": condition.text,
        "needed_by": condition.needed_by,
        "met_by": condition.met_by,
        "parts": [_condition(part) for part in condition.parts],
        "tried": [
            {"rule": attempt.rule, "premises": [_condition(p) for p in attempt.premises]}
            for attempt in condition.tried
        ],
    }
