"""Every message of the table has its examples, and says where and what."""

from __future__ import annotations

import pytest

from derive.syntax.diagnostic import Diagnostic, SyntaxFailure, render, visible, width
from derive.syntax.errors import SYNTAX_ERRORS
from derive.syntax.parse import parse_expression, parse_formula, parse_type
from derive.syntax.tree import Span

ROWS = [(message, text) for message, texts in SYNTAX_ERRORS.items() for text in texts]


@pytest.mark.parametrize(("message", "text"), ROWS)
def test_a_malformed_formula_gets_its_message(message, text):
    with pytest.raises(SyntaxFailure) as caught:
        parse_formula(text)
    assert caught.value.diagnostic.message == message


PLACES = [
    ("a + · b",              5,  "an expression", ""),
    ("a\n + · b",            4,  "an expression", ""),
    ("∫ f",                  4,  "d…",            ""),
    ("f @ g",                3,  "",              ""),
    (r"\mu + \intt f",       7,  "a known LaTeX command", r"\int, \infty, \in"),
    (r"\mu + · b",           7,  "an expression", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "expected", "near"), PLACES)
def test_a_message_has_a_place(text, column, expected, near):
    with pytest.raises(SyntaxFailure) as caught:
        parse_formula(text, line=3)
    found = caught.value.diagnostic
    assert (found.span.line, found.span.column) == (3 + text.count("\n"), column)
    assert (found.expected, found.nearest) == (expected, near)


def test_a_type_that_is_none_gets_the_nearest():
    with pytest.raises(SyntaxFailure) as caught:
        parse_type("probabilty")
    assert caught.value.diagnostic.nearest.startswith("probability")


def test_rendering_shows_the_line_and_the_place():
    source = "x\n  E[𝒳 ∪ ] = 1\n"
    with pytest.raises(SyntaxFailure) as caught:
        parse_expression("E[𝒳 ∪ ]", line=2, column=3)
    assert render(caught.value.diagnostic, source, "a.drv").split("\n") == [
        "a.drv:2:9: an operand is missing here",
        "    E[𝒳 ∪ ] = 1",
        "          ^",
        "  expected: an expression",
    ]


WIDTHS = [("abc", 3), ("中", 2), ("e\u0301", 1), ("𝒳", 1), ("", 0), ("\u200b", 0)]


@pytest.mark.parametrize(("text", "columns"), WIDTHS)
def test_width_counts_terminal_columns(text, columns):
    assert width(text) == columns


def test_rendering_never_drives_the_terminal():
    text = "a \x1b[31m\u202e b"
    shown = render(Diagnostic(text, Span(1, 3, 1, 4), text, text), text)
    assert not set("\x1b\u202e") & set(shown)
    assert visible("\t\x00") == " \ufffd"


def test_rendering_survives_a_place_outside_the_text():
    shown = render(Diagnostic("m", Span(9, 400, 9, 401)), "a\nb")
    assert shown == "<input>:9:400: m"
    assert "^" in render(Diagnostic("m", Span(1, 5, 1, 2)), "x" * 1000)
