"""Notation that a file defines, as text: `twice(x)`, `mean_Q(X)`."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_measure as sm
from derive.elaborate import show_number as sn
from derive.elaborate import show_set as ss
from derive.elaborate.printer import ATOM, State, Text, Unprintable, is_ambient
from derive.kernel.sort import NAT
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Free, Term


def is_defined(term: Term) -> bool:
    """Whether a definition of a file made the symbol of `term`."""
    return isinstance(term, App) and "~" in term.head


def defined(term: App, state: State) -> Text:
    """The name with its arguments; the whole name of the symbol where another has this one."""
    name = term.head.partition("~")[0]
    notation = state.scope.notation(name)
    if notation is not None and notation.head != term.head:
        notation = None
    if notation is None and _means_something_else(name, state):
        name = term.head
    args = list(term.args)
    if notation is not None and notation.ambient:
        name += _subscript(args.pop(), state)
    patterns = SYMBOLS[term.head].args
    texts = [_argument(arg, pattern, state) for arg, pattern in zip(args, patterns, strict=False)]
    return f"{name}({', '.join(texts)})" if texts else name, ATOM


def _means_something_else(name: str, state: State) -> bool:
    scope = state.scope
    return name in scope.values or name in scope.notations.meanings | scope.notations.unusable


def _subscript(law: Term, state: State) -> str:
    if is_ambient(law, state.scope):
        return ""
    return f"_{law.name}" if isinstance(law, Free) else f"_{{{sm.measure(law, state)[0]}}}"


def _argument(term: Term, pattern: object, state: State) -> str:
    if state.has_point(term) and not isinstance(pattern, str):
        raise Unprintable("an argument that depends on the point")
    if term.sort == NAT:
        return sn.natural(term, state)[0]
    if b.is_set(term):
        return ss.region(term, state)[0]
    if b.is_fn(term):
        return sm.random(term, state)
    return sm.measure(term, state)[0] if b.is_meas(term) else sn.number(term, state)[0]
