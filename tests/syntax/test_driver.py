"""The driver reads every text as lark does."""

from __future__ import annotations

from typing import Any, cast

import pytest

from derive.syntax import lark_parser, parse
from derive.syntax.driver import Refused

TEXTS = [
    "1",
    "E[(X - E[X])²] + 2 a b / c",
    "∫ f · dP/dQ dQ",
    "∫ (∫ f(x,y) ν(dy)) μ(dx) = ∫_0^∞ P(X > t) dt",
    "μ(⋃_n (A_n ∩ B)) ≤ ∑_{n=1}^∞ μ(A_n)",
    "X_n → X in L^2",
    "f_n → f μ-a.e.",
    "{x ∈ 𝒳 | f(x) > t} ⊆ A ∪ Bᶜ",
    "for all x, y ∈ ℝ, x ≤ y ⟹ f(x) ≤ f(y)",
    "X, Y independent",
    "x ↦ x²",
    "X has density p with respect to μ",
    "|f_n| ≤ g μ-a.e.",
    "1_{A_n} · 1{X > t, Y ≤ 2}",
]


def lexemes_of(text: str):
    return parse._lexemes(text, parse._Places(text, 1, 1), types=False)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("start", ["top", "formula", "union", "step"])
def test_the_same_tree_or_the_same_refusal(text, start):
    try:
        ours: object = parse._driver().parse(lexemes_of(text), start)
    except Refused:
        ours = Refused
    try:
        theirs = lark_parser._parser().parse(cast(Any, lexemes_of(text)), start=start)
    except lark_parser.UnexpectedInput:
        theirs = Refused
    assert ours == theirs
