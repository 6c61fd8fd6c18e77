"""What an item is in core terms: objects, hypotheses, statement, proof."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.elaborate.declare import Declared, Hypothesis
from derive.elaborate.notation import Notation
from derive.elaborate.scope import Letter, Scope
from derive.kernel.term import Term
from derive.syntax import tree as t
from derive.syntax.diagnostic import Diagnostic


@dataclass(frozen=True)
class Step:
    """One step of a chain: `left REL right [tail]`. `prop` may contain the chain's letters as
    Frees; `closed` has them quantified. `error` says why the step is unreadable; then no terms."""

    relation: str
    left: Term | None
    right: Term | None
    tail: Term | None
    prop: Term | None
    closed: Term | None
    reason: t.Reason | None
    span: t.Span
    instances: dict[str, Term] = field(default_factory=dict)
    error: Diagnostic | None = None


@dataclass(frozen=True)
class Chain:
    """`first` and its steps; `letters` are undeclared letters, the same through the whole chain."""

    first: Term | None
    first_span: t.Span
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Have:
    """A fact on the way: its proposition and reason or proof."""

    label: str | None
    prop: Term | None
    reason: t.Reason | None
    span: t.Span
    proof: Proof | None = None
    instances: dict[str, Term] = field(default_factory=dict)
    error: Diagnostic | None = None


@dataclass(frozen=True)
class Proof:
    """`have` lines and at most one chain."""

    haves: tuple[Have, ...] = ()
    chain: Chain | None = None


@dataclass
class Item:
    """A theorem, axiom, definition, example or bare chain in core terms."""

    kind: str
    name: str | None
    doc: str
    notes: tuple[t.Note, ...]
    span: t.Span
    scope: Scope
    objects: list[Declared] = field(default_factory=list)
    hypotheses: list[Hypothesis] = field(default_factory=list)
    show: Term | None = None
    reason: t.Reason | None = None
    instances: dict[str, Term] = field(default_factory=dict)
    proof: Proof | None = None
    params: tuple[Term, ...] = ()
    body: Term | None = None
    notation: Notation | None = None
    letters: tuple[Letter, ...] = ()
    errors: list[Diagnostic] = field(default_factory=list)

    @property
    def givens(self) -> list[Term]:
        """The hypotheses in order, each once."""
        return list(dict.fromkeys(h.term for h in self.hypotheses))
