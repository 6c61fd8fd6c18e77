"""Hostile input ends in a diagnostic, in bounded time, whatever it is."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.syntax.diagnostic import SyntaxFailure, render
from derive.syntax.format import format_text
from derive.syntax.items import read
from derive.syntax.lines import decode
from derive.syntax.parse import parse_formula, parse_step, parse_type

HOSTILE = {
    "nested brackets":    "(" * 10_000 + "x" + ")" * 10_000,
    "mixed brackets":     "{[(" * 50 + "x" + ")]}" * 50,
    "open brackets":      "(" * 20_000,
    "long sum":           "+".join(["a"] * 100_000),
    "deep sum":           "+".join(["a"] * 9_000),
    "roots":              "√" * 9_000 + "x",
    "integrals":          "∫ " * 9_000 + "x",
    "functions":          "x ↦ " * 5_000 + "x",
    "sums":               "∑_n " * 3_000 + "a",
    "bars":               "|" * 15_000,
    "tower":              "10^10^10",
    "digits":             "9" * 100_000,
    "a long name":        "a" * 100_000,
    "control":            "a \x00\x1b[31m b",
    "import":             '__import__("os")',
    "underscores":        "_" * 5_000,
    "fractions":          "\\frac{" * 5_000,
    "closed fractions":   "\\frac{1}{" * 3_000 + "x" + "}" * 3_000,
    "bare fractions":     "\\frac" * 5_000,
    "fonts":              "\\mathcal{" * 3_000 + "x" + "}" * 3_000,
    "differentials":      "d(" * 5_000,
    "dummies":            "∫ f " + "(dx)" * 5_000,
    "quantifiers":        "for all x, " * 3_000 + "x",
    "pushforwards":       "T_*" * 5_000 + "μ",
    "commas":             "," * 10_000,
    "derivatives":        "dP/" * 6_000,
    "backslashes":        "\\" * 5_001,
    "surrogate":          "\ud800",
    "direction":          "\u202eabc",
    "combining":          "a" + "\u0301" * 20_000,
    "negatives":          "a·-" * 5_000 + "a",
    "subscripts":         "x" + "_{x" * 2_000 + "}" * 2_000,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_formulas_are_refused_soon(text):
    start = time.process_time()
    for parse in (parse_formula, parse_step, parse_type):
        with pytest.raises(SyntaxFailure) as caught:
            parse(text)
        assert render(caught.value.diagnostic, text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_read_to_the_end(text):
    lines = [text, f"given {text}", f"given a : {text}", f"= {text} by {text} with {text} := b",
             f"have {text}", f"define {text} := x", f"import {text}",
             "theorem last", "show a = a"]  # fmt: skip
    file = read("\n".join(lines))
    assert file.broken
    assert file.items[-1].name == "last"
    assert repr(file)


LONG = {
    "lines":         "a\n" * 2_000,
    "continuations": "a\n+" * 20_000,
    "open lines":    "(\n" * 20_000,
    "proofs":        "proof\n" * 20_000,
    "nested proofs": "theorem a\nshow a = a\nproof\n" + "have a\nproof\n" * 500,
    "comments":      "#" * 100_000 + "\n#" * 20_000,
    "quotes":        '"' * 50_000 + '\n"' * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_files_take_time_in_proportion(text):
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 20


ALPHABET = "abxyμνPQEdXΩ𝒳012()[]{}|‖_^'!+-·/∪∩∖∫∑⋃√=≤<∈≪→⟹↦,:~ \n\\\"#²⁻¹ᶜ∞*"
WORDS = ["given ", "show ", "theorem t\n", "proof\n", "qed\n", "have ", " by ", " with ", ":=",
         "dμ", "(dx)", "μ-a.e.", "a.s.", "1_A", "lim_n", "\\frac{", "\\mu", "for all x, ",
         "integrable under ", "measure on ", "import ", "in L^"]  # fmt: skip
TEXT = st.lists(st.sampled_from(list(ALPHABET) + WORDS), max_size=60).map("".join)


@given(TEXT)
def test_no_text_raises_anything_but_a_syntax_failure(text):
    for parse in (parse_formula, parse_step, parse_type):
        with suppress(SyntaxFailure):
            parse(text)


@given(TEXT)
def test_reading_and_formatting_never_raise(text):
    assert read(text) == read(text)
    once = format_text(text)
    assert format_text(once) == once


@given(st.text(max_size=80))
def test_any_characters_at_all(text):
    read(text)
    once = format_text(text)
    assert format_text(once) == once


@given(st.binary(max_size=80))
def test_any_bytes_at_all(data):
    with suppress(SyntaxFailure):
        assert "\r" not in decode(data)


def test_bytes_with_a_mark_and_foreign_line_ends():
    assert decode(b"\xef\xbb\xbfa\r\nb\rc") == "a\nb\nc"


def test_the_line_of_a_bad_byte_is_named():
    with pytest.raises(SyntaxFailure) as caught:
        decode(b"a\nb\xff")
    assert caught.value.diagnostic.span.line == 2
