"""Proof trees that search builds and the kernel replays. Nothing here is trusted.

A `Proof` knows the proposition it claims and how it claims it; `write` turns trees into the lines
of a certificate. A `Need` is a place where a side condition is still to be proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.kernel.core import Rule, unfolded
from derive.kernel.letter import fill
from derive.kernel.sort import Sort
from derive.kernel.term import Term, abstract, mk


class Proof:
    """`op` is a kernel step; `data` its terms and flags; `parts` the proofs it rests on.

    It is `complete` if no `Need` is below it.
    """

    __slots__ = ("_open", "complete", "data", "op", "parts", "prop")

    def __init__(self, op: str, prop: Term, parts: tuple = (), data: tuple = ()) -> None:
        self.op, self.prop, self.parts, self.data = op, prop, parts, data
        self._open: frozenset | None = None
        self.complete = True
        for part in parts:
            if not part.complete:
                self.complete = False


class Need(Proof):
    """A condition that was not proved; `rule` says who asked for it."""

    __slots__ = ("context", "rule")

    def __init__(self, prop: Term, context, rule: str) -> None:
        super().__init__("need", prop)
        self.complete = False
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
    if proof.complete:
        return []
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
    prop: Term | None = None,
) -> Proof:
    """An instance of a rule; `prop` is what it concludes, if that is known."""
    if prop is None:
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
