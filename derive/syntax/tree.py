"""The syntax tree: what the grammar read, before any name has a meaning.

Every node is a frozen dataclass with a `span`; a consumer takes a node apart by an exhaustive
`match`, so that a child nobody read is an error and not a silent loss.
"""

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


# ---- atoms -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Name(Node):
    """A name in canonical Unicode: a letter with digits and primes, or a word; also ∞ ∅ ℝ ℕ π λ Ω."""

    text: str


@dataclass(frozen=True)
class Number(Node):
    """A nonnegative decimal numeral as written: `2`, `0.5`."""

    text: str


# ---- suffixes: `atom s₁ s₂ …`, read left to right by the elaborator (rulings L3) ---------------


@dataclass(frozen=True)
class Call(Node):
    """`(a, b, …)` after an operand: an argument list, or a new factor. `hugging`: no space before."""

    args: tuple[Node, ...]
    hugging: bool


@dataclass(frozen=True)
class Bracket(Node):
    """`[…]` after an operand, as in `E[X]`, `E_Q[X | 𝒢]`, `Var[X]`. One argument, perhaps a `Given`."""

    args: tuple[Node, ...]


@dataclass(frozen=True)
class Sub(Node):
    """A subscript `_x` or `_{…}`."""

    index: Node


@dataclass(frozen=True)
class Sup(Node):
    """A superscript `^x`, `^{…}`, `²`: a power (tensor power is `TensorPower`)."""

    exponent: Node


@dataclass(frozen=True)
class TensorPower(Node):
    """`^{⊗n}`."""

    exponent: Node


@dataclass(frozen=True)
class Complement(Node):
    """`ᶜ` or `^c`."""


@dataclass(frozen=True)
class Inverse(Node):
    """`⁻¹` or `^{-1}`: preimage, inverse or reciprocal (rulings L10)."""


@dataclass(frozen=True)
class Prime(Node):
    """A derivative prime that is not part of a declared name: `g'(x)`."""


@dataclass(frozen=True)
class Factorial(Node):
    """`!`."""


@dataclass(frozen=True)
class PushBy(Node):
    """`_*μ` after a map: the pushforward `T_*μ`; `measure` is the maximal hugging postfix after `*`."""

    measure: Node


@dataclass(frozen=True)
class RestrictTo(Node):
    """`|_A` after a measure."""

    region: Node


@dataclass(frozen=True)
class Suffixed(Node):
    """An atom followed by at least one suffix."""

    base: Node
    suffixes: tuple[Node, ...]


# ---- operations --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Juxtaposed(Node):
    """Factors written side by side, two or more: `a b`, `2 E[X]`, `f (x)`."""

    factors: tuple[Node, ...]


@dataclass(frozen=True)
class Binary(Node):
    """`op` is one of + - · / ∪ ∩ ∖ ∆ × ⊗ ∘; `·` also stands for density `f·μ`. Left-associative."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Negative(Node):
    """Unary minus."""

    operand: Node


@dataclass(frozen=True)
class Absolute(Node):
    """`|x|`."""

    operand: Node


@dataclass(frozen=True)
class Root(Node):
    """`√x`."""

    operand: Node


@dataclass(frozen=True)
class Tuple(Node):
    """`(x, y)` standing alone as a point of a product."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Group(Node):
    """A parenthesised expression `(e)`; kept, because it decides what `f (x)` may mean."""

    inner: Node


@dataclass(frozen=True)
class Lambda(Node):
    """`x ↦ body`; `names` has more than one entry for `(x, y) ↦ body`."""

    names: tuple[str, ...]
    body: Node


@dataclass(frozen=True)
class Indicator(Node):
    """`1_A`, `1{…}`, `𝟙_A`: `event` is the subscript expression or a `Braces`."""

    event: Node


@dataclass(frozen=True)
class Braces(Node):
    """`{φ, ψ}` with no `|`: the event that all the propositions hold, or a finite set of points."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class SetOf(Node):
    """`{x ∈ D | φ}`."""

    name: str
    domain: Node
    condition: Node


@dataclass(frozen=True)
class Interval(Node):
    """`[a,b]`, `(a,b)`, `[a,b)`, `(a,b]`; `(a,b)` between numbers is a `Tuple` that the elaborator may reread."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True)
class Given(Node):
    """`left | right` inside `P(…)`, `E[…]`, `H(…)`."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Divergence(Node):
    """`P ‖ Q` inside `KL(…)`."""

    left: Node
    right: Node


@dataclass(frozen=True)
class RNDerivative(Node):
    """`dν/dμ`, `d(f·μ)/dμ`."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True)
class Range(Node):
    """The index of a big operator: `_n` (all None), `_{n=a}^b`, `_{x∈S}`, `_{n→∞}`."""

    name: str
    low: Node | None = None
    high: Node | None = None
    domain: Node | None = None


@dataclass(frozen=True)
class Big(Node):
    """`op` is one of ∑ ∏ ⋃ ⋂ lim sup inf limsup liminf; the body is the longest product to the right."""

    op: str
    index: Range
    body: Node


@dataclass(frozen=True)
class Derivative(Node):
    """`d/dθ body`, `∂/∂θ body`."""

    name: str
    body: Node


@dataclass(frozen=True)
class Differential(Node):
    """What closes an integral. `dx`: measure None, names ("x",). `dμ`: measure, no names.
    `dμ(x)`, `d(μ ⊗ ν)(x,y)`, `μ(dx)`, `κ(x)(dy)`: measure and names.
    For a single letter as in `dP` or `dx` the parser cannot know: it gives measure=Name, names=()
    and the elaborator takes it for a variable unless a measure of that name is declared."""

    measure: Node | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class Integral(Node):
    """`∫ body d…`, `∫_A body d…`, `∫_a^b body dx`. `region` or (`low`, `high`), or none of them."""

    body: Node
    differential: Differential
    region: Node | None = None
    low: Node | None = None
    high: Node | None = None


# ---- formulas ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relation(Node):
    """A chain of relations `e₀ r₁ e₁ r₂ e₂ …`, one or more; `r` is one of
    = ≠ ≤ ≥ < > ⊆ ∈ ∉ ≪ ⫫ ~ → ⟺ ⟹; `tail` is a trailing mode: `a.s.`, `μ-a.e.`, `in probability`, …"""

    operands: tuple[Node, ...]
    relations: tuple[str, ...]
    tail: Node | None = None


@dataclass(frozen=True)
class AlmostEverywhere(Node):
    """The tail `a.s.` (measure None) or `μ-a.e.`."""

    measure: Node | None


@dataclass(frozen=True)
class Mode(Node):
    """The tail of a convergence: `kind` is `in probability`, `in distribution`, `in L` (with exponent), or `as` (`as n → ∞`, name)."""

    kind: str
    exponent: Node | None = None
    name: str | None = None


@dataclass(frozen=True)
class Conjunction(Node):
    """`φ and ψ`."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class ForAll(Node):
    """`for all x, y ∈ D, φ` or `for all θ, φ`; `domain` may be absent."""

    names: tuple[str, ...]
    domain: Node | None
    body: Node


@dataclass(frozen=True)
class HasProperty(Node):
    """`X, Y adjective [under μ | in θ]`: subjects, and adjective words as in `AdjectivePhrase`."""

    subjects: tuple[Node, ...]
    adjective: AdjectivePhrase


@dataclass(frozen=True)
class HasDensity(Node):
    """`X has density p [with respect to μ]`."""

    subject: Node
    density: Node
    measure: Node | None


@dataclass(frozen=True)
class AdjectivePhrase(Node):
    """`integrable under μ`, `pairwise disjoint`, `𝒢-measurable`, `differentiable in θ`.
    `word` is canonical; `measure` from `under μ`; `algebra` from `𝒢-measurable`; `argument` from `in θ`."""

    word: str
    measure: Node | None = None
    algebra: Node | None = None
    argument: str | None = None


# ---- items -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TypePhrase(Node):
    """A type after the colon. `kind` is one of: measurable space, probability space, measure, σ-finite measure,
    finite measure, probability, σ-algebra, event, subset, function, random variable, kernel, real, natural number,
    interval, point, sequence.
    measure kinds, σ-algebra, event, subset, point, random variable: `space` (None = ambient / default).
    function, kernel: `space` and `target`. interval: `space` holds the Interval. sequence: `of`. probability space: `names`
    are the three names of `(Ω, ℱ, P)`. `positive real` is kind real with adjective positive."""

    kind: str
    space: Node | None = None
    target: Node | None = None
    of: TypePhrase | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declare(Node):
    """`given A, B : TYPE, ADJECTIVE, …`."""

    names: tuple[str, ...]
    type: TypePhrase
    adjectives: tuple[AdjectivePhrase, ...]
    label: str | None = None


@dataclass(frozen=True)
class Assume(Node):
    """`given [label:] PROPOSITION`."""

    formula: Node
    label: str | None = None


@dataclass(frozen=True)
class Instance(Node):
    """`f := term` in a `with`; `params` for `φ(t) := …` are folded into a Lambda by the parser."""

    name: str
    term: Node


@dataclass(frozen=True)
class Reason(Node):
    """`by a, b with f := t`; `names` keep their own spans for messages."""

    names: tuple[Name, ...]
    instances: tuple[Instance, ...] = ()


@dataclass(frozen=True)
class ChainStep(Node):
    """`REL expression [tail] [by REASON]`; `span` starts at the relation."""

    relation: str
    term: Node
    tail: Node | None
    reason: Reason | None


@dataclass(frozen=True)
class Chain(Node):
    """`first` and its steps (at least one)."""

    first: Node
    steps: tuple[ChainStep, ...]


@dataclass(frozen=True)
class Have(Node):
    """`have [label:] PROP by REASON`, or with its own proof."""

    label: str | None
    formula: Node
    reason: Reason | None
    proof: Proof | None = None


@dataclass(frozen=True)
class Proof(Node):
    """`proof … qed`: have lines, then at most one chain."""

    haves: tuple[Have, ...]
    chain: Chain | None


@dataclass(frozen=True)
class Note(Node):
    """Rulebook remarks: `source "…"`, `library "…"`, `without LABEL "…"`, `alias a, b`, `kind structural`."""

    kind: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Broken(Node):
    """A place that could not be read; the rest of the file still is."""

    message: str
    expected: str = ""
    nearest: str = ""


@dataclass(frozen=True)
class File(Node):
    """All items of one file or Markdown document in order; `imports` are (path, span)."""

    items: tuple[Item, ...]
    broken: tuple[Broken, ...]
    imports: tuple[Name, ...] = ()
