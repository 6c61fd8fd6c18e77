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


class Replacement(Proof):
    """One link by itself; the reflexivity that it starts from is made if no chain takes it up."""

    __slots__ = ("_alone", "link")

    def __init__(self, link: Link) -> None:
        self.op, self.prop = "subst", mk("eq", link.before, link.after)
        self.link, self.complete = link, link.equation.complete
        self._open: frozenset | None = None
        self._alone: Proof | None = None

    def _made(self) -> Proof:
        if self._alone is None:
            self._alone = _carried(refl(self.link.before), self.link, self.link.before, False)
        return self._alone

    @property
    def parts(self) -> tuple:  # type: ignore[override]
        """The equation, and reflexivity."""
        return self._made().parts

    @property
    def data(self) -> tuple:  # type: ignore[override]
        """What the kernel's step is told."""
        return self._made().data


def links(proof: Proof) -> list[Link]:
    """A proof of an equation as links; none for reflexivity."""
    if isinstance(proof, Replacement):
        return [proof.link]
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


def marked(term: Term, sub: Term, level: int = 0) -> Term:
    """`term` under `level` binders with a bound variable of their outside where `sub` stands."""
    if term is sub:
        return mk_bound(level, sub.sort)
    if term.size <= sub.size:
        return term
    if isinstance(term, Lam):
        return mk_lam(term.domain, marked(term.body, sub, level + 1))
    if isinstance(term, App):
        return mk(term.head, *[marked(a, sub, level) for a in term.args])
    return term


def replaced(whole: Term, pattern: Term, equation: Proof) -> Proof:
    """`whole = whole'` where `pattern`, at the left side of the equation, is `whole`."""
    if pattern is mk_bound(0, pattern.sort):
        return equation
    left, right = equation.prop.args
    after = instantiate(pattern, right)
    return Replacement(Link(equation, 0, left.sort, pattern, whole, after))


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
    marked = abstract(whole, hole)
    pattern = marked.body if isinstance(marked, Lam) else mk_applied(marked)
    before, after = instantiate(pattern, left), instantiate(pattern, right)
    return Replacement(Link(closed, len(variables), hole.sort, pattern, before, after))


def mk_applied(function: Term) -> Term:
    """The body of a λ that an η-short function stands for."""
    return mk("app", shift(function, 1), mk_bound(0, function.sort[1]))


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
