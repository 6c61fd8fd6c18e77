"""What a clause is, and the shapes by which clauses are found."""

from __future__ import annotations

from collections.abc import Callable

from derive.kernel.core import Rule
from derive.kernel.sort import Sort
from derive.kernel.term import (
    App,
    Bound,
    Free,
    Lam,
    Meta,
    Num,
    Term,
)


class Clause:
    """`premises ⟹ conclusion` over letters; `build(values, sorts, proofs)` proves an instance."""

    __slots__ = (
        "bare",
        "build",
        "conclusion",
        "key",
        "metas",
        "name",
        "open",
        "premises",
        "rule",
        "shape",
    )

    def __init__(
        self,
        name: str,
        conclusion: Term,
        premises: tuple,
        metas: dict[str, Sort],
        build: Callable,
        rule: Rule | None,
    ) -> None:
        self.name, self.conclusion, self.premises, self.metas = name, conclusion, premises, metas
        self.build, self.rule = build, rule
        self.key, self.shape = key_of(conclusion), shape_of(conclusion)
        self.open = rule is not None and not set(metas) <= letters_of(conclusion)
        self.bare = rule is not None and is_bare(conclusion) and any(is_bare(p) for p in premises)


def letters_of(term: Term) -> set[str]:
    """The letters in a term."""
    found, stack = set(), [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Meta):
            found.add(part.name)
        elif isinstance(part, App):
            stack.extend(a for a in part.args if a.meta)
        elif isinstance(part, Lam):
            stack.append(part.body)
    return found


def claim_of(prop: Term, around: tuple[str, ...] = ("all", "imp", "ae")) -> Term:
    """What a proposition claims under the binders and hypotheses `around` it."""
    while isinstance(prop, App) and prop.head in around:
        inner = prop.args[-1]
        prop = inner.body if isinstance(inner, Lam) else inner
    return prop


def equates_almost(claim: Term) -> bool:
    """Whether a rule says that two numbers are equal almost everywhere: it must be named."""
    inner = claim_of(claim, ("ae",))
    return claim is not inner and isinstance(inner, App) and inner.head == "eq"


ORDER_HEADS = frozenset(("le", "eq", "fin", "not le", "not eq"))


def is_bare(prop: Term) -> bool:
    """An order or finiteness claim about letters and constants only: it fits every number."""
    if key_of(prop) not in ORDER_HEADS:
        return False
    inner = prop.args[0] if prop.head == "not" else prop
    return all(_constant(a) for a in inner.args)


def _constant(term: Term) -> bool:
    if isinstance(term, App) and term.head == "mul":
        return all(map(_constant, term.args)) and not term.meta
    return isinstance(term, (Meta, Num)) or (isinstance(term, App) and not term.args)


def key_of(prop: Term) -> str:
    """The predicate of a proposition, `not` included."""
    if isinstance(prop, App):
        if prop.head == "not" and isinstance(prop.args[0], App):
            return "not " + prop.args[0].head
        return prop.head
    return "?" if prop.meta else "atom"


def shape_of(prop: Term) -> tuple:
    """What the arguments look like at their heads; None where a letter stands."""
    if isinstance(prop, App):
        inner = prop.args[0] if prop.head == "not" else prop
        return tuple(map(_look, inner.args)) if isinstance(inner, App) else ()
    return ()


def _look(term: Term) -> str | None:
    if isinstance(term, Lam):
        inner = _look(term.body)
        return None if inner is None else "λ" + inner
    head = term
    while isinstance(head, App) and head.head == "app":
        head = head.args[0]
    if isinstance(head, Meta):
        return None
    if head is not term:
        return "λapp" if isinstance(term.sort, tuple) else "app"
    if isinstance(term, App):
        return (
            None if term.head == "not" and term.meta and _look(term.args[0]) is None else term.head
        )
    if isinstance(term, Num):
        return f"n{term.value}"
    if isinstance(term, Free) and isinstance(term.sort, tuple) and term.sort[0] == "fn":
        return "λapp"
    return "bound" if isinstance(term, Bound) else "leaf"


def fits(shape: tuple, other: tuple) -> bool:
    """Whether two shapes can match; `other` belongs to a term."""
    return len(shape) == len(other) and all(
        a is None or a == b for a, b in zip(shape, other, strict=True)
    )
