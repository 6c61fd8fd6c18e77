"""The proof of one item: its haves and its chain, each line judged and closed in the kernel."""

from __future__ import annotations

from collections.abc import Sequence

from derive.elaborate.item import Chain, Have, Item, Step
from derive.elaborate.item import Proof as Written
from derive.kernel.term import Term
from derive.report.data import StepReport
from derive.search.chain import DIRECTION, CannotCompose, composed
from derive.search.context import Context
from derive.search.judge import Judgement, judge, look_for_counterexample
from derive.search.lines import cannot_turn, have_report, step_report, unknown_name, unreadable_step
from derive.search.proof import Proof
from derive.search.reasons import UnknownName
from derive.search.unfolding import unfolded_too
from derive.search.valued import prove_values
from derive.search.work import Line, Work


class ItemProof:
    """Judges the lines of one item in order; `lines` are the reports so far."""

    def __init__(
        self, work: Work, name: str, source: str, strict: bool, explain: int | None
    ) -> None:
        self.work, self.name, self.source = work, name, source
        self.strict, self.explain = strict, explain
        self.lines: list[StepReport] = []

    def judge(self) -> tuple[Proof | None, str]:
        """Judge haves and chain; a proof of what they show, or why there is none."""
        item = self.work.item
        if item.proof is None:
            return self._statement_only(item)
        return self._inner(item.proof, self.name)

    def _statement_only(self, item: Item) -> tuple[Proof | None, str]:
        if item.show is None:
            return None, ""
        step = Step(
            "show", None, None, None, item.show, item.show, item.reason, item.span, item.instances
        )
        line = self._line(step, self.name, item.show, "show")
        return line.cited, ""

    def _inner(self, proof: Written, name: str) -> tuple[Proof | None, str]:
        last: Proof | None = None
        for have in proof.haves:
            last = self._have(have, name)
        if proof.chain is None:
            return last, ""
        return self._chain(proof.chain, name)

    def _have(self, have: Have, name: str) -> Proof | None:
        if have.error is not None or have.prop is None:
            self.lines.append(unreadable_step(have.error, have.span, "have", have.label))
            return None
        if have.proof is not None:
            fact = self._have_with_proof(have, have.prop, have.proof, name)
        else:
            step = Step(
                "have", None, None, None, have.prop, have.prop, have.reason, have.span,
                have.instances,
            )  # fmt: skip
            fact = self._line(step, name, have.prop, "have", have.label).cited
        if fact is not None:
            self._known(have, have.prop, fact)
        elif have.label:
            self.work.names.failed.add(have.label)
        return fact

    def _have_with_proof(self, have: Have, prop: Term, proof: Written, name: str) -> Proof | None:
        work = self.work
        inner, message = self._inner(proof, f"{name}.{have.label or have.span.line}")
        reached = work.reaches(inner, prop)
        fact = None
        if reached is not None:
            fact = work.close(f"{name}:{have.span.line}", prop, reached)
        verdict = "unjustified" if fact is None else work.standing(fact.data[0])
        self.lines.append(have_report(self.source, have, verdict, message))
        return fact

    def _known(self, have: Have, prop: Term, fact: Proof) -> None:
        """What the lines below may use: the fact, the values in it, and both unfolded."""
        work = self.work
        facts = [fact, *prove_values(work.prover, prop, work.context)[0]]
        work.context = Context(work.context, unfolded_too(facts), ())
        work.names.labels.setdefault(have.label or "have", []).append(fact)

    def _chain(self, chain: Chain, name: str) -> tuple[Proof | None, str]:
        whole: Proof | None = None
        direction, broken = 0, ""
        complete = True
        carried: list[Term] = []
        prover = self.work.prover
        for number, step in enumerate(chain.steps):
            if step.error is not None or step.closed is None:
                self.lines.append(unreadable_step(step.error, step.span, step.relation))
                complete = False
                continue
            turn = DIRECTION.get(step.relation, 0)
            if direction and turn and turn != direction:
                self.lines.append(cannot_turn(self.source, step))
                complete = False
                broken = "the relations of the chain do not compose"
                continue
            direction = direction or turn
            line = self._line(step, name, step.closed, step.relation, None, carried)
            carried += [v for v in line.judgement.unvalued if v not in carried]
            if line.cited is None:
                complete = False
            elif complete:
                try:
                    whole = line.cited if number == 0 else composed(prover, whole, line.cited)
                except CannotCompose:
                    complete = False
                    broken = (
                        f"the step at line {step.span.line} does not compose "
                        "with what stands above it"
                    )
        return (whole if complete else None), broken

    def _line(
        self, step: Step, name: str, goal: Term, relation: str,
        label: str | None = None, carried: Sequence[Term] = (),
    ) -> Line:  # fmt: skip
        """Judge one step, close it in the kernel if it is proved, and report it."""
        work = self.work
        context = work.context.assuming(list(carried)) if carried else work.context
        work.prover.fresh_budget()
        try:
            judged = self._judged(step, goal, context)
        except UnknownName as unknown:
            report = unknown_name(self.source, unknown, step, work, relation, label)
            self.lines.append(report)
            return Line(report, Judgement("unreadable"))
        cited = None
        if judged.verdict == "checked":
            cited, judged = self._closed(f"{name}:{step.span.line}", goal, judged, carried)
        report = step_report(self.source, work, step, relation, label, judged)
        if step.span.line == self.explain:
            from derive.search.explanation import explained

            report = explained(report, work, judged, step, goal, context, carried)
        self.lines.append(report)
        return Line(report, judged, cited)

    def _judged(self, step: Step, goal: Term, context: Context) -> Judgement:
        """What search finds of a step; a step that is not proved is tried in models."""
        work = self.work
        words = [n.text for n in step.reason.names] if step.reason is not None else None
        if words is None and self.strict:
            return Judgement("unjustified", message="a reason is wanted here (--strict)")
        judged = judge(work.prover, goal, words, step.instances, work.names, context, work.item)
        look_for_counterexample(judged, goal, work.item, work.names.library.rules)
        return judged

    def _closed(
        self, place: str, goal: Term, judged: Judgement, carried: Sequence[Term]
    ) -> tuple[Proof | None, Judgement]:
        """A step with a proof, as the kernel answers: its citation and the verdict."""
        work = self.work
        work.valued += judged.values
        cited = work.close(f"{place}:{work.count}", goal, judged.proof, judged.values, carried)
        work.count += 1
        if cited is None:
            refusal = "the kernel refused the proof that was found: " + work.refusal
            return None, Judgement("unjustified", message=refusal)
        judged.verdict = work.standing(cited.data[0])
        return cited, judged
