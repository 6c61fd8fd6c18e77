"""Terms as text in the language; what is printed reads back as the same term.

`show` tries the pretty form first and keeps it if it reads back to the identical term; otherwise it
writes the variables out. `show_condition` prefers words: `X integrable`, `μ(A) < ∞`.
"""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import formula as fm
from derive.elaborate import regions
from derive.elaborate import show_measure as sm
from derive.elaborate import show_number as sn
from derive.elaborate import show_proposition as sp
from derive.elaborate import show_set as ss
from derive.elaborate.names import pick
from derive.elaborate.printer import State, Unprintable, bare_scope, state_for
from derive.elaborate.problem import ElabError
from derive.elaborate.scope import Scope
from derive.elaborate.show_core import show_core
from derive.kernel.letter import replace_frees
from derive.kernel.refusal import Rejected
from derive.kernel.sort import PROP
from derive.kernel.term import App, Nat, Term, mk_free
from derive.syntax.diagnostic import SyntaxFailure
from derive.syntax.parse import parse_formula, parse_term


def show(term: Term, scope: Scope | None = None) -> str:
    """`term` in the language."""
    scope = scope if scope is not None else bare_scope(term)
    term = named(term, scope)
    first = ""
    for pull in (True, False):
        text = _attempt(term, scope, pull)
        if text is None:
            continue
        if reads_back(text, term, scope):
            return text
        first = first or text
    return first or show_core(term)


def named(term: Term, scope: Scope) -> Term:
    """`term` with the variables that a search has opened under names of the language."""
    taken = {f.name for f in term.frees} | set(scope.values) | set(scope.spaces)
    names: dict[Term, Term] = {}
    for free in sorted(term.frees, key=lambda f: f.name):
        if "·" in free.name:
            name = pick(free.sort, taken)
            taken.add(name)
            names[free] = mk_free(name, free.sort)
    return replace_frees(term, names) if names else term


def show_condition(term: Term, scope: Scope | None = None) -> str:
    """A condition of a step in the words of a textbook."""
    scope = scope if scope is not None else bare_scope(term)
    if b.is_app(term, "fin") and has_sign(term.args[0]):
        return f"{show(term.args[0], scope)} < ∞"
    return show(term, scope)


def has_sign(term: Term) -> bool:
    """Whether `term` is a mass, or an integral or sum of what is visibly nonnegative."""
    match term:
        case App(head="mass" | "iv" | "abs" | "Var"):
            return True
        case App(head="pow", args=(_, Nat(value=value))):
            return value % 2 == 0
        case App(head="int" | "E" | "sum", args=(_, body)):
            return has_sign(b.app(body, b.fresh(body.sort[1])))
    return False


def reads_back(text: str, term: Term, scope: Scope) -> bool:
    """Whether `text` elaborates to `term`."""
    try:
        return read(text, term, scope) is term
    except (SyntaxFailure, ElabError, Rejected):
        return False


def read(text: str, like: Term, scope: Scope) -> Term:
    """Elaborate `text` as what `like` is: a proposition or an expression of its sort."""
    if like.sort == PROP:
        return fm.statement(parse_formula(text), scope)
    node = parse_term(text)
    if b.is_set(like):
        return regions.region(node, scope, like.sort)
    value = ex.elaborate(node, scope, like.sort)
    if like.sort == "num":
        return b.numeric(value)
    return b.constant(like.sort[1], value) if b.is_fn(like) and not b.is_fn(value) else value


def _attempt(term: Term, scope: Scope, pull: bool) -> str | None:
    state = state_for(term, scope)
    state.pull = pull
    try:
        return _text(term, state)
    except (Unprintable, Rejected):
        return None


def _text(term: Term, state: State) -> str:
    if term.sort == PROP:
        return sp.proposition(term, state)[0]
    if b.is_set(term):
        return ss.region(term, state)[0]
    if b.is_fn(term):
        return sn.integrand(term, state) or sn.function(term, state)[0]
    return sm.measure(term, state)[0] if b.is_meas(term) else sn.number(term, state)[0]


def latex(term: Term, scope: Scope | None = None) -> str:
    """`term` in LaTeX."""
    from derive.elaborate.show_latex import show_latex

    return show_latex(term, scope)
