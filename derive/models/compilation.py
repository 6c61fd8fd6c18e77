"""Terms compiled to Python functions of a model and its bound variables.

Each module that knows symbols registers a builder for each; `compiled` walks a term once and keeps
the result, so that thousands of models cost no more walking.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.kernel.core import unfolded
from derive.kernel.sort import Sort
from derive.kernel.term import App, Bound, Free, Lam, Meta, Nat, Num, Term
from derive.models.extended import literal
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.spaces import Value

Environment = tuple[Value, ...]
"""The values of the bound variables, the innermost first."""
Code = Callable[[Model, Environment], Value]
Builder = Callable[[App], Code]

BUILDERS: dict[str, Builder] = {}
UNFOLDED = ("E", "Var", "Cov", "condp")
_CODE: dict[Term, Code] = {}


def builds(*heads: str) -> Callable[[Builder], Builder]:
    """Register a builder for symbols."""

    def register(builder: Builder) -> Builder:
        for head in heads:
            BUILDERS[head] = builder
        return builder

    return register


def plain(head: str, *, of: Callable[..., Any]) -> None:
    """Register a symbol whose value is a function of its arguments' values."""

    def builder(term: App) -> Code:
        codes = [compiled(a) for a in term.args]
        if len(codes) == 1:
            (only,) = codes
            return lambda m, e: of(only(m, e))
        if len(codes) == 2:
            left, right = codes
            return lambda m, e: of(left(m, e), right(m, e))
        return lambda m, e: of(*[c(m, e) for c in codes])

    BUILDERS[head] = builder


def arrow(sort: Sort) -> tuple[Sort, Sort]:
    """The domain and the target of the functions of a sort."""
    return sort[1], sort[2]


def compiled(term: Term) -> Code:
    """The code of a term."""
    found = _CODE.get(term)
    if found is None:
        found = _CODE[term] = _build(term)
    return found


def _build(term: Term) -> Code:
    match term:
        case Meta(name=name) | Free(name=name):
            return _letter(name)
        case Bound(index=index):
            return lambda m, e: e[index]
        case Num(value=value):
            number = literal(value)
            return lambda m, e: number
        case Nat(value=value):
            return lambda m, e: value
        case Lam(body=body):
            return _lambda(compiled(body))
        case App(head=head) if head in UNFOLDED:
            return compiled(unfolded(term))
        case App(head=head):
            builder = BUILDERS.get(head)
            return _unknown(head) if builder is None else builder(term)
    raise TypeError(term)


def _letter(name: str) -> Code:
    def code(m: Model, e: Environment) -> Value:
        return m.letters[name]

    return code


def _lambda(body: Code) -> Code:
    def code(m: Model, e: Environment) -> Value:
        return lambda value: body(m, (value, *e))

    return code


def _unknown(head: str) -> Code:
    def code(m: Model, e: Environment) -> Value:
        raise Undecided(head)

    return code
