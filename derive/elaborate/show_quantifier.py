"""`for all x ∈ D, φ`, undeclared letters, and relations between functions."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_number as sn
from derive.elaborate import show_proposition as sp
from derive.elaborate import show_set as ss
from derive.elaborate.printer import (
    CONJUNCTION,
    FORALL,
    RELATION,
    UNION,
    State,
    Text,
    Unprintable,
    between,
    name_of_space,
    wrap,
)  # fmt: skip
from derive.kernel.sort import NAT, NUM, PROP
from derive.kernel.term import App, Free, Lam, Term, abstract, mk_free


def for_all(function: Term, state: State) -> Text:
    """A relation between functions, a formula with an undeclared letter, or `for all x ∈ D, φ`."""
    if isinstance(function, Lam) and state.pull and not state.has_point(function):
        try:
            with state.pulled(function) as (point, body):
                if point in body.frees:
                    return sp.at_all(body, state), RELATION
        except Unprintable:
            pass
    sort = function.sort[1]
    with state.opened(function) as (name, point, body):
        wanted = b.from_one(point) if sort == NAT else b.guard(point)
        if b.is_app(body, "imp") and body.args[0] is wanted:
            inner = body.args[1]
            if state.top and _licensed(inner, point):
                return sp.proposition(inner, state)
            if sort == NAT:
                with state.inside():
                    text = wrap(sp.proposition(inner, state), CONJUNCTION)
                return f"for all {name} ∈ ℕ, {name} ≥ 1 ⟹ {text}", FORALL
            return explicit(function, state)
        if wanted is None and state.top and _licensed(body, point):
            return sp.proposition(body, state)
    return explicit(function, state)


def explicit(function: Term, state: State) -> Text:
    """`for all x ∈ D, φ`."""
    sort = function.sort[1]
    with state.inside(), state.opened(function) as (name, point, body):
        wanted = b.guard(point)
        if wanted is not None and b.is_app(body, "imp") and body.args[0] is wanted:
            body = body.args[1]
        elif sort == NUM and b.is_app(body, "le", "eq", "not"):
            text = functions(body, point, state)
            if text is not None:
                return text, RELATION
        if (
            sort == NUM
            and b.is_app(body, "imp")
            and b.is_app(body.args[0], "app")
            and body.args[0].args[1] is point
        ):
            region = ss.region(body.args[0].args[0], state)[0]
            return f"for all {name} ∈ {region}, {sp.proposition(body.args[1], state)[0]}", FORALL
        return f"for all {name} ∈ {name_of_space(sort)}, {sp.proposition(body, state)[0]}", FORALL


def functions(body: Term, point: Term, state: State) -> str | None:
    """A relation at every point of [-∞,∞] as one between functions, `f = (x ↦ x²)`."""
    core, negated = (body.args[0], True) if b.is_app(body, "not") else (body, False)
    if not b.is_app(core, "le", "eq") or core.args[0].sort != NUM:
        return None
    sides = core.args[::-1] if negated and core.head == "le" else core.args
    sign = {("le", False): "≤", ("le", True): "<", ("eq", False): "=", ("eq", True): "≠"}
    left, right = (sn.function(abstract(side, point), state) for side in sides)
    return between(left, sign[core.head, negated], right, UNION)


def _licensed(term: Term, letter: Term) -> bool:
    """Whether the letter stands as a bare index or argument of a declared function."""
    match term:
        case App(head="app", args=(function, point)) if term.sort == PROP:
            return _licensed(function, letter) or _licensed(point, letter)
        case App(head="app", args=(function, point)):
            root = function
            while b.is_app(root, "app"):
                root = root.args[0]
            declared = isinstance(root, Free) and not root.name.startswith("·")
            if declared and letter in sn.coordinates(point):
                return True
            return _licensed(function, letter) or _licensed(point, letter)
        case App(head="deriv", args=(body, at)) if at is letter and letter not in body.frees:
            return _licensed(b.app(body, at), letter)
        case App(args=args):
            return any(letter in a.frees and _licensed(a, letter) for a in args)
        case Lam():
            return letter in term.frees and _licensed(
                b.app(term, mk_free("·bound", term.domain)), letter
            )
    return False
