"""Check a text: read it, judge every step, replay what was found in the kernel, report."""

from __future__ import annotations

from derive.elaborate.statement import Item
from derive.elaborate.units import Unit
from derive.kernel.check import Checker, Proved
from derive.kernel.refusal import Rejected
from derive.report.data import GOOD, FileReport, ItemReport, StepReport, worst
from derive.search.certificate import Writer
from derive.search.horn import Prover
from derive.search.hypotheses import context_of
from derive.search.item_proof import ItemProof
from derive.search.lemmas import Lemma
from derive.search.lines import (
    definition_report,
    item_report,
    refused_item,
    unreadable_item,
    unreadable_step,
)
from derive.search.proof import Proof, hyp
from derive.search.reasons import Names
from derive.search.session import Session
from derive.search.work import Work, feed


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
        proof = ItemProof(work, name, self.source, self.strict, self.explain)
        final, message = proof.judge()
        return self._finish(item, name, work, proof.lines, final, message)

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
