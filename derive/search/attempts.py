"""What was tried for a condition that is not proved: what would follow from the conditions that are
listed as missing, and the other rules that would give it, each with what it lacks."""

from __future__ import annotations

from derive.kernel.refusal import Rejected
from derive.kernel.term import App, Term, mk
from derive.kernel.value import obligations_of_all
from derive.report.data import Attempt, Condition
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.grounds import Grounds
from derive.search.horn import Prover
from derive.search.letters import instantiated
from derive.search.matching import matches
from derive.search.proof import Need, Proof
from derive.search.unfolding import definitions_unfolded

MAX_RULES = 3
GOALS = 300


class Attempts:
    """Looks for the rules that would prove an open condition; `missing` are those listed."""

    def __init__(self, prover: Prover, grounds: Grounds, missing: list[Term]) -> None:
        self.prover, self.grounds, self.missing = prover, grounds, missing
        self.seen: set[Term] = set()

    def of(self, need: Need) -> tuple[Attempt, ...]:
        """What would give a need; nothing if that has been said or the need itself is listed."""
        if need.prop in self.seen:
            return ()
        self.seen.add(need.prop)
        if need.prop not in self.missing and self.missing:
            more = [*self.missing, *obligations_of_all(tuple(self.missing))]
            proof = self._proof(need.prop, need.context.assuming(more))
            if proof is not None:
                found = self.grounds.attempt(proof)
                return (found,) if found.premises else ()
        return tuple(self._by_rules(need.prop, need.context))

    def _proof(self, prop: Term, context: Context) -> Proof | None:
        self.prover.fresh_budget(GOALS)
        try:
            return self.prover.prove(prop, context)
        except Rejected:
            return None

    def _by_rules(self, prop: Term, context: Context) -> list[Attempt]:
        goal, context = _opened(prop, context)
        found: dict[str, Attempt] = {}
        for clause in self.prover.index.candidates(goal):
            if clause.name not in self.prover.forbidden and not (clause.bare or clause.open):
                attempt = self._attempt(clause, goal, context)
                if attempt is not None:
                    found.setdefault(attempt.rule, attempt)
            if len(found) == MAX_RULES:
                break
        return list(found.values())

    def _attempt(self, clause: Clause, goal: Term, context: Context) -> Attempt | None:
        for found in matches(clause.conclusion, goal):
            premises = [instantiated(p, found) for p in clause.premises]
            if premises and all(p is not None and p is not goal for p in premises):
                return Attempt(
                    clause.name, tuple(self._premise(p, clause, context) for p in premises)
                )
        return None

    def _premise(self, prop: Term, clause: Clause, context: Context) -> Condition:
        proof = self._proof(prop, context)
        met_by = "" if proof is None else self.grounds.condition(proof, clause.name).met_by
        return Condition(self.grounds.text(prop), clause.name, met_by)


def _opened(prop: Term, context: Context) -> tuple[Term, Context]:
    """What a condition claims at a point, and what is known there; definitions are unfolded."""
    while isinstance(prop, App) and prop.head in ("all", "imp"):
        if prop.head == "all":
            function = prop.args[0]
            context, variable = context.opened(function.sort[1])
            prop = mk("app", function, variable)
        else:
            context, prop = context.assuming([prop.args[0]]), prop.args[1]
    expanded = definitions_unfolded(prop)
    return (prop if expanded is None else expanded[1]), context
