"""What gives a sum, a product or a power a value, in words; elsewhere the condition says it."""

from __future__ import annotations

from derive.elaborate.show import show
from derive.kernel.sign import INFINITY, MINUS_INFINITY
from derive.kernel.term import App, Lam, Term, abstract, instantiate, mk, mk_free


def value_words(prop: Term, scope) -> str | None:
    """`X + Y is not ∞ - ∞, P-a.e.`; None for a condition that its own text says best."""
    variables: list[Term] = []
    where: list[str] = []
    while isinstance(prop, App) and prop.head in ("all", "ae", "imp"):
        if prop.head == "imp":
            where.append(f"where {_show(prop.args[0], [], scope)}")
            prop = prop.args[1]
            continue
        function = prop.args[-1]
        if not isinstance(function, Lam):
            return None
        variables.append(mk_free(f"x·{len(variables)}", function.domain))
        where += [f"{show(prop.args[0], scope)}-a.e."] if prop.head == "ae" else []
        prop = instantiate(function.body, variables[-1])
    if any(w.startswith("where") for w in where):
        variables = []
    claim = _claim(prop, variables, scope)
    if claim is None and len(where) == 2 and where[1].startswith("where"):
        claim = show(prop, scope)
    return None if claim is None else ", ".join([claim, *reversed(where)])


def _claim(prop: Term, variables: list[Term], scope) -> str | None:
    """The words for what is claimed at a point."""
    if isinstance(prop, App) and prop.head == "valued":
        return f"{_show(prop.args[0], variables, scope)} has a value"
    if not (isinstance(prop, App) and prop.head == "or" and len(prop.args) == 2):
        return None
    return _of_sum(prop, variables, scope) or _of_product(prop, variables, scope)


def _of_sum(prop: App, variables: list[Term], scope) -> str | None:
    """All terms are above -∞, or all are below ∞."""
    sides = {frozenset(filter(None, map(_above, _members(s)))): s for s in prop.args}
    for terms, side in sides.items():
        other = next(s for s in prop.args if s is not side)
        if terms and terms == frozenset(filter(None, map(_below, _members(other)))):
            whole = _show(mk("add", *sorted(terms, key=lambda t: t.key)), variables, scope)
            return f"{whole} is not ∞ - ∞"
    return None


def _of_product(prop: App, variables: list[Term], scope) -> str | None:
    """All factors are finite, or all are at least 0."""
    for side, other in (prop.args, prop.args[::-1]):
        finite = {m.args[0] for m in _members(side) if isinstance(m, App) and m.head == "fin"}
        signs = {m.args[1] for m in _members(other) if isinstance(m, App) and m.head == "le"}
        if finite and finite == signs and len(finite) == len(_members(side)):
            if len(finite) == 1:
                return f"{_show(finite.pop(), variables, scope)} is finite or ≥ 0"
            whole = _show(mk("mul", *sorted(finite, key=lambda t: t.key)), variables, scope)
            return f"the factors of {whole} are all finite or all ≥ 0"
    return None


def _members(prop: Term) -> tuple[Term, ...]:
    return prop.args if isinstance(prop, App) and prop.head == "and" else (prop,)


def _above(prop: Term) -> Term | None:
    """a, of -∞ < a."""
    low = _not_le(prop)
    return low[0] if low is not None and low[1] is MINUS_INFINITY else None


def _below(prop: Term) -> Term | None:
    """a, of a < ∞."""
    high = _not_le(prop)
    return high[1] if high is not None and high[0] is INFINITY else None


def _not_le(prop: Term) -> tuple[Term, Term] | None:
    inner = prop.args[0] if isinstance(prop, App) and prop.head == "not" else None
    return inner.args if isinstance(inner, App) and inner.head == "le" else None


def _show(term: Term, variables: list[Term], scope) -> str:
    """A term at a point; without anything else about the point, as the function of it."""
    if len(variables) == 1 and variables[0] in term.frees:
        return show(abstract(term, variables[0]), scope)
    return show(term, scope)
