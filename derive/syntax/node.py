"""The node itself, and the two kinds that both formulas and items are made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """Where a piece of source stands: 1-based line and column, end exclusive on the same line."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Node:
    """A piece of an expression or formula."""

    span: Span = field(compare=False, kw_only=True)


@dataclass(frozen=True)
class Name(Node):
    """A name in canonical Unicode: a letter with digits and primes, a word, or ∞ ∅ ℝ ℕ π λ Ω."""

    text: str


@dataclass(frozen=True)
class AdjectivePhrase(Node):
    """`integrable under μ`, `pairwise disjoint`, `𝒢-measurable`, `differentiable in θ`.

    `word` is canonical; `measure` from `under μ`; `algebra` from `𝒢-measurable`; `argument` from
    `in θ`.
    """

    word: str
    measure: Node | None = None
    algebra: Node | None = None
    argument: str | None = None
