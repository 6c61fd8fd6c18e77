"""Independence, and the modes of convergence of sequences."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import relations
from derive.elaborate.letters import occurs
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT
from derive.kernel.term import Free, Term, abstract, mk
from derive.syntax import tree as t


def independent(
    node: t.Node,
    operands: tuple[t.Node, ...],
    signs: tuple[str, ...],
    tail: t.Node | None,
    scope: Scope,
) -> Term:
    """`X ⫫ Y ⫫ Z`: mutually independent."""
    relations.no_tail(tail)
    if set(signs) != {"⫫"}:
        raise fail(node, "⫫ does not mix with other relations")
    return mutual(node, [ex.elaborate(operand, scope) for operand in operands], scope)


def mutual(node: t.Node, values: list[Term], scope: Scope) -> Term:
    """Mutual independence of variables, events and σ-algebras."""
    values = [b.indicator(v) if b.is_set(v) else v for v in values]
    space = next((v.sort[1] for v in values if b.is_fn(v) or b.is_sig(v)), None)
    law = scope.ambient(node, space)
    for value in values:
        if not (b.is_fn(value) or b.is_sig(value)):
            raise fail(node, f"{describe(value.sort)} is not a variable or an event")
    if any(b.is_sig(v) for v in values):
        if len(values) != 2:
            raise fail(node, "independence of more than two σ-algebras is not defined")
        return mk("indep_sig", law, *[v if b.is_sig(v) else mk("sigma", v) for v in values])
    props, joint = [], values[0]
    for value in values[1:]:
        props.append(mk("indep", law, joint, value))
        joint = b.pair(joint, value)
    return b.conj(*props)


def converges(node: t.Node, left: t.Node, right: t.Node, tail: t.Node | None, scope: Scope) -> Term:
    """`a_n → L`, `f_n → f μ-a.e.`, `X_n → X in probability`, `in L^p`, `in distribution`."""
    terms, target = ex.numeric(left, scope), ex.numeric(right, scope)
    index = _limit_variable(node, left, terms, target, tail, scope)
    match tail:
        case t.Mode(kind="in probability"):
            return mk("cprob", *_sequence(node, terms, target, index, scope))
        case t.Mode(kind="in distribution"):
            return mk("cdist", *_sequence(node, terms, target, index, scope))
        case t.Mode(kind="in L", exponent=exponent) if exponent is not None:
            law, sequence, limit = _sequence(node, terms, target, index, scope)
            return mk("clp", law, ex.scalar(exponent, scope), sequence, limit)
        case t.Mode(kind="as"):
            tail = None
    value = b.lift(lambda x, y: mk("tendsto", abstract(x, index), y), terms, target)
    return relations.everywhere(node, value, tail, scope)


def _sequence(
    node: t.Node, terms: Term, target: Term, index: Term, scope: Scope
) -> tuple[Term, Term, Term]:
    if not b.is_fn(terms):
        raise fail(node, "this mode of convergence is for random variables")
    law = scope.ambient(node, terms.sort[1])
    return law, abstract(terms, index), b.on_space(target, terms.sort[1])


def _limit_variable(
    node: t.Node, left: t.Node, terms: Term, target: Term, tail: t.Node | None, scope: Scope
) -> Term:
    """The index that runs: `as n → ∞`, or the one undeclared index on the left."""
    match tail:
        case t.Mode(kind="as", name=str(name)):
            value = scope.values.get(name)
            if (
                value is None
                or value.sort != NAT
                or not isinstance(value, Free)
                or name in scope.declared
            ):
                raise fail(node, f"{name} is not an index that runs here")
            return value
    undeclared = {
        value
        for name, value in scope.values.items()
        if value.sort == NAT
        and name not in scope.declared
        and isinstance(value, Free)
        and occurs(name, left)
    }
    running = [v for v in undeclared if v in terms.frees and v not in target.frees]
    if len(running) != 1:
        raise fail(node, "which index runs to infinity?", "one undeclared index, or `as n → ∞`")
    return running[0]
