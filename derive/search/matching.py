"""One-sided matching of rule patterns: under binders, modulo associativity and commutativity.

Letters applied to distinct bound variables are higher-order (Miller) patterns. A letter applied to
anything else is put off until it is known from elsewhere, then compared. In an AC node rigid parts
are placed first; a letter that may not see the bound variable takes every part that does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.letter import fill
from derive.kernel.refusal import Rejected
from derive.kernel.sort import match_sort
from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Bound, Lam, Meta, Num, Term, mk, mk_bound, mk_nat, shift
from derive.search.letters import (
    Found,
    bind,
    flexible_matches,
    instantiated,
    is_flexible,
    solved,
    spine_of,
)

MAX_CHOICES = 40


def matches(pattern: Term, term: Term, start: Found | None = None) -> Iterator[Found]:
    """All ways (boundedly many) in which `pattern` becomes `term`; put-off parts come last."""
    count = 0
    for found in _match(pattern, term, Found() if start is None else start.copy()):
        settled = _settle(found)
        if settled is not None:
            yield settled
            count += 1
            if count >= MAX_CHOICES:
                return


def _settle(found: Found) -> Found | None:
    """Compare the parts put off, or solve them for a letter whose arguments are known by now."""
    left = []
    for pattern, term in found.later:
        meta, args = spine_of(pattern)
        if meta.name not in found.values and not solved(meta, args, term, found):
            left.append((pattern, term))
            continue
        value = instantiated(pattern, found)
        if value is None:
            left.append((pattern, term))
        elif value is not term:
            return None
    found.later = tuple(left)
    return found


def _match(pattern: Term, term: Term, found: Found) -> Iterator[Found]:
    if pattern is term and not pattern.meta:
        yield found
        return
    if isinstance(pattern, Meta):
        if not term.loose and bind(pattern, term, found):
            yield found
        return
    spine = spine_of(pattern)
    if spine is not None:
        if isinstance(term, App) and term.head == "app" and _composed(spine[1]):
            yield from _pairwise(pattern.args, term.args, 0, found.copy())
        yield from flexible_matches(pattern, spine, term, found)
        return
    if isinstance(pattern, Lam):
        if (
            isinstance(term.sort, tuple)
            and term.sort[0] == "fn"
            and match_sort(pattern.domain, term.sort[1], found.sorts)
        ):
            body = (
                term.body
                if isinstance(term, Lam)
                else mk("app", shift(term, 1), mk_bound(0, term.sort[1]))
            )
            yield from _match(pattern.body, body, found)
        return
    if isinstance(pattern, Bound):
        if (
            isinstance(term, Bound)
            and term.index == pattern.index
            and match_sort(pattern.sort, term.sort, found.sorts)
        ):
            yield found
        return
    if isinstance(pattern, App) and pattern.head == "ofnat" and isinstance(term, Num):
        if term.value.denominator == 1 and term.value >= 0:
            yield from _match(pattern.args[0], mk_nat(int(term.value)), found)
        return
    if _is_negated_letter(pattern) and not (
        isinstance(term, App) and term.head in ("not", "true", "false")
    ):
        if term.sort == "prop":
            yield from _match(pattern.args[0], mk("not", term), found)
        return
    if isinstance(pattern, App) and isinstance(term, App) and pattern.head == term.head:
        if SYMBOLS[pattern.head].ac:
            yield from _ac(pattern, term, found)
        elif len(pattern.args) == len(term.args):
            yield from _pairwise(pattern.args, term.args, 0, found)


def _composed(args: list[Term]) -> bool:
    """`g(T(x))`, `X_i`: the letter may be the outermost function of a term as it stands."""
    return any(isinstance(a, Meta) or spine_of(a) is not None for a in args)


def _is_negated_letter(pattern: Term) -> bool:
    """`¬p` for a letter fits every proposition: p is then its negation."""
    return isinstance(pattern, App) and pattern.head == "not" and is_flexible(pattern.args[0])


def _pairwise(patterns: tuple, terms: tuple, position: int, found: Found) -> Iterator[Found]:
    if position == len(patterns):
        yield found
        return
    for next_found in _match(patterns[position], terms[position], found):
        yield from _pairwise(patterns, terms, position + 1, next_found)


def _ac(pattern: App, term: App, found: Found) -> Iterator[Found]:
    rest = list(term.args)
    rigid: list[Term] = []
    for part in pattern.args:
        if not part.meta and part in rest:
            rest.remove(part)
        else:
            rigid.append(part)
    flexible = [p for p in rigid if is_flexible(p)]
    rigid = [p for p in rigid if not is_flexible(p)]
    if len(rest) < len(rigid) + len(flexible) or (rest and not rigid and not flexible):
        return
    yield from _place(pattern.head, rigid, flexible, rest, found)


def _place(head: str, rigid: list, flexible: list, rest: list, found: Found) -> Iterator[Found]:
    if rigid:
        for position, candidate in enumerate(rest):
            if candidate in rest[:position]:
                continue
            for next_found in _match(rigid[0], candidate, found.copy()):
                yield from _place(
                    head, rigid[1:], flexible, rest[:position] + rest[position + 1 :], next_found
                )
        return
    yield from _share(head, flexible, rest, found)


def _share(head: str, flexible: list, rest: list, found: Found) -> Iterator[Found]:
    """Give the remaining parts to the remaining letters."""
    known = [f for f in flexible if _letter(f).name in found.values]
    if known:
        try:
            value = fill(known[0], found.values, found.sorts)
        except Rejected:
            return
        taken = list(value.args) if isinstance(value, App) and value.head == head else [value]
        left = list(rest)
        for part in taken:
            if part not in left:
                return
            left.remove(part)
        others = [f for f in flexible if f is not known[0]]
        if others:
            yield from _share(head, others, left, found)
        elif not left:
            yield found
        return
    if not flexible:
        if not rest:
            yield found
        return
    if len(flexible) == 1:
        if rest:
            yield from _match(flexible[0], _join(head, rest), found.copy())
        return
    yield from _divide(head, flexible, rest, found)


def _letter(pattern: Term) -> Meta:
    return pattern if isinstance(pattern, Meta) else spine_of(pattern)[0]


def _divide(head: str, flexible: list, rest: list, found: Found) -> Iterator[Found]:
    closed = [p for p in rest if not p.loose]
    constants = [f for f in flexible if isinstance(f, Meta)]
    if constants and len(constants) < len(flexible) and len(closed) < len(rest) and closed:
        for next_found in _match(constants[0], _join(head, closed), found.copy()):
            others = [f for f in flexible if f is not constants[0]]
            yield from _share(head, others, [p for p in rest if p.loose], next_found)
        return
    first, others = flexible[0], flexible[1:]
    for position, part in enumerate(rest):
        if part in rest[:position]:
            continue
        for next_found in _match(first, part, found.copy()):
            yield from _share(head, others, rest[:position] + rest[position + 1 :], next_found)
    if len(rest) > 2 and len(others) == 1:
        for position, part in enumerate(rest):
            remaining = rest[:position] + rest[position + 1 :]
            for next_found in _match(first, _join(head, remaining), found.copy()):
                yield from _share(head, others, [part], next_found)


def _join(head: str, parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else mk(head, *parts)
