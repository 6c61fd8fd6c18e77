"""Proof trees that search builds and the kernel replays. Nothing here is trusted.

A `Proof` knows the proposition it claims and how it claims it; `write` turns trees into the lines
of a certificate. A `Need` is a place where a side condition is still to be proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.kernel.core import Rule, unfolded
from derive.kernel.sort import PROP, Sort, fn
from derive.kernel.term import (
    Lam,
    Term,
    abstract,
    fill,
    instantiate,
    mk,
    mk_bound,
    mk_free,
    mk_lam,
    shift,
)


class Proof:
    """`op` is a kernel step; `data` its terms and flags; `parts` the proofs it rests on."""

    __slots__ = ("_open", "data", "op", "parts", "prop")

    def __init__(self, op: str, prop: Term, parts: tuple = (), data: tuple = ()) -> None:
        self.op, self.prop, self.parts, self.data = op, prop, parts, data
        self._open: frozenset | None = None


class Need(Proof):
    """A condition that was not proved; `rule` says who asked for it."""

    __slots__ = ("context", "rule")

    def __init__(self, prop: Term, context, rule: str) -> None:
        super().__init__("need", prop)
        self.context, self.rule = context, rule


def hypotheses(proof: Proof) -> frozenset:
    """The propositions that a proof assumes."""
    if proof._open is None:
        if proof.op == "hyp":
            proof._open = frozenset((proof.prop,))
        elif proof.op == "cite":
            proof._open = proof.data[1]
        else:
            joined = frozenset().union(*(hypotheses(p) for p in proof.parts))
            proof._open = joined - {proof.data[0]} if proof.op == "discharge" else joined
    return proof._open


def needs(proof: Proof) -> list[Need]:
    """The unproved conditions in a proof, each once, in order."""
    return [p for p in walk(proof) if isinstance(p, Need)]


def fewest_needs(proofs: Iterable[Proof | None]) -> Proof | None:
    """The first of the proofs with the fewest needs; a complete one ends the search for more."""
    best, least = None, 0
    for proof in proofs:
        if proof is None:
            continue
        count = len(needs(proof))
        if best is None or count < least:
            best, least = proof, count
        if not least:
            break
    return best


def walk(proof: Proof) -> list[Proof]:
    """Every proof below (and with) a proof once, parts first."""
    seen: set[int] = set()
    order: list[Proof] = []
    stack = [(proof, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((p, False) for p in reversed(node.parts))
    return order


def rules_used(proof: Proof) -> list[str]:
    """The names of the rules in a proof, in order of use, without repetition."""
    return list(dict.fromkeys(p.data[0].name for p in walk(proof) if p.op == "rule"))


# ---- one function for each kernel step


def hyp(prop: Term) -> Proof:
    """φ ⊢ φ."""
    return Proof("hyp", prop)


def cite(name: str, prop: Term, assumed: frozenset) -> Proof:
    """An item of the same certificate, already closed."""
    return Proof("cite", prop, (), (name, assumed))


def by_rule(
    rule: Rule,
    sorts: dict[str, Sort],
    values: dict[str, Term],
    premises: list[Proof],
    pick: int = 0,
) -> Proof:
    """An instance of a rule."""
    prop = fill(rule.conclusions[pick], values, sorts)
    return Proof("rule", prop, tuple(premises), (rule, dict(sorts), dict(values), pick))


def refl(term: Term) -> Proof:
    """t = t."""
    return Proof("refl", mk("eq", term, term), (), (term,))


def gen(variable: Term, body: Proof) -> Proof:
    """∀x. φ."""
    return Proof("gen", mk("all", abstract(body.prop, variable)), (body,), (variable,))


def spec(body: Proof, value: Term) -> Proof:
    """φ(t) from ∀x. φ."""
    return Proof("spec", mk("app", body.prop.args[0], value), (body,), (value,))


def discharge(prop: Term, body: Proof) -> Proof:
    """φ ⟹ ψ."""
    return Proof("discharge", mk("imp", prop, body.prop), (body,), (prop,))


def mp(implication: Proof, premise: Proof) -> Proof:
    """ψ from φ ⟹ ψ and φ."""
    return Proof("mp", implication.prop.args[1], (implication, premise))


def conj(parts: list[Proof]) -> Proof:
    """The conjunction (of one: itself)."""
    return (
        parts[0]
        if len(parts) == 1
        else Proof("conj", mk("and", *[p.prop for p in parts]), tuple(parts))
    )


def split(body: Proof, position: int) -> Proof:
    """One member of a conjunction."""
    return Proof("split", body.prop.args[position], (body,), (position,))


def boolean(goal: Term, facts: list[Proof]) -> Proof:
    """A propositional consequence."""
    return Proof("boolean", goal, tuple(facts), (goal,))


def ring(left: Term, right: Term, facts: list[Proof]) -> Proof:
    """s = t as polynomials."""
    return Proof("ring", mk("eq", left, right), tuple(facts), (left, right))


def linear(
    goal: Term, facts: list[Proof], multipliers: list[Fraction], licences: list[Proof]
) -> Proof:
    """A nonnegative combination."""
    return Proof("linear", goal, (*facts, *licences), (goal, len(facts), tuple(multipliers)))


def numeral(goal: Term, facts: Iterable[Proof] = ()) -> Proof:
    """Decided by rational arithmetic, or by the signs of parts."""
    return Proof("numeral", goal, tuple(facts), (goal,))


def unfold(term: Term) -> Proof:
    """NAME(…) = its definition."""
    return Proof("unfold", mk("eq", term, unfolded(term)), (), (term,))


# ---- derived steps


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


def symmetric(proof: Proof) -> Proof:
    """t = s from s = t."""
    left, _ = proof.prop.args
    if proof.op == "refl":
        return proof
    hole = mk_bound(0, left.sort)
    context = mk_lam(left.sort, mk("eq", hole, left))
    return substituted(proof, [], refl(left), context)


def transitive(first: Proof, second: Proof) -> Proof:
    """a = c from a = b and b = c."""
    if first.op == "refl":
        return second
    if second.op == "refl":
        return first
    left = first.prop.args[0]
    context = mk_lam(left.sort, mk("eq", left, mk_bound(0, left.sort)))
    return substituted(second, [], first, context)


def transported(iff: Proof, body: Proof, flip: bool = False) -> Proof:
    """ψ from φ = ψ (at sort prop) and φ."""
    return substituted(iff, [], body, mk_lam(PROP, mk_bound(0, PROP)), flip)


def inside(whole: Term, hole: Term, variables: list[Term], equation: Proof) -> Proof:
    """`whole = whole'` where the Free `hole`, applied to `variables`, stands for what changes.

    `equation` proves l = r with the variables free; `whole` has the Free `hole` (of sort
    fn v₁ … → sort of l) at its places.
    """
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
