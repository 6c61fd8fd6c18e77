"""The syntax tree: what the grammar read, before any name has a meaning.

Every node is a frozen dataclass with a `span`; a consumer takes a node apart by an exhaustive
`match`, so that a child nobody read is an error and not a silent loss.
"""

from __future__ import annotations

from derive.syntax.node import AdjectivePhrase as AdjectivePhrase
from derive.syntax.node import Name as Name
from derive.syntax.node import Node as Node
from derive.syntax.node import Span as Span
from derive.syntax.tree_formulas import AlmostEverywhere as AlmostEverywhere
from derive.syntax.tree_formulas import Conjunction as Conjunction
from derive.syntax.tree_formulas import ForAll as ForAll
from derive.syntax.tree_formulas import HasDensity as HasDensity
from derive.syntax.tree_formulas import HasProperty as HasProperty
from derive.syntax.tree_formulas import Mode as Mode
from derive.syntax.tree_formulas import Relation as Relation
from derive.syntax.tree_items import Assume as Assume
from derive.syntax.tree_items import Broken as Broken
from derive.syntax.tree_items import Chain as Chain
from derive.syntax.tree_items import ChainStep as ChainStep
from derive.syntax.tree_items import Declare as Declare
from derive.syntax.tree_items import File as File
from derive.syntax.tree_items import Have as Have
from derive.syntax.tree_items import Instance as Instance
from derive.syntax.tree_items import Item as Item
from derive.syntax.tree_items import Note as Note
from derive.syntax.tree_items import Proof as Proof
from derive.syntax.tree_items import Reason as Reason
from derive.syntax.tree_items import TypePhrase as TypePhrase
from derive.syntax.tree_suffixes import Bracket as Bracket
from derive.syntax.tree_suffixes import Call as Call
from derive.syntax.tree_suffixes import Complement as Complement
from derive.syntax.tree_suffixes import Factorial as Factorial
from derive.syntax.tree_suffixes import Inverse as Inverse
from derive.syntax.tree_suffixes import Prime as Prime
from derive.syntax.tree_suffixes import PushBy as PushBy
from derive.syntax.tree_suffixes import RestrictTo as RestrictTo
from derive.syntax.tree_suffixes import Sub as Sub
from derive.syntax.tree_suffixes import Suffixed as Suffixed
from derive.syntax.tree_suffixes import Sup as Sup
from derive.syntax.tree_suffixes import TensorPower as TensorPower

# ---- atoms -----------------------------------------------------------------------------------


class Number(Node):
    """A nonnegative decimal numeral as written: `2`, `0.5`."""

    text: str


# ---- operations --------------------------------------------------------------------------------


class Juxtaposed(Node):
    """Factors written side by side, two or more: `a b`, `2 E[X]`, `f (x)`."""

    factors: tuple[Node, ...]


class Binary(Node):
    """`op` is one of + - · / ∪ ∩ ∖ ∆ × ⊗ ∘; `·` also stands for density `f·μ`. Left-associative."""

    op: str
    left: Node
    right: Node


class Negative(Node):
    """Unary minus."""

    operand: Node


class Absolute(Node):
    """`|x|`."""

    operand: Node


class Root(Node):
    """`√x`."""

    operand: Node


class Tuple(Node):
    """`(x, y)` standing alone as a point of a product."""

    items: tuple[Node, ...]


class Group(Node):
    """A parenthesised expression `(e)`; kept, because it decides what `f (x)` may mean."""

    inner: Node


class Lambda(Node):
    """`x ↦ body`; `names` has more than one entry for `(x, y) ↦ body`."""

    names: tuple[str, ...]
    body: Node


class Indicator(Node):
    """`1_A`, `1{…}`, `𝟙_A`: `event` is the subscript expression or a `Braces`."""

    event: Node


class Braces(Node):
    """`{φ, ψ}` with no `|`: the event that all the propositions hold, or a finite set of points."""

    items: tuple[Node, ...]


class SetOf(Node):
    """`{x ∈ D | φ}`."""

    name: str
    domain: Node
    condition: Node


class Interval(Node):
    """`[a,b]`, `(a,b)`, `[a,b)`, `(a,b]`.

    `(a,b)` between numbers is a `Tuple` that the elaborator may reread.
    """

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


class Given(Node):
    """`left | right` inside `P(…)`, `E[…]`, `H(…)`."""

    left: Node
    right: Node


class Divergence(Node):
    """`P ‖ Q` inside `KL(…)`."""

    left: Node
    right: Node


class RNDerivative(Node):
    """`dν/dμ`, `d(f·μ)/dμ`."""

    numerator: Node
    denominator: Node


class Range(Node):
    """The index of a big operator: `_n` (all None), `_{n=a}^b`, `_{x∈S}`, `_{n→∞}`."""

    name: str
    low: Node | None = None
    high: Node | None = None
    domain: Node | None = None


class Big(Node):
    """`op` is one of ∑ ∏ ⋃ ⋂ lim sup inf limsup liminf; the body is the longest product."""

    op: str
    index: Range
    body: Node


class Derivative(Node):
    """`d/dθ body`, `∂/∂θ body`."""

    name: str
    body: Node


class Differential(Node):
    """What closes an integral. `dx`: measure None, names ("x",). `dμ`: measure, no names.
    `dμ(x)`, `d(μ ⊗ ν)(x,y)`, `μ(dx)`, `κ(x)(dy)`: measure and names.
    For a single letter as in `dP` or `dx` the parser cannot know: it gives measure=Name, names=()
    and the elaborator takes it for a variable unless a measure of that name is declared."""

    measure: Node | None
    names: tuple[str, ...]


class Integral(Node):
    """`∫ body d…`, `∫_A body d…`, `∫_a^b body dx`. `region` or (`low`, `high`), or none of them."""

    body: Node
    differential: Differential
    region: Node | None = None
    low: Node | None = None
    high: Node | None = None
