"""The syntax tree of suffixes: what may follow an operand, read left to right."""

from __future__ import annotations

from derive.syntax.node import Node


class Call(Node):
    """`(a, b, …)` after an operand: arguments, or a new factor. `hugging`: no space before."""

    args: tuple[Node, ...]
    hugging: bool


class Bracket(Node):
    """`[…]` after an operand, as in `E[X]`, `E_Q[X | 𝒢]`, `Var[X]`; one argument, or a `Given`."""

    args: tuple[Node, ...]


class Sub(Node):
    """A subscript `_x` or `_{…}`."""

    index: Node


class Sup(Node):
    """A superscript `^x`, `^{…}`, `²`: a power (tensor power is `TensorPower`)."""

    exponent: Node


class TensorPower(Node):
    """`^{⊗n}`."""

    exponent: Node


class Complement(Node):
    """`ᶜ` or `^c`."""


class Inverse(Node):
    """`⁻¹` or `^{-1}`: preimage, inverse or reciprocal (rulings L10)."""


class Prime(Node):
    """A derivative prime that is not part of a declared name: `g'(x)`."""


class Factorial(Node):
    """`!`."""


class PushBy(Node):
    """`_*μ` after a map: the pushforward `T_*μ`.

    `measure` is the maximal hugging postfix after `*`.
    """

    measure: Node


class RestrictTo(Node):
    """`|_A` after a measure."""

    region: Node


class Suffixed(Node):
    """An atom followed by at least one suffix."""

    base: Node
    suffixes: tuple[Node, ...]
