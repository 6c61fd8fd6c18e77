"""Check a text: read it, judge every step, replay what was found in the kernel, report."""

from __future__ import annotations

from derive.elaborate.statement import Chain, Have, Item, Step
from derive.elaborate.units import Unit
from derive.kernel.check import Checker, Proved
from derive.kernel.refusal import Rejected
from derive.kernel.term import Term
from derive.report.data import GOOD, FileReport, ItemReport, StepReport, worst
from derive.search.certificate import Writer
from derive.search.chain import DIRECTION, CannotCompose, composed
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.hypotheses import context_of
from derive.search.judge import Judgement, judge, look_for_counterexample
from derive.search.lemmas import Lemma
from derive.search.lines import (
    cannot_turn,
    definition_report,
    have_report,
    item_report,
    refused_item,
    step_report,
    unknown_name,
    unreadable_item,
    unreadable_step,
)
from derive.search.proof import Proof, hyp
from derive.search.reasons import Names, UnknownName
from derive.search.session import Session
from derive.search.unfolding import definitions_unfolded, unfolded_fact
from derive.search.valued import prove_values
from derive.search.work import Line, Work, feed


class FileChecker:
    """Checks the items of one file in order; theorems that check are usable below."""

    def __init__(
        self,
        session_: Session,
        path: str,
        source: str,
        strict: bool,
        book: bool = False,
        explain: int | None = None,
    ) -> None:
        self.session, self.path, self.source = session_, path, source
        self.strict, self.book, self.explain = strict, book, explain
        self.reports: list[ItemReport] = []
        self.unproved: set[str] = set()
        self.proved: dict[str, str] = {}  # theorems of this file, with their names in the kernel

    def run(self, unit: Unit) -> FileReport:
        """Judge all items; broken places of the text become unreadable items."""
        for fault in (*unit.tree.broken, *unit.faults):
            self.reports.append(
                unreadable_item(fault.message, fault.span, fault.expected, fault.nearest)
            )
        for item in unit.items:
            self.reports.append(self.item(item))
        self.reports.sort(key=lambda r: r.line)
        return FileReport(self.path, tuple(self.reports), None, self.source)

    def item(self, item: Item) -> ItemReport:
        """Judge one item."""
        name = item.name or f"derivation_{item.span.line}"
        refused = None if self.book else refused_item(item, name)
        if refused is not None:
            return refused
        if item.kind == "define":
            return definition_report(item)
        name = self.session.free_name(name, item.span.line)
        work = self._start(item)
        lines: list[StepReport] = []
        final, message = self._proof(work, item, name, lines)
        return self._finish(item, name, work, lines, final, message)

    def _start(self, item: Item) -> Work:
        context = context_of(item.givens)
        names = Names(
            self.session.library,
            {},
            set(self.unproved),
            self.session.forbidden(item.name),
            {name: meaning.head for name, meaning in item.scope.notations.meanings.items()},
            frozenset(self.unproved),
        )
        if item.name:
            names.forbidden.add(item.name)
        for hypothesis in item.hypotheses:
            if hypothesis.label:
                names.labels.setdefault(hypothesis.label, []).append(hyp(hypothesis.term))
        library = self.session.library
        prover = Prover(library.horn, library.structure, names.forbidden)
        kernel = Checker(self.session.theory)
        return Work(item, context, names, prover, Writer(), kernel)

    # ---- proofs

    def _proof(
        self, work: Work, item: Item, name: str, lines: list[StepReport]
    ) -> tuple[Proof | None, str]:
        """Judge haves and chain; a proof of what they show, or why there is none."""
        if item.proof is None:
            return self._statement_only(work, item, name, lines)
        return self._inner(work, item.proof, name, lines)

    def _statement_only(
        self, work: Work, item: Item, name: str, lines: list[StepReport]
    ) -> tuple[Proof | None, str]:
        if item.show is None:
            return None, ""
        step = Step(
            "show", None, None, None, item.show, item.show, item.reason, item.span, item.instances
        )
        line = self._judge_line(work, step, name, item.show, "show")
        lines.append(line.report)
        return line.cited, ""

    def _inner(
        self, work: Work, proof, name: str, lines: list[StepReport]
    ) -> tuple[Proof | None, str]:
        last: Proof | None = None
        for have in proof.haves:
            last = self._have(work, have, name, lines)
        if proof.chain is None:
            return last, ""
        return self._chain(work, proof.chain, name, lines)

    def _have(self, work: Work, have: Have, name: str, lines: list[StepReport]) -> Proof | None:
        if have.error is not None or have.prop is None:
            lines.append(unreadable_step(have.error, have.span, "have", have.label))
            return None
        if have.proof is not None:
            inner, message = self._inner(
                work, have.proof, f"{name}.{have.label or have.span.line}", lines
            )
            proof = work.reaches(inner, have.prop)
            fact = (
                work.close(f"{name}:{have.span.line}", have.prop, proof)
                if proof is not None
                else None
            )
            verdict = "unjustified" if fact is None else work.standing(fact.data[0])
            lines.append(have_report(self.source, have, verdict, message))
        else:
            step = Step(
                "have",
                None,
                None,
                None,
                have.prop,
                have.prop,
                have.reason,
                have.span,
                have.instances,
            )
            line = self._judge_line(work, step, name, have.prop, "have", have.label)
            lines.append(line.report)
            fact = line.cited
        if fact is not None:
            facts = [fact, *self._values_of(work, have.prop)]
            facts += [unfolded_fact(f) for f in facts if definitions_unfolded(f.prop) is not None]
            work.context = Context(work.context, facts, ())
            work.names.labels.setdefault(have.label or "have", []).append(fact)
        elif have.label:
            work.names.failed.add(have.label)
        return fact

    def _values_of(self, work: Work, prop: Term) -> list[Proof]:
        return prove_values(work.prover, prop, work.context)[0]

    def _chain(
        self, work: Work, chain: Chain, name: str, lines: list[StepReport]
    ) -> tuple[Proof | None, str]:
        whole: Proof | None = None
        direction, broken = 0, ""
        complete = True
        carried: list[Term] = []
        for number, step in enumerate(chain.steps):
            if step.error is not None or step.closed is None:
                lines.append(unreadable_step(step.error, step.span, step.relation))
                complete = False
                continue
            turn = DIRECTION.get(step.relation, 0)
            if direction and turn and turn != direction:
                lines.append(cannot_turn(self.source, step))
                complete = False
                broken = "the relations of the chain do not compose"
                continue
            direction = direction or turn
            line = self._judge_line(work, step, name, step.closed, step.relation, None, carried)
            lines.append(line.report)
            carried += [v for v in line.judgement.unvalued if v not in carried]
            if line.cited is None:
                complete = False
            elif complete:
                try:
                    whole = line.cited if number == 0 else composed(work.prover, whole, line.cited)
                except CannotCompose:
                    complete, broken = (
                        False,
                        f"the step at line {step.span.line} does not compose "
                        "with what stands above it",
                    )
        return (whole if complete else None), broken

    def _judge_line(
        self,
        work: Work,
        step: Step,
        name: str,
        goal: Term,
        relation: str,
        label: str | None = None,
        carried: list[Term] = (),
    ) -> Line:
        words = [n.text for n in step.reason.names] if step.reason is not None else None
        context = work.context.assuming(list(carried)) if carried else work.context
        span = step.span
        work.prover.fresh_budget()
        if words is None and self.strict:
            judged = Judgement("unjustified", message="a reason is wanted here (--strict)")
        else:
            try:
                judged = judge(
                    work.prover, goal, words, step.instances, work.names, context, work.item
                )
            except UnknownName as unknown:
                return Line(
                    unknown_name(self.source, unknown, step, work, relation, label),
                    Judgement("unreadable"),
                )
            look_for_counterexample(judged, goal, work.item, work.names.library.rules)
        cited = None
        if judged.verdict == "checked":
            work.valued += judged.values
            cited = work.close(
                f"{name}:{span.line}:{work.count}", goal, judged.proof, judged.values, carried
            )
            work.count += 1
            if cited is None:
                refusal = "the kernel refused the proof that was found: " + work.refusal
                judged = Judgement("unjustified", message=refusal)
            else:
                judged.verdict = work.standing(cited.data[0])
        report = step_report(self.source, work, step, relation, label, judged)
        if span.line == self.explain:
            from derive.search.explanation import explained

            report = explained(report, work, judged, step, goal, context, carried)
        return Line(report, judged, cited)

    def _finish(
        self,
        item: Item,
        name: str,
        work: Work,
        lines: list[StepReport],
        final: Proof | None,
        message: str,
    ) -> ItemReport:
        if item.errors and not lines:
            lines.append(unreadable_step(item.errors[0], item.errors[0].span, ""))
        verdicts = [line.verdict for line in lines] + (["unreadable"] if item.errors else [])
        verdict = worst(verdicts)
        statement: Proved | None = None
        if verdict in GOOD:
            statement, why = self._stated(item, name, work, final)
            message = message or why
            verdict = "unjustified" if statement is None else work.standing(statement.name)
        if item.name and verdict not in GOOD:
            self.unproved.add(item.name)
        if item.errors and not message:
            message = item.errors[0].message
        return item_report(self.session, item, lines, verdict, work, statement, message)

    def _stated(
        self, item: Item, name: str, work: Work, final: Proof | None
    ) -> tuple[Proved | None, str]:
        """The statement as the kernel proved it, or why it did not."""
        shown = final.prop if item.show is None and final is not None else item.show
        proof = work.reaches(final, shown)
        if proof is None:
            return None, "the steps do not prove what `show` says"
        if item.kind != "theorem" and proof.op == "cite":
            name = proof.data[0]  # the only step is the statement
        elif work.close(name, shown, proof) is None:
            return None, "the statement was not proved: " + work.refusal
        statement = work.kernel.closed[name][0]
        self._publish(item, name, work)
        return statement, ""

    def _publish(self, item: Item, name: str, work: Work) -> None:
        if item.kind != "theorem":
            return
        work.writer.record("publish", name)
        try:
            feed(work.kernel, work.writer.lines[-1:])
            rule = self.session.theory.rules[name]
            self.session.library.add(rule)
            if name != item.name:
                self.session.library.shadows[item.name] = name
            if not self.book:
                self.session.lemmas[name] = Lemma(rule, tuple(work.entries))
            self.proved[item.name] = name
            self.unproved.discard(item.name)
        except Rejected:
            work.writer.lines.pop()
