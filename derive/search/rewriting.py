"""Rewriting at a place of a term: `whole = whole'` by one clause, in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.term import Term
from derive.search.allowed import Allowed
from derive.search.clause import Clause, look
from derive.search.congruence import put_back
from derive.search.context import Context
from derive.search.equations import symmetric
from derive.search.guards import rewrites_where
from derive.search.matching import matches
from derive.search.places import bare, parts_of, places, put_at
from derive.search.proof import Proof


class Rewriting(Allowed):
    """Equations between a term and what it becomes by the clauses of a step."""

    def rewrites(self, whole: Term, context: Context, clauses: list[Clause]) -> Iterator[Proof]:
        """`whole = whole'` for each place and clause that fit, in both directions."""
        seen: set[Term] = {whole}
        for sub, scope, variables in places(whole, context):
            for clause in clauses:
                for equation in self.equations_at(clause, sub, scope):
                    step = put_at(whole, sub, variables, equation)
                    if step is not None and step.prop.args[1] not in seen:
                        seen.add(step.prop.args[1])
                        yield step
        yield from rewrites_where(self, whole, context, clauses)

    def equations_at(self, clause: Clause, sub: Term, context: Context) -> Iterator[Proof]:
        """`sub = sub'` by one clause, forwards and backwards."""
        form = look(sub)
        for place in (0, 1):
            if clause.shape[place] not in (None, form):
                continue
            side, flip = clause.conclusion.args[place], place == 1
            if bare(side):
                continue
            for part, rest in parts_of(side, sub):
                for found in matches(side, part, self.start(clause)):
                    proof = self.build(clause, found, context)
                    if proof is None:
                        continue
                    proof = symmetric(proof) if flip else proof
                    yield proof if rest is None else put_back(sub.head, rest, part, proof)
