"""The explanation of one step: its moves in order, their conditions, what gives values."""

from __future__ import annotations

from dataclasses import replace

from derive.elaborate.show import show, show_condition
from derive.kernel.sort import PROP
from derive.kernel.term import Term
from derive.kernel.value import obligations
from derive.report.data import Condition, Explanation, Move, StepReport
from derive.search.attempts import Attempts
from derive.search.context import Context
from derive.search.grounds import Grounds, root
from derive.search.judge import Judgement
from derive.search.proof import Need, Proof
from derive.search.spine import Link, spine
from derive.search.tried import notes
from derive.search.work import Work

VALUE = "value"
RELATION = {PROP: "⟺"}


def explained(
    report: StepReport,
    work: Work,
    judged: Judgement,
    step,
    goal: Term,
    context: Context,
    carried: list[Term],
) -> StepReport:
    """The report of a judged step, with its explanation."""
    words = [n.text for n in step.reason.names] if step.reason is not None else None
    told = Explainer(work, judged, carried).explain(step, goal, words, context)
    return replace(report, explanation=told)


class Explainer:
    """Explains the judgement of one step of an item."""

    def __init__(self, work: Work, judged: Judgement, carried: list[Term]) -> None:
        self.work, self.judged, self.scope = work, judged, work.item.scope
        self.grounds = Grounds(work.item, judged.missing, carried)
        self.grounds.tried = Attempts(work.prover, self.grounds, judged.missing).of

    def explain(self, step, goal: Term, words: list[str] | None, context) -> Explanation:
        """All that the step rests on, or what was tried."""
        claim = show_condition(goal, self.scope)
        proof = self.judged.proof
        moves = tuple(map(self._move, spine(proof))) if proof is not None else ()
        values = tuple(self._value(d, context) for d in obligations(goal))
        if proof is not None:
            return Explanation(claim, moves, values)
        return Explanation(
            claim, (), values, notes(self.work, goal, words, step.instances, context)
        )

    def _move(self, link: Link) -> Move:
        before = self._text(link.before)
        letters = self._letters(root(link.proof))
        rule, conditions = self.grounds.move(link.proof)
        if link.after is None:
            return Move(before, "", "", rule, letters, conditions)
        relation, after = RELATION.get(link.before.sort, "="), self._text(link.after)
        return Move(before, relation, after, rule, letters, conditions, link.backwards)

    def _letters(self, proof: Proof) -> tuple[tuple[str, str], ...]:
        """The letters of a rule in its own order, and what they stand for."""
        if proof.op != "rule":
            return ()
        rule, _, values, _ = proof.data
        return tuple((k, show(values[k], self.scope)) for k in rule.metas if k in values)

    def _value(self, demand: Term, context) -> Condition:
        proof = next((p for p in self.judged.values if p.prop is demand), None)
        if proof is None:
            self.work.prover.fresh_budget()
            proof = self.work.prover.prove(demand, context)
        return self.grounds.condition(proof or Need(demand, context, VALUE), VALUE)

    def _text(self, term: Term) -> str:
        return show_condition(term, self.scope) if term.sort == PROP else show(term, self.scope)
