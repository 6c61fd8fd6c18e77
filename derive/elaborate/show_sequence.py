"""`A pairwise disjoint`, `f increasing` and their like: found by building them again."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import joint
from derive.elaborate import show_number as sn
from derive.elaborate import show_set as ss
from derive.elaborate.printer import UNION, State, conjuncts, wrap
from derive.elaborate.problem import NOWHERE, ElabError
from derive.kernel.refusal import Rejected
from derive.kernel.sort import NAT, NUM
from derive.kernel.term import App, Lam, Term, abstract, mk
from derive.syntax.tree import Name


def sequence_phrase(term: Term, state: State) -> str | None:
    """`A pairwise disjoint`, `X identically distributed`, `f increasing`."""
    if not b.is_app(term, "all") or term.args[0].sort[1] not in (NAT, NUM) or state.points:
        return None
    for word, value in _candidates(term.args[0]):
        try:
            again = _phrase(word, value, state)
        except (ElabError, Rejected):
            continue
        if again is term:
            return _sequence_text(word, value, state)
    return None


def _phrase(word: str, value: Term, state: State) -> Term:
    node = Name("x", span=NOWHERE)
    if word in joint.ORDERED:
        return joint.ordered(node, word, value)
    return joint.joint(node, word, [value], state.scope)[0]


def _sequence_text(word: str, value: Term, state: State) -> str:
    if not isinstance(value, Lam) or value.sort[1] == NUM:
        return f"{wrap(sn.function(value, state), UNION)} {word}"
    with state.opened(value) as (_, _, body):
        shown = ss.region(body, state) if b.is_set(body) else sn.function(body, state)
        return f"{wrap(shown, UNION)} {word}"


def _candidates(function: Term) -> list[tuple[str, Term]]:
    """The adjective and the sequence that may be behind `∀ function`."""
    first = b.fresh(function.sort[1])
    body = b.app(function, first)
    if b.is_app(body, "imp"):
        return _step_candidates(first, body.args[1])
    return _pair_candidates(first, body.args[0]) if b.is_app(body, "all") else []


def _pair_candidates(first: Term, function: Term) -> list[tuple[str, Term]]:
    second = b.fresh(function.sort[1])
    inner = b.app(function, second)
    if not b.is_app(inner, "imp"):
        return []
    match inner.args[1]:
        case App(head="eq", args=(App(head="law", args=(_, left)), App(head="law"))):
            return [("identically distributed", abstract(left, first))]
        case App(head="all", args=(clash,)) if first.sort == NAT:
            point = b.fresh(clash.sort[1])
            prop = b.app(clash, point)
            if b.is_app(prop, "not"):
                half = _half(conjuncts(prop.args[0]), first, second)
                region = abstract(mk("and", *half), point) if half else None
                return (
                    [("pairwise disjoint", abstract(region, first))] if region is not None else []
                )
        case App(head="le", args=(left, right)):
            return _monotone(first, left, right, "")
        case App(head="not", args=(App(head="le", args=(right, left)),)):
            return _monotone(first, left, right, "strictly ")
    return []


def _half(parts: tuple[Term, ...], first: Term, second: Term) -> list[Term]:
    """The conjuncts of A_i among those of `A_i and A_j`; what has no index counts half."""
    own = [p for p in parts if first in p.frees and second not in p.frees]
    rest = [p for p in parts if first not in p.frees and second not in p.frees]
    return own + [p for k, p in enumerate(rest) if rest.index(p) == k]


def _monotone(first: Term, left: Term, right: Term, strict: str) -> list[tuple[str, Term]]:
    words = (("increasing", left), ("decreasing", right))
    return [(strict + w, abstract(x, first)) for w, x in words if first in x.frees]


def _step_candidates(index: Term, body: Term) -> list[tuple[str, Term]]:
    """`f_n ≤ f_{n+1}` for all n."""
    points: list[Term] = []
    while b.is_app(body, "all"):
        points.append(b.fresh(body.args[0].sort[1]))
        body = b.app(body.args[0], points[-1])
    match body:
        case App(head="le" | "imp", args=(left, right)):
            strict = ""
        case App(head="not", args=(App(head="le", args=(right, left)),)):
            strict = "strictly "
        case _:
            return []
    found = []
    for word, side in (("increasing", left), ("decreasing", right)):
        for point in reversed(points):
            side = abstract(side, point)
        found.append((strict + word, abstract(side, index)))
    return found
