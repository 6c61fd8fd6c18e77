"""Justify one relation by named rules: a skeleton of rewriting, congruence and closing steps.

Side conditions are proved on the way; one that cannot be proved becomes a `Need` of the skeleton.
The skeleton with the fewest needs wins. All bounds are counts.

    instances   a clause with its letters, premises proved or left as needs
    allowed     the clauses that a reason names
    rewriting   one place of a term changed by a clause
    congruence  terms with one head and equal arguments
    equating    equations
    engine      propositions: this module
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.refusal import Rejected
from derive.kernel.term import App, Term, mk
from derive.search.almost import at_a_point, close_almost_everywhere
from derive.search.carrying import by_monotone
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.equating import MAX_STATES, Equating
from derive.search.equations import transported
from derive.search.horn import Prover
from derive.search.library import Library
from derive.search.order_lemmas import by_order_and_boolean
from derive.search.proof import Proof, discharge, fewest_needs, gen, needs
from derive.search.sides import by_side, numeric_claim
from derive.search.toolkit import Toolkit
from derive.search.unfolding import expand, mentions


class Engine(Equating):
    """Searches for one step in one context."""

    def __init__(self, prover: Prover, toolkit: Toolkit, library: Library) -> None:
        super().__init__(prover, toolkit, library)
        self.normal_forms: dict[tuple, Proof | None] = {}
        self.held_back: set[tuple] = set()  # those that stop at a condition that is not proved

    def attempt(
        self, goal: Term, context: Context, budget: int, states: int = MAX_STATES
    ) -> Proof | None:
        """`justify` from the start, within a number of states; a refusal is no proof."""
        self.memo.clear()
        self.states = MAX_STATES - states
        try:
            return self.justify(goal, context, budget)
        except (Rejected, RecursionError):
            return None

    def justify(self, goal: Term, context: Context, budget: int) -> Proof | None:
        """A proof of a step's proposition, perhaps with needs."""
        if not isinstance(goal, App):
            return None
        if goal.head == "all" and not self._directly(goal, context):
            scope, variable = context.opened(goal.args[0].sort[1])
            inner = self.justify(mk("app", goal.args[0], variable), scope, budget)
            return None if inner is None else gen(variable, inner)
        if goal.head == "eq":
            return self.equal(goal.args[0], goal.args[1], context, budget)
        if goal.head == "imp" and numeric_claim(goal.args[1]):
            return self._guarded_claim(goal, context, budget)
        return self._relation(goal, context, budget)

    def _guarded_claim(self, goal: App, context: Context, budget: int) -> Proof | None:
        """`n ≥ 1 ⟹ s = t`: the equation or inequality where the guard holds."""
        guard, claim = goal.args
        inner = self.justify(claim, context.assuming([guard]), budget)
        whole = self._relation(goal, context, budget) if inner is None or needs(inner) else None
        return fewest_needs([whole, None if inner is None else discharge(guard, inner)])

    def _directly(self, goal: Term, context: Context) -> bool:
        return context.known(goal) is not None and "assumption" in self.toolkit.families

    def _relation(self, goal: App, context: Context, budget: int) -> Proof | None:
        return fewest_needs(self._relation_candidates(goal, context, budget))

    def _relation_candidates(
        self, goal: App, context: Context, budget: int
    ) -> Iterator[Proof | None]:
        families = self.toolkit.families
        if "assumption" in families:
            yield context.known(goal)
        for clause in self.toolkit.others:
            yield from self.by_clause(clause, goal, context)
        for clause in self.toolkit.others:
            yield from by_side(self, clause, goal, context, min(budget, 1))
        if self.toolkit.unfold and mentions(goal, self.toolkit.unfold):
            plain, iff = expand(goal, self.toolkit.unfold)
            inner = self._relation(plain, context, budget) if isinstance(plain, App) else None
            yield None if inner is None else transported(iff, inner, flip=True)
        if "set_algebra" in families:
            yield by_order_and_boolean(self.prover, goal, context)
        if goal.head == "ae":
            yield self._almost_goal(goal, context, budget)
        if families & {"algebra", "monotonicity", "assumption"} or self.toolkit.others:
            named = [] if self.toolkit.instances else self.toolkit.others
            self.prover.extra(named + self._monotone_clauses(), named)
            proof = self.prover.prove(goal, context)
            self.prover.extra([])
            yield proof
            if "monotonicity" in families and proof is None:
                yield by_monotone(self, goal, context, 3)
        yield from self._through_sides(goal, context, budget)

    def _monotone_clauses(self) -> list[Clause]:
        if "monotonicity" in self.toolkit.families:
            return self.library.monotone
        return self.library.order if "algebra" in self.toolkit.families else []

    def _almost_goal(self, goal: App, context: Context, budget: int) -> Proof | None:
        """μ-a.e. φ: justify φ at a point where everything holds that is known to hold μ-a.e."""
        measure, predicate = goal.args
        for local, named in self.almost_facts(measure, [predicate], context):
            inner, variable = at_a_point(predicate.sort[1], [*local, *named], context)
            with self.knowing(named, variable):
                proof = self.justify(mk("app", predicate, variable), inner, budget)
            if proof is not None:
                return close_almost_everywhere(
                    self.prover, measure, variable, proof, [*local, *named]
                )
        return None

    def _through_sides(self, goal: App, context: Context, budget: int) -> Iterator[Proof | None]:
        """Rewrite the proposition (normal forms, named equations), then try again."""
        if budget <= 0:
            return
        for iff in self._rewritings(goal, context):
            if self.spent():
                return
            changed = iff.prop.args[1]
            inner = (
                self._relation(changed, context, budget - 1) if isinstance(changed, App) else None
            )
            if inner is not None:
                yield transported(iff, inner, flip=True)

    def _rewritings(self, goal: Term, context: Context) -> Iterator[Proof]:
        if "linearity" in self.toolkit.families:
            normal = self.library.linear_normal(self, goal, context)
            if normal is not None and normal.prop.args[1] is not goal:
                yield normal
        yield from self.rewrites(goal, context, self.toolkit.equations)
