"""`derive.check` for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

import derive


def test_a_str_is_text(engine):
    report = derive.check("\ufeffgiven a : real\r\n", strict=True)
    assert isinstance(report, derive.Report)
    assert report.ok
    assert engine.asked == [
        ("given a : real\n", "<text>", {"markdown": False, "strict": True, "explain": None})
    ]


def test_a_path_is_a_file_and_markdown_is_known_by_its_name(engine, tmp_path):
    page = tmp_path / "page.MD"
    page.write_text("text")
    derive.check(page)
    assert engine.asked[0][:2] == ("text", str(page))
    assert engine.asked[0][2]["markdown"] is True


@pytest.mark.parametrize("source", [Path("none.drv"), "none.drv"])
def test_what_is_not_there_is_an_error_of_the_report(engine, source):
    report = derive.check(source)
    assert report.exit_code() == 2
    assert report.files[0].error is not None
    assert engine.asked == []


@pytest.mark.parametrize("source", [None, 3, b"text", ["text"]])
def test_anything_else_is_a_type_error(source):
    with pytest.raises(TypeError, match="takes a text or a path"):
        derive.check(source)


def test_the_public_names():
    assert sorted(derive.__all__) == ["Report", "__version__", "check"]
    assert set(derive.__all__) <= set(dir(derive))
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        _ = derive.chek
