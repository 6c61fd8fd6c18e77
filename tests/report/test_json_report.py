"""The fields that programs may rely on."""

from __future__ import annotations

import json

from samples import reports as r

from derive.report.json_report import report_json

ITEM = {"name", "line", "verdict", "steps"}
STEP = {"line", "relation", "verdict", "rules", "missing", "counterexample", "message"}


def test_the_contract_of_schema_1():
    data = json.loads(report_json(r.report(r.file(r.GOOD, r.BAD), r.UNOPENED)))
    assert data["schema"] == 1
    assert list(data["summary"]) == [
        "checked", "computed", "missing", "refuted", "unjustified", "unreadable",
    ]  # fmt: skip
    assert data["summary"]["checked"] == 2
    first, second = data["files"]
    assert first["path"] == "a.drv"
    assert "error" not in first
    assert all(item.keys() >= ITEM for item in first["items"])
    assert all(step.keys() >= STEP for item in first["items"] for step in item["steps"])
    assert second["items"] == []
    assert second["error"] == {"line": 1, "column": 1, "message": "no such file"}


def test_a_step_in_full():
    data = json.loads(report_json(r.report(r.file(r.BAD))))
    step = data["files"][0]["items"][0]["steps"][1]
    assert step["missing"] == ["P ≪ Q"]
    assert step["rules"] == ["change_of_measure"]
    assert (step["line"], step["column"], step["relation"]) == (7, 5, "=")


def test_ascii_output_means_the_same():
    report = r.report(r.file(r.BAD))
    plain = report_json(report, ascii_only=True)
    assert plain.isascii()
    assert json.loads(plain) == json.loads(report_json(report))
