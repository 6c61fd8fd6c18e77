"""Check a text: read it, judge every step, replay what was found in the kernel, report."""

from __future__ import annotations

import sys

from derive.elaborate.statement import Chain, Have, Item, Step, elaborate_file
from derive.kernel.check import Checker, Proved
from derive.kernel.refusal import Rejected
from derive.kernel.term import Term
from derive.kernel.value import obligations_of_all
from derive.report.data import FileReport, ItemReport, StepReport, worst
from derive.search.certificate import Writer
from derive.search.chain import DIRECTION, CannotCompose, composed
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.judge import Judgement, judge, look_for_counterexample, prove_values
from derive.search.lines import (
    cannot_turn,
    item_report,
    line_of,
    step_report,
    unknown_name,
    unreadable_item,
    unreadable_step,
)
from derive.search.proof import Proof, hyp
from derive.search.reasons import FAMILIES, Names, UnknownName
from derive.search.session import Session, session
from derive.search.unfolding import unfolded_too
from derive.search.work import Line, Work, feed
from derive.syntax.items import read_file, read_markdown


def check_text(
    text: str,
    path: str,
    *,
    markdown: bool = False,
    strict: bool = False,
    explain: int | None = None,
) -> FileReport:
    """Judge every step of a text in the language (of the `derive` fences of a Markdown text)."""
    # search nests goals; its bounds are counts
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))
    file = read_markdown(text) if markdown else read_file(text)
    items = elaborate_file(file)
    return FileChecker(session().child(), path, text, strict).run(items, file)


NO_IMPORT = "`import` is part of the language but cannot be used yet"


class FileChecker:
    """Checks the items of one file in order; theorems that check are usable below."""

    def __init__(
        self, session_: Session, path: str, source: str, strict: bool, book: bool = False
    ) -> None:
        self.session, self.path, self.source = session_, path, source
        self.strict, self.book = strict, book
        self.reports: list[ItemReport] = []
        self.unproved: set[str] = set()

    def run(self, items: list[Item], file) -> FileReport:
        """Judge all items; broken places of the text become unreadable items."""
        for broken in file.broken:
            self.reports.append(
                unreadable_item(broken.message, broken.span, broken.expected, broken.nearest)
            )
        for imported in file.imports:
            wanted = "the theorem itself, in this file"
            self.reports.append(unreadable_item(NO_IMPORT, imported.span, wanted, ""))
        for item in items:
            self.reports.append(self.item(item))
        self.reports.sort(key=lambda r: r.line)
        return FileReport(self.path, tuple(self.reports), None, self.source)

    def item(self, item: Item) -> ItemReport:
        """Judge one item."""
        name = item.name or f"derivation_{item.span.line}"
        if item.kind == "axiom" and not self.book:
            return unreadable_item(
                "axiom is only for the rulebook; write `given` for what you assume",
                item.span,
                "theorem, example or given",
                "",
                name,
            )
        if item.name in FAMILIES:
            why = f"{item.name} names a family of rules and cannot be the name of an item"
            return unreadable_item(why, item.span, "another name", "", name)
        if item.kind == "define":
            return unreadable_item(
                "`define` is part of the language but cannot be used yet",
                item.span,
                "the definition written out in each place",
                "",
                name,
            )
        work = self._start(item)
        lines: list[StepReport] = []
        final, message = self._proof(work, item, name, lines)
        return self._finish(item, name, work, lines, final, message)

    def _start(self, item: Item) -> Work:
        facts = [hyp(g) for g in item.givens]
        facts += [hyp(o) for o in obligations_of_all(tuple(item.givens))]
        context = Context(None, unfolded_too(facts))
        names = Names(
            self.session.library, {}, set(self.unproved), self.session.forbidden(item.name)
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
            verdict = "checked" if fact is not None else "unjustified"
            lines.append(
                StepReport(
                    have.span.line,
                    have.span.column,
                    "have",
                    line_of(self.source, have.span),
                    verdict,
                    label=have.label,
                    message=message if fact is None else "",
                )
            )
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
            facts = unfolded_too([fact, *self._values_of(work, have.prop)])
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
            look_for_counterexample(judged, goal, work.item)
        cited = None
        if judged.verdict == "checked":
            work.valued += judged.values
            cited = work.close(
                f"{name}:{span.line}:{work.count}", goal, judged.proof, judged.values, carried
            )
            work.count += 1
            if cited is None:
                judged = Judgement(
                    "unjustified",
                    message="the kernel refused the proof that was found: " + work.refusal,
                )
        return Line(step_report(self.source, work, step, relation, label, judged), judged, cited)

    def _finish(
        self,
        item: Item,
        name: str,
        work: Work,
        lines: list[StepReport],
        final: Proof | None,
        message: str,
    ) -> ItemReport:
        verdicts = [line.verdict for line in lines] + (["unreadable"] if item.errors else [])
        verdict = worst(verdicts)
        statement: Proved | None = None
        if verdict == "checked":
            goal = (
                item.show if item.show is not None else (final.prop if final is not None else None)
            )
            proof = work.reaches(final, goal)
            if proof is None:
                verdict, message = (
                    "unjustified",
                    message or "the steps do not prove what `show` says",
                )
            else:
                kernel_name = (
                    name
                    if not self.session.theory.knows(name) or item.kind != "theorem"
                    else f"{name}@{item.span.line}"
                )
                if item.kind != "theorem" and proof.op == "cite":
                    kernel_name, fact = proof.data[0], proof  # the only step is the statement
                else:
                    fact = work.close(kernel_name, goal, proof)
                if fact is None:
                    verdict, message = (
                        "unjustified",
                        "the statement was not proved: " + work.refusal,
                    )
                else:
                    statement = work.kernel.closed[kernel_name][0]
                    self._publish(item, kernel_name, work)
        if item.name and verdict not in ("checked", "computed"):
            self.unproved.add(item.name)
        if item.errors and not message:
            message = item.errors[0].message
        return item_report(
            self.session.library.rules, item, lines, verdict, work, statement, message
        )

    def _publish(self, item: Item, name: str, work: Work) -> None:
        if item.kind != "theorem":
            return
        work.writer.record("publish", name)
        try:
            feed(work.kernel, work.writer.lines[-1:])
            self.session.library.add(self.session.theory.rules[name])
            if name != item.name:
                self.session.library.shadows[item.name] = name
        except Rejected:
            work.writer.lines.pop()
