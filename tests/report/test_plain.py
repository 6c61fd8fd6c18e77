"""Output for terminals without Unicode."""

from __future__ import annotations

import pytest

from derive.report.plain import SPELLINGS, showable


@pytest.mark.parametrize(
    "text,             encoding,   shown",
    [
        ("μ(A) ≤ x²", "utf-8", "μ(A) ≤ x²"),
        ("μ(A) ≤ x²", "ascii", "\\mu(A) <= x^2"),
        ("μ(A) ≤ x²", "latin-1", "\\mu(A) <= x²"),
        ("μ ν", None, "\\mu \\nu"),
        ("∫f dμ", "ascii", "\\int f d\\mu"),
        ("𝒳 → ℝ", "ascii", "X -> \\R"),
        ("é 漢", "ascii", "e ?"),
        ("T⁻¹(B)", "ascii", "T^-^1(B)"),
        ("broken \udcff", "utf-8", "broken ?"),
        ("≤", "no such encoding", "<="),
    ],
)
def test_what_an_encoding_cannot_show_is_spelled(text, encoding, shown):
    assert showable(text, encoding) == shown


def test_every_spelling_is_ascii():
    assert all(spelling.isascii() and spelling for spelling in SPELLINGS.values())
