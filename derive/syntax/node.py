"""The node itself, and the two kinds that both formulas and items are made of."""

from __future__ import annotations

from typing import NamedTuple, TypeVar


class Span(NamedTuple):
    """Where a piece of source stands: 1-based line and column, end exclusive on the same line."""

    line: int
    column: int
    end_line: int
    end_column: int


_Kind = TypeVar("_Kind", bound="Node")


class Node:
    """A piece of an expression or formula.

    A subclass names its fields by annotations, as a dataclass does, and its nodes are made and
    compared like those of a frozen dataclass with a keyword `span` that does not count. (Eighty
    dataclasses take longer to make than a short file takes to check.)
    """

    __match_args__: tuple[str, ...] = ()
    span: Span

    def __init_subclass__(cls) -> None:
        own = cls.__dict__.get("__annotations__", ())  # noqa: RUF063 (inspect is dear to import)
        # mypy wants the names as literals, which only each subclass has.
        cls.__match_args__ = tuple(own)  # type: ignore[misc]

    def __init__(self, *values: object, span: Span, **named: object) -> None:
        names = self.__match_args__
        if len(values) == len(names) and not named:
            self.__dict__.update(zip(names, values, strict=True), span=span)
            return
        if len(values) > len(names) or not named.keys() <= set(names[len(values) :]):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")
        own = dict(zip(names, values, strict=False)) | named
        for name in names:
            if name not in own:
                if not hasattr(type(self), name):
                    raise TypeError(f"{type(self).__name__} needs {name}")
                own[name] = getattr(type(self), name)
        self.__dict__.update(own, span=span)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._values()))

    def __repr__(self) -> str:
        pairs = [f"{name}={getattr(self, name)!r}" for name in (*self.__match_args__, "span")]
        return f"{type(self).__name__}({', '.join(pairs)})"


def changed(node: _Kind, **values: object) -> _Kind:
    """The node with some of its fields replaced."""
    own = {name: getattr(node, name) for name in (*node.__match_args__, "span")}
    return type(node)(**(own | values))


class Name(Node):
    """A name in canonical Unicode: a letter with digits and primes, a word, or ∞ ∅ ℝ ℕ π λ Ω."""

    text: str


class AdjectivePhrase(Node):
    """`integrable under μ`, `pairwise disjoint`, `𝒢-measurable`, `differentiable in θ`.

    `word` is canonical; `measure` from `under μ`; `algebra` from `𝒢-measurable`; `argument` from
    `in θ`.
    """

    word: str
    measure: Node | None = None
    algebra: Node | None = None
    argument: str | None = None
