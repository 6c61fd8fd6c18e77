"""What the elaborator says when it cannot give a piece of source a meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from derive.kernel.refusal import Rejected
from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import Term
from derive.syntax.diagnostic import Diagnostic
from derive.syntax.tree import Node, Span

NOWHERE = Span(1, 1, 1, 2)
Other = ParamSpec("Other")


@dataclass(eq=False)
class ElabError(Exception):
    """A place without a meaning: what is wrong, where, what was expected, which names are near."""

    message: str
    span: Span | None = None
    expected: str = ""
    nearest: tuple[str, ...] = ()

    @property
    def diagnostic(self) -> Diagnostic:
        """The same, for the report."""
        return Diagnostic(
            self.message, self.span or NOWHERE, self.expected, ", ".join(self.nearest)
        )

    def __str__(self) -> str:
        place = f"line {self.span.line}, column {self.span.column}: " if self.span else ""
        more = f" (expected {self.expected})" if self.expected else ""
        near = f"; near: {', '.join(self.nearest)}" if self.nearest else ""
        return place + self.message + more + near


def fail(
    node: Node | None, message: str, expected: str = "", nearest: tuple[str, ...] = ()
) -> ElabError:
    """The error to raise about `node`."""
    return ElabError(message, node.span if node is not None else None, expected, nearest)


def placed(
    elaborator: Callable[Concatenate[Node, Other], Term],
) -> Callable[Concatenate[Node, Other], Term]:
    """An elaborator whose errors have a place: that of its node, if they have none yet."""

    @wraps(elaborator)
    def at(node: Node, *args: Other.args, **kwargs: Other.kwargs) -> Term:
        try:
            return elaborator(node, *args, **kwargs)
        except Rejected as reason:
            raise ElabError(f"this has no meaning: {reason}", node.span) from None
        except ElabError as problem:
            if problem.span is None:
                problem.span = node.span
            raise

    return at


def near(name: str, known: list[str]) -> tuple[str, ...]:
    """The names most like `name`."""
    from difflib import get_close_matches

    return tuple(get_close_matches(name, sorted(set(known)), n=3, cutoff=0.6))


def describe(sort: Sort) -> str:
    """A sort in words."""
    match sort:
        case ("fn", domain, "prop"):
            return f"a set in {space_text(domain)}"
        case ("fn", "nat", target):
            return f"a sequence ({describe(target)})"
        case ("fn", domain, target):
            return f"a function from {space_text(domain)} to {space_text(target)}"
        case ("meas", space):
            return f"a measure on {space_text(space)}"
        case ("sig", space):
            return f"a σ-algebra on {space_text(space)}"
        case ("prod", left, right):
            return f"a pair in {space_text(left)} × {space_text(right)}"
        case str():
            words = {NUM: "a number", NAT: "a natural number", PROP: "a proposition"}
            return words.get(sort, f"a point of {sort}")
    return str(sort)


def space_text(sort: Sort) -> str:
    """A space as it is written."""
    match sort:
        case str():
            return {NUM: "ℝ", NAT: "ℕ", PROP: "Prop"}.get(sort, sort)
        case ("prod", left, right):
            inner = f"({space_text(right)})" if isinstance(right, tuple) else space_text(right)
            return f"{space_text(left)} × {inner}"
        case ("fn", domain, target):
            return f"({space_text(domain)} → {space_text(target)})"
    return describe(sort)
