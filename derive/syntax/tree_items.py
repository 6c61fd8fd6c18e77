"""The syntax tree above formulas: types, givens, reasons, chains, proofs, items and files."""

from __future__ import annotations

from derive.syntax.node import AdjectivePhrase, Name, Node


class TypePhrase(Node):
    """A type after the colon.

    `kind` is one of: measurable space, probability space, measure, σ-finite measure, finite
    measure, probability, σ-algebra, event, subset, function, random variable, kernel, real,
    natural number, interval, point, sequence. `positive real` is kind real with adjective positive.

    measure kinds, σ-algebra, event, subset, point, random variable: `space` (None = ambient or
    default). function, kernel: `space` and `target`. interval: `space` holds the Interval.
    sequence: `of`. probability space: `names` are the three names of `(Ω, ℱ, P)`.
    """

    kind: str
    space: Node | None = None
    target: Node | None = None
    of: TypePhrase | None = None
    names: tuple[str, ...] = ()


class Declare(Node):
    """`given A, B : TYPE, ADJECTIVE, …`."""

    names: tuple[str, ...]
    type: TypePhrase
    adjectives: tuple[AdjectivePhrase, ...]
    label: str | None = None


class Assume(Node):
    """`given [label:] PROPOSITION`."""

    formula: Node
    label: str | None = None


class Instance(Node):
    """`f := term` in a `with`; `params` for `φ(t) := …` are folded into a Lambda by the parser."""

    name: str
    term: Node


class Reason(Node):
    """`by a, b with f := t`; `names` keep their own spans for messages."""

    names: tuple[Name, ...]
    instances: tuple[Instance, ...] = ()


class ChainStep(Node):
    """`REL expression [tail] [by REASON]`; `span` starts at the relation."""

    relation: str
    term: Node
    tail: Node | None
    reason: Reason | None


class Chain(Node):
    """`first` and its steps (at least one)."""

    first: Node
    steps: tuple[ChainStep, ...]


class Have(Node):
    """`have [label:] PROP by REASON`, or with its own proof."""

    label: str | None
    formula: Node
    reason: Reason | None
    proof: Proof | None = None


class Proof(Node):
    """`proof … qed`: have lines, then at most one chain."""

    haves: tuple[Have, ...]
    chain: Chain | None


class Note(Node):
    """A rulebook remark.

    `source "…"`, `library "…"`, `without LABEL "…"`, `alias a, b`, `kind structural`.
    """

    kind: str
    words: tuple[str, ...]
    text: str


class Item(Node):
    """`kind` is theorem, axiom, define, example or derivation (a bare chain)."""

    kind: str
    name: str | None
    doc: str
    givens: tuple[Declare | Assume, ...]
    show: Node | None
    reason: Reason | None
    proof: Proof | None
    notes: tuple[Note, ...] = ()
    params: tuple[str, ...] = ()


class Broken(Node):
    """A place that could not be read; the rest of the file still is."""

    message: str
    expected: str = ""
    nearest: str = ""


class File(Node):
    """All items of one file or Markdown document in order; `imports` are (path, span)."""

    items: tuple[Item, ...]
    broken: tuple[Broken, ...]
    imports: tuple[Name, ...] = ()
