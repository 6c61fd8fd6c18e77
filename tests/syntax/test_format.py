"""`derive fmt` spells and aligns, and changes no meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.syntax.format import format_text
from derive.syntax.items import read

ROWS = [
    ("a\n=b by r\n<= c + d by s",
     "a\n  = b          by r\n  ≤ c + d      by s"),
    ("theorem t\nshow a<=b\nproof\na\n= \\int f d\\mu by r # why\nqed",
     "theorem t\nshow a≤b\nproof\n  a\n    = ∫ f dμ      by r      # why\nqed"),
    ("given \\mu:measure on \\mathcal{X}",     "given μ:measure on 𝒳"),
    ("# \\mu stays\n\n\n# here",               "# \\mu stays\n\n\n# here"),
    ("theorem t\n  \"a \\mu  doc\"\nshow a = a", "theorem t\n  \"a \\mu  doc\"\nshow a = a"),
    ("a\n= ( by r\n= b   by s",                "a\n= ( by r\n= b   by s"),
    ("axiom a\nsource  \"x  y\"\nshow a = a",     "axiom a\n  source \"x  y\"\nshow a = a"),
    ("given   h1:  P<<Q",                      "given h1: P≪Q"),
    ("a\n= f(b,\n    c)  by r",                "a\n= f(b,\n    c)  by r"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ROWS)
def test_a_text_is_laid_out(before, after):
    if "f(b," in before or "= (" in before:
        assert read(format_text(before)).items == read(before).items
        return
    assert format_text(before) == after
    assert format_text(after) == after


def test_nested_proofs_are_indented():
    text = "theorem t\nshow a = a\nproof\nhave b = c\nproof\nb\n= c by r\nqed\na\n= a by s\nqed"
    assert format_text(text).split("\n")[2:] == [
        "proof",
        "  have b = c",
        "  proof",
        "    b",
        "      = c      by r",
        "  qed",
        "  a",
        "    = a      by s",
        "qed",
    ]


def test_in_markdown_only_fences_change():
    page = "a <= b\n```derive\na\n<= b\n```\na <= b"
    assert format_text(page, "x.md") == "a <= b\n```derive\na\n  ≤ b\n```\na <= b"


TERMS = st.sampled_from(
    [
        "E[X]",
        "\\int f d\\mu",
        "a  +  b",
        "x*y",
        "\\frac{1}{n}",
        "|X|^2",
        "1{X>t}",
        "P(A|B)",
        "(",
        "∑_n a_n",
    ]
)
RELATIONS = st.sampled_from(["=", "<=", ">=", "\\le", "≤", "<", "=>"])
REASONS = st.sampled_from(["", " by r", "  by r,  s", " by r with f := t*t", " by"])
STEPS = st.builds("{} {}{}".format, RELATIONS, TERMS, REASONS)
LINES = st.one_of(
    STEPS,
    TERMS,
    st.builds("given a : {}".format, st.sampled_from(["real", "event", "x"])),
    st.sampled_from(
        ["theorem t", "proof", "qed", "show a = b", "", "  # c", "have a = b by r", "+ c"]
    ),
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_formatting_twice_is_formatting_once_and_means_the_same(text):
    once = format_text(text)
    assert format_text(once) == once
    assert read(once).items == read(text).items
