"""What the reason of a step allows: its clauses with their letters, and equations at a point."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from derive.kernel.sort import NAT, match_sort
from derive.kernel.term import Num, Term, mk, mk_nat
from derive.search.almost import known_almost_everywhere, known_of_versions
from derive.search.almost_equations import named_equations
from derive.search.book import clauses_of_fact
from derive.search.clause import Clause, fits, shape_of
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.instances import MAX_SOLUTIONS, least_needy
from derive.search.letters import Found
from derive.search.library import Library
from derive.search.matching import matches
from derive.search.proof import Proof, hyp
from derive.search.toolkit import Toolkit


class Allowed:
    """What the reason of a step allows, and the instances of its clauses."""

    def __init__(self, prover: Prover, toolkit: Toolkit, library: Library) -> None:
        self.prover, self.toolkit, self.library = prover, toolkit, library
        self.memo: dict[tuple, Proof | None] = {}

    def by_clause(self, clause: Clause, goal: Term, context: Context) -> Iterator[Proof | None]:
        """Proofs of `goal` by the instances of one clause."""
        if not fits(clause.shape, shape_of(goal)):
            return
        for found in matches(clause.conclusion, goal, self.start(clause)):
            yield self.build(clause, found, context)

    def start(self, clause: Clause) -> Found:
        """The letters that `with` fixes."""
        start = Found()
        for name, term in self.toolkit.instances.items():
            if name in clause.metas:
                if (
                    clause.metas[name] == NAT
                    and isinstance(term, Num)
                    and term.value.denominator == 1
                    and term.value >= 0
                ):
                    term = mk_nat(int(term.value))
                if match_sort(clause.metas[name], term.sort, start.sorts):
                    start.values[name] = term
        return start

    def build(self, clause: Clause, found: Found, context: Context) -> Proof | None:
        """The instance of a clause with the fewest needs."""
        return least_needy(self.prover, clause, found, context)

    # ---- at a point

    def almost_facts(
        self, measure: Term, functions: list[Term], context: Context
    ) -> Iterator[tuple[list[Proof], list[Proof]]]:
        """What is known to hold almost everywhere; then with it the named equations that fit."""
        local = known_almost_everywhere(self.prover, measure, context, 0)
        for function in functions:
            more = known_of_versions(self.prover, measure, function, context, 0)
            local = local + [p for p in more if p.prop not in {k.prop for k in local}]
        yield local, []
        named = list(islice(named_equations(self, measure, functions, context), MAX_SOLUTIONS))
        if named:
            yield local, named

    @contextmanager
    def knowing(self, facts: list[Proof], variable: Term) -> Iterator[None]:
        """Equations that hold at a point may be used there as if they were named."""
        before, memo = self.toolkit, self.memo
        here = [hyp(mk("app", f.prop.args[1], variable)) for f in facts]
        if here:
            self.toolkit = before.with_facts([c for f in here for c in clauses_of_fact(f, "here")])
            self.memo = {}
        try:
            yield
        finally:
            self.toolkit, self.memo = before, memo
