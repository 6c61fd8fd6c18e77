"""Derived equality steps: symmetry, transitivity, replacing inside a term.

The kernel has one step for all of them: from `l = r` and `C(l)` to `C(r)`. A proof of an equation
`a = b` made here is a beginning (reflexivity, or some other equation) and links: each replaces an
l by an r in the right side so far. Two such proofs are joined link by link, so that no step only
restates what another has shown.
"""

from __future__ import annotations

from typing import NamedTuple

from derive.kernel.sort import Sort, fn
from derive.kernel.term import (
    App,
    Lam,
    Term,
    abstract,
    instantiate,
    mk,
    mk_bound,
    mk_free,
    mk_lam,
    shift,
)
from derive.search.proof import Proof, gen, refl


class Link(NamedTuple):
    """`before = after`, by an equation closed over `count` variables; `pattern` is a side with
    Bound(0), of sort `sort`, where the equation is used."""

    equation: Proof
    count: int
    sort: Sort
    pattern: Term
    before: Term
    after: Term


def links(proof: Proof) -> list[Link]:
    """A proof of an equation as links; none for reflexivity."""
    found: list[Link] = []
    while (link := _last_link(proof)) is not None:
        found.append(link)
        proof = proof.parts[1]
    if proof.op != "refl":
        before, after = proof.prop.args
        sort = before.sort
        found.append(Link(proof, 0, sort, mk_bound(0, sort), before, after))
    return found[::-1]


def _last_link(proof: Proof) -> Link | None:
    """The link that a substitution into the right side of an equation is."""
    if proof.op != "subst" or proof.data[2]:
        return None
    count, context, _ = proof.data
    equation, body = proof.parts
    if not (isinstance(context, Lam) and isinstance(context.body, App)):
        return None
    if context.body.head != "eq" or body.prop.head != "eq" or proof.prop.head != "eq":
        return None
    left, pattern = context.body.args
    if any(index == 0 for index, _ in left.loose):
        return None
    return Link(equation, count, context.domain, pattern, body.prop.args[1], proof.prop.args[1])


def _carried(proof: Proof, link: Link, left: Term, back: bool) -> Proof:
    """From `left = before` to `left = after`, or backwards."""
    context = mk_lam(link.sort, mk("eq", shift(left, 1), link.pattern))
    prop = mk("eq", left, link.before if back else link.after)
    return Proof("subst", prop, (link.equation, proof), (link.count, context, back))


def transitive(first: Proof, second: Proof) -> Proof:
    """a = c from a = b and b = c."""
    if first.op == "refl":
        return second
    left = first.prop.args[0]
    for link in links(second):
        first = _carried(first, link, left, False)
    return first


def meeting(first: Proof, second: Proof) -> Proof:
    """a = b from a = c and b = c."""
    left = first.prop.args[0]
    for link in reversed(links(second)):
        first = _carried(first, link, left, True)
    return first


def symmetric(proof: Proof) -> Proof:
    """t = s from s = t."""
    return meeting(refl(proof.prop.args[1]), proof)


def transported(iff: Proof, body: Proof, flip: bool = False) -> Proof:
    """ψ from φ = ψ (at sort prop) and φ; with `flip`, φ from ψ."""
    chain = links(iff)
    for link in reversed(chain) if flip else chain:
        context = mk_lam(link.sort, link.pattern)
        prop = link.before if flip else link.after
        body = Proof("subst", prop, (link.equation, body), (link.count, context, flip))
    return body


def substituted(
    equation: Proof, variables: list[Term], body: Proof, context: Lam | Term, flip: bool = False
) -> Proof:
    """From `∀variables. l = r` (closed over them already) and C(l) to C(r)."""
    count = len(variables)
    prop = equation.prop
    for _ in range(count):
        prop = prop.args[0].body
    left, right = prop.args
    for variable in reversed(variables):
        left, right = mk_lam(variable.sort, left), mk_lam(variable.sort, right)
    new = left if flip else right
    return Proof("subst", mk("app", context, new), (equation, body), (count, context, flip))


def inside(whole: Term, hole: Term, variables: list[Term], equation: Proof) -> Proof:
    """`whole = whole'` where the Free `hole`, applied to `variables`, stands for what changes.

    `equation` proves l = r with the variables free; `whole` has the Free `hole` (of sort
    fn v₁ … → sort of l) at its places.
    """
    if whole is hole:
        return equation
    closed = equation
    for variable in reversed(variables):
        closed = gen(variable, closed)
    left, right = equation.prop.args
    for variable in reversed(variables):
        left, right = abstract(left, variable), abstract(right, variable)
    pattern = abstract(whole, hole)
    pattern = pattern if isinstance(pattern, Lam) else mk_raw_lam(pattern)
    start = instantiate(pattern.body, left)
    context_body = mk("eq", shift(start, 1), pattern.body)
    context = mk_lam(hole.sort, context_body)
    return substituted(closed, variables, refl(start), context)


def mk_raw_lam(function: Term) -> Lam:
    """A λ whose body is `function` applied, though η-short terms have none: to take apart only."""
    made = Lam()
    domain = function.sort[1]
    made.domain = domain
    made.body = mk("app", shift(function, 1), mk_bound(0, domain))
    return made


def opened(function: Term, variable: Term) -> Term:
    """The body of a function at a Free."""
    return mk("app", function, variable)


def hole_sort(variables: list[Term], target: Sort) -> Sort:
    """The sort of a hole under the given binders."""
    for variable in reversed(variables):
        target = fn(variable.sort, target)
    return target


def hole_for(variables: list[Term], target: Sort, name: str = "□") -> tuple[Term, Term]:
    """A Free of function sort and its application to the variables."""
    hole = mk_free(name, hole_sort(variables, target))
    applied = hole
    for variable in variables:
        applied = mk("app", applied, variable)
    return hole, applied
