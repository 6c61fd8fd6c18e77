"""The syntax tree of suffixes: what may follow an operand, read left to right."""

from __future__ import annotations

from dataclasses import dataclass

from derive.syntax.node import Node


@dataclass(frozen=True)
class Call(Node):
    """`(a, b, …)` after an operand: arguments, or a new factor. `hugging`: no space before."""

    args: tuple[Node, ...]
    hugging: bool


@dataclass(frozen=True)
class Bracket(Node):
    """`[…]` after an operand, as in `E[X]`, `E_Q[X | 𝒢]`, `Var[X]`; one argument, or a `Given`."""

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
    """`_*μ` after a map: the pushforward `T_*μ`.

    `measure` is the maximal hugging postfix after `*`.
    """

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
