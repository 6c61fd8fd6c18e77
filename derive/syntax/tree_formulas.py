"""The syntax tree of formulas: relations with their tails, connectives, properties."""

from __future__ import annotations

from derive.syntax.node import AdjectivePhrase, Node


class Relation(Node):
    """A chain of relations `e₀ r₁ e₁ r₂ e₂ …`, one or more.

    `r` is one of = ≠ ≤ ≥ < > ⊆ ∈ ∉ ≪ ⫫ ~ → ⟺ ⟹.
    `tail` is a trailing mode: `a.s.`, `μ-a.e.`, `in probability`, …
    """

    operands: tuple[Node, ...]
    relations: tuple[str, ...]
    tail: Node | None = None


class AlmostEverywhere(Node):
    """The tail `a.s.` (measure None) or `μ-a.e.`."""

    measure: Node | None


class Mode(Node):
    """The tail of a convergence.

    `kind` is `in probability`, `in distribution`, `in L` (with exponent), or `as` (`as n → ∞`,
    name).
    """

    kind: str
    exponent: Node | None = None
    name: str | None = None


class Conjunction(Node):
    """`φ and ψ`."""

    items: tuple[Node, ...]


class ForAll(Node):
    """`for all x, y ∈ D, φ` or `for all θ, φ`; `domain` may be absent."""

    names: tuple[str, ...]
    domain: Node | None
    body: Node


class HasProperty(Node):
    """`X, Y adjective [under μ | in θ]`: subjects, and adjective words as in `AdjectivePhrase`."""

    subjects: tuple[Node, ...]
    adjective: AdjectivePhrase


class HasDensity(Node):
    """`X has density p [with respect to μ]`."""

    subject: Node
    density: Node
    measure: Node | None
