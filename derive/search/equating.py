"""Equations of a step: closing steps, congruence and rewriting, within a number of states."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.sort import NUM, PROP
from derive.kernel.term import Term, mk
from derive.search import algebra
from derive.search.almost import at_a_point, close_almost_everywhere
from derive.search.congruence import by_congruence
from derive.search.context import Context
from derive.search.equality import cancelled
from derive.search.equations import meeting, symmetric, transitive
from derive.search.guards import congruent_where
from derive.search.horn import Prover
from derive.search.library import Library
from derive.search.membership import by_membership
from derive.search.order_lemmas import by_order_and_boolean
from derive.search.polynomial import folded
from derive.search.proof import Need, Proof, fewest_needs, needs, refl
from derive.search.rewriting import Rewriting
from derive.search.toolkit import Toolkit
from derive.search.unfolding import expand, mentions

MAX_STATES = 500
MEASURED = frozenset(("int", "E", "mass"))


class Equating(Rewriting):
    """Searches for an equation in one context."""

    def __init__(self, prover: Prover, toolkit: Toolkit, library: Library) -> None:
        super().__init__(prover, toolkit, library)
        self.states = 0
        self.open: set[tuple] = set()

    def equal(self, left: Term, right: Term, context: Context, budget: int) -> Proof | None:
        """left = right with as few needs as possible."""
        if left is right:
            return refl(left)
        key = (left, right, context.key, budget)
        if key in self.memo:
            return self.memo[key]
        if key in self.open or self.spent():
            return None
        self.open.add(key)
        best = fewest_needs(self._equal_candidates(left, right, context, budget))
        self.open.discard(key)
        self.memo[key] = best
        return best

    def spent(self) -> bool:
        """Count one more state; whether there were too many."""
        self.states += 1
        return self.states > MAX_STATES

    def _equal_candidates(
        self, left: Term, right: Term, context: Context, budget: int
    ) -> Iterator[Proof | None]:
        toolkit = self.toolkit
        if toolkit.unfold and (mentions(left, toolkit.unfold) or mentions(right, toolkit.unfold)):
            first, start = expand(left, toolkit.unfold)
            second, end = expand(right, toolkit.unfold)
            middle = self.equal(first, second, context, budget)
            yield None if middle is None else meeting(transitive(start, middle), end)
        yield from self._closing(left, right, context)
        yield from self._at_root(left, right, context)
        yield by_congruence(self, left, right, context, budget)
        if budget > 0:
            yield from self._rewriting(left, right, context, budget)

    def _closing(self, left: Term, right: Term, context: Context) -> Iterator[Proof | None]:
        families = self.toolkit.families
        if left.sort == NUM and folded(left) is folded(right):
            yield algebra.algebra_equal(self, left, right, context, None)
        if families & {"algebra", "linearity"}:
            yield algebra.algebra_equal(self, left, right, context, "algebra")
            if left.sort == NUM:
                yield cancelled(self, left, right, context)
        if "set_algebra" in families and left.sort == PROP:
            equation = mk("eq", left, right)
            found = by_order_and_boolean(self.prover, equation, context)
            yield found or Need(equation, context, "set_algebra")
        if "set_algebra" in families and left.sort == NUM:
            yield by_membership(self.prover, mk("eq", left, right), context, 0)
        if "linearity" in families:
            yield from self.library.linear_equal(self, left, right, context)
        if (
            left.sort == NUM
            and families & {"algebra", "assumption"}
            and not families & {"linearity"}
        ):
            yield self.prover.prove(mk("eq", left, right), context)

    def _at_root(self, left: Term, right: Term, context: Context) -> Iterator[Proof | None]:
        forward, backward = mk("eq", left, right), mk("eq", right, left)
        if forward.head != "eq":
            return
        for clause in self.toolkit.equations:
            yield from self.by_clause(clause, forward, context)
            for proof in self.by_clause(clause, backward, context):
                yield None if proof is None else symmetric(proof)

    def _rewriting(
        self, left: Term, right: Term, context: Context, budget: int
    ) -> Iterator[Proof | None]:
        for step in self.rewrites(left, context, self.toolkit.equations):
            if self.spent():
                return
            rest = self.equal(step.prop.args[1], right, context, budget - 1)
            yield None if rest is None else transitive(step, rest)
        for step in self.rewrites(right, context, self.toolkit.equations):
            if self.spent():
                return
            rest = self.equal(left, step.prop.args[1], context, budget - 1)
            yield None if rest is None else meeting(rest, step)

    # ---- under a binder

    def under_binder(
        self, head: str, parts: list[Term], position: int, new: Term, context: Context, inner
    ) -> Proof | None:
        """Congruence under a binder: for every point, or a.e. if the binder has a measure."""
        return fewest_needs(self._under(head, parts, position, new, context, inner))

    def _under(
        self, head: str, parts: list[Term], position: int, new: Term, context: Context, inner
    ) -> Iterator[Proof | None]:
        yield algebra.under(self, head, parts, position, new, context, inner)
        if head in MEASURED and position == 1:
            yield self._almost(head, parts, new, context, inner)
        yield congruent_where(self, head, parts, position, new, context, inner)

    def _almost(
        self, head: str, parts: list[Term], new: Term, context: Context, inner
    ) -> Proof | None:
        """∫ f dμ = ∫ g dμ from f = g μ-a.e., by the rule for the head."""
        measure, old = parts
        almost = None
        for local, named in self.almost_facts(measure, [old, new], context):
            scope, variable = at_a_point(old.sort[1], [*local, *named], context)
            with self.knowing(named, variable):
                equation = inner(mk("app", old, variable), mk("app", new, variable), scope)
            if (local or named) and equation is not None and not needs(equation):
                almost = close_almost_everywhere(
                    self.prover, measure, variable, equation, [*local, *named]
                )
            if almost is not None:
                break
        if almost is None:
            return None
        goal = mk("eq", mk(head, measure, old), mk(head, measure, new))
        return self.library.congruent_almost(self, goal, almost, context)
