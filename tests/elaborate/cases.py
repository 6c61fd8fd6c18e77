"""An item with one object of each kind, in whose scope the tests read expressions."""

from __future__ import annotations

from derive.elaborate.item import Item
from derive.elaborate.statement import elaborate_file
from derive.syntax.items import read

DECLARATIONS = """\
given X, Y, Z : random variable
given U : random variable in 𝒳
given A, B, C : event
given a, b, c, x : real
given n, k : natural number
given f, g : ℝ → ℝ
given h : 𝒳 → ℝ
given p : ℝ × ℝ → ℝ
given T : 𝒳 → 𝒴
given S : 𝒴 → 𝒵
given D : event in 𝒴
given G : event in 𝒳
given I : event in ℝ
given μ, ν : measure on 𝒳
given ρ : measure on 𝒴
given 𝒢 : σ-algebra on Ω
given s, t : sequence of real
given V : sequence of random variable
given W : sequence of event
given F : sequence of 𝒳 → ℝ
given κ : kernel from 𝒳 to 𝒴
"""


def item_of(text: str) -> Item:
    """The first item of a text."""
    return elaborate_file(read(text, "test.drv"))[0]


def scene() -> Item:
    """The item of the declarations above."""
    item = item_of(f"theorem scene\n{DECLARATIONS}show a = a\n")
    assert not item.errors
    return item


SCENE = scene()
