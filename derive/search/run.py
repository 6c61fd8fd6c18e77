"""Check a text: read it, judge every step, replay what was found in the kernel, report."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.elaborate.show import show, show_condition
from derive.elaborate.statement import Chain, Have, Item, Step, elaborate_file
from derive.kernel.check import Checker, Proved
from derive.kernel.refusal import Rejected
from derive.kernel.term import Term
from derive.kernel.value import obligations, obligations_of_all
from derive.report.data import FileError, FileReport, ItemReport, StepReport, worst
from derive.search.certificate import Writer
from derive.search.chain import DIRECTION, CannotCompose, composed
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.judge import Judgement, judge, prove_values
from derive.search.proof import Proof, cite, hyp, hypotheses, rules_used, transported
from derive.search.reasons import Names, UnknownName
from derive.search.session import Session, session
from derive.search.unfolding import definitions_unfolded


def check_text(text: str, path: str, *, markdown: bool = False, strict: bool = False, explain: int | None = None) -> FileReport:
    """Judge every step of a text in the language (of the `derive` fences of a Markdown text)."""
    import sys

    from derive.syntax.items import read_file, read_markdown

    sys.setrecursionlimit(max(sys.getrecursionlimit(), 12_000))  # search nests goals; its bounds are counts

    file = read_markdown(text) if markdown else read_file(text)
    items = elaborate_file(file)
    return FileChecker(session().child(), path, text, strict).run(items, file)


@dataclass
class Line:
    """A judged line and what later lines may use of it."""

    report: StepReport
    judgement: Judgement
    cited: Proof | None = None


@dataclass
class Work:
    """The state of checking one item."""

    item: Item
    context: Context
    names: Names
    prover: Prover
    writer: Writer
    kernel: Checker
    lines: list[Line] = field(default_factory=list)
    used: set[Term] = field(default_factory=set)
    valued: list[Proof] = field(default_factory=list)
    count: int = 0

    @property
    def givens(self) -> list[Term]:
        """The item's hypotheses in order, each once."""
        return list(dict.fromkeys(h.term for h in self.item.hypotheses))


class FileChecker:
    """Checks the items of one file in order; theorems that check are usable below."""

    def __init__(self, session_: Session, path: str, source: str, strict: bool, book: bool = False) -> None:
        self.session, self.path, self.source, self.strict, self.book = session_, path, source, strict, book
        self.reports: list[ItemReport] = []
        self.unproved: set[str] = set()

    def run(self, items: list[Item], file) -> FileReport:
        """Judge all items; broken places of the text become unreadable items."""
        for broken in file.broken:
            self.reports.append(_unreadable_item(broken.message, broken.span, broken.expected, broken.nearest))
        for number, item in enumerate(items):
            self.reports.append(self.item(item, number))
        self.reports.sort(key=lambda r: r.line)
        return FileReport(self.path, tuple(self.reports), None, self.source)

    def item(self, item: Item, number: int) -> ItemReport:
        """Judge one item."""
        name = item.name or f"derivation_{item.span.line}"
        if item.kind == "axiom" and not self.book:
            return _unreadable_item("axiom is only for the rulebook; write `given` for what you assume", item.span, "theorem, example or given", "", name)
        work = self._start(item)
        lines: list[StepReport] = []
        if item.kind == "define":
            return _unreadable_item("`define` is part of the language but cannot be used yet", item.span, "the definition written out in each place", "", name)
        final, message = self._proof(work, item, name, lines)
        return self._finish(item, name, work, lines, final, message)

    def _start(self, item: Item) -> Work:
        givens = list(dict.fromkeys(h.term for h in item.hypotheses))
        facts = [hyp(g) for g in givens]
        facts += [hyp(o) for o in obligations_of_all(tuple(givens))]
        facts += [unfolded_fact(f) for f in facts if definitions_unfolded(f.prop) is not None]
        context = Context(None, facts)
        names = Names(self.session.library, {}, set(self.unproved), self.session.forbidden(item.name))
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

    def _proof(self, work: Work, item: Item, name: str, lines: list[StepReport]) -> tuple[Proof | None, str]:
        """Judge haves and chain; a proof of what they show, or why there is none."""
        if item.proof is None:
            return self._statement_only(work, item, name, lines)
        return self._inner(work, item.proof, name, lines, item.show)

    def _statement_only(self, work: Work, item: Item, name: str, lines: list[StepReport]) -> tuple[Proof | None, str]:
        if item.show is None:
            return None, ""
        step = Step("show", None, None, None, item.show, item.show, item.reason, item.span, item.instances)
        line = self._judge_line(work, step, name, item.show, "show")
        lines.append(line.report)
        return line.cited, ""

    def _inner(self, work: Work, proof, name: str, lines: list[StepReport], show_: Term | None) -> tuple[Proof | None, str]:
        last: Proof | None = None
        for have in proof.haves:
            last = self._have(work, have, name, lines)
        if proof.chain is None:
            return last, ""
        return self._chain(work, proof.chain, name, lines, show_)

    def _have(self, work: Work, have: Have, name: str, lines: list[StepReport]) -> Proof | None:
        if have.error is not None or have.prop is None:
            lines.append(_unreadable_step(have.error, have.span, "have", have.label))
            return None
        if have.proof is not None:
            inner, message = self._inner(work, have.proof, f"{name}.{have.label or have.span.line}", lines, have.prop)
            proof = self._reaches(work, inner, have.prop)
            fact = self._close(work, f"{name}:{have.span.line}", have.prop, proof) if proof is not None else None
            verdict = "checked" if fact is not None else "unjustified"
            lines.append(StepReport(have.span.line, have.span.column, "have", self._text(have.span), verdict, label=have.label, message=message if fact is None else ""))
        else:
            step = Step("have", None, None, None, have.prop, have.prop, have.reason, have.span, have.instances)
            line = self._judge_line(work, step, name, have.prop, "have", have.label)
            lines.append(line.report)
            fact = line.cited
        if fact is not None:
            work.context = Context(work.context, [fact, *self._values_of(work, have.prop)], ())
            if have.label:
                work.names.labels.setdefault(have.label, []).append(fact)
            else:
                work.names.labels.setdefault("have", []).append(fact)
        elif have.label:
            work.names.failed.add(have.label)
        return fact

    def _values_of(self, work: Work, prop: Term) -> list[Proof]:
        return prove_values(work.prover, prop, work.context)[0]

    def _chain(self, work: Work, chain: Chain, name: str, lines: list[StepReport], show_: Term | None) -> tuple[Proof | None, str]:
        whole: Proof | None = None
        direction, broken = 0, ""
        complete = True
        carried: list[Term] = []
        for number, step in enumerate(chain.steps):
            if step.error is not None or step.closed is None:
                lines.append(_unreadable_step(step.error, step.span, step.relation))
                complete = False
                continue
            turn = DIRECTION.get(step.relation, 0)
            if direction and turn and turn != direction:
                lines.append(self._cannot_turn(step))
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
                    complete, broken = False, f"the step at line {step.span.line} does not compose with what stands above it"
        return (whole if complete else None), broken

    def _cannot_turn(self, step: Step) -> StepReport:
        message = "≤ and ≥ do not compose: this chain cannot turn round here"
        return StepReport(step.span.line, step.span.column, step.relation, self._text(step.span), "unjustified", message=message)

    def _judge_line(self, work: Work, step: Step, name: str, goal: Term, relation: str, label: str | None = None, carried: list[Term] = ()) -> Line:
        words = [n.text for n in step.reason.names] if step.reason is not None else None
        context = work.context.assuming(list(carried)) if carried else work.context
        span = step.span
        work.prover.fresh_budget()
        if words is None and self.strict:
            judged = Judgement("unjustified", message="a reason is wanted here (--strict)")
        else:
            try:
                judged = judge(work.prover, goal, words, step.instances, work.names, context, work.item)
            except UnknownName as unknown:
                return Line(self._unknown_name(unknown, step, work, relation, label), Judgement("unreadable"))
        cited = None
        if judged.verdict == "checked":
            work.valued += judged.values
            cited = self._close(work, f"{name}:{span.line}:{work.count}", goal, judged.proof, judged.values, carried)
            work.count += 1
            if cited is None:
                judged = Judgement("unjustified", message="the kernel refused the proof that was found: " + self._refusal)
        return Line(self._step_report(work, step, relation, label, judged), judged, cited)

    _refusal = ""

    def _close(self, work: Work, name: str, goal: Term, proof: Proof, values: list[Proof] | None = None, carried: list[Term] = ()) -> Proof | None:
        """Write an item for one line, let the kernel replay it, and give back its citation."""
        if values is None:
            values, lacking = prove_values(work.prover, goal, Context(work.context, work.valued, ()))
            if lacking:
                self._refusal = "an expression has no proved value"
                return None
        mark = len(work.writer.lines)
        try:
            work.writer.item(name, [*work.givens, *carried], goal, proof, values, publish=False)
            _feed(work.kernel, work.writer.lines[mark:])
        except Rejected as refusal:
            self._refusal = str(refusal)
            del work.writer.lines[mark:]
            work.kernel, work.writer = Checker(self.session.theory), Writer()
            return None
        assumed = frozenset().union(hypotheses(proof), *map(hypotheses, values))
        work.used |= assumed
        return cite(name, goal, assumed)

    def _reaches(self, work: Work, proof: Proof | None, goal: Term | None) -> Proof | None:
        """The proof itself if it is of the goal, or the goal from it by a trivial step."""
        if proof is None or goal is None or proof.prop is goal:
            return proof
        work.prover.fresh_budget(400)
        return work.prover.prove(goal, Context(work.context, [proof], ()))

    def _finish(self, item: Item, name: str, work: Work, lines: list[StepReport], final: Proof | None, message: str) -> ItemReport:
        verdicts = [line.verdict for line in lines] + (["unreadable"] if item.errors else [])
        verdict = worst(verdicts)
        statement: Proved | None = None
        if verdict == "checked":
            goal = item.show if item.show is not None else (final.prop if final is not None else None)
            proof = self._reaches(work, final, goal)
            if proof is None:
                verdict, message = "unjustified", message or "the steps do not prove what `show` says"
            else:
                kernel_name = name if not self.session.theory.knows(name) or item.kind != "theorem" else f"{name}@{item.span.line}"
                fact = self._close(work, kernel_name, goal, proof)
                if fact is None:
                    verdict, message = "unjustified", "the statement was not proved: " + self._refusal
                else:
                    statement = work.kernel.closed[kernel_name][0]
                    self._publish(item, kernel_name, work)
        if item.name and verdict not in ("checked", "computed"):
            self.unproved.add(item.name)
        if item.errors and not message:
            message = item.errors[0].message
        return self._report(item, name, lines, verdict, work, statement, message)

    def _publish(self, item: Item, name: str, work: Work) -> None:
        if item.kind != "theorem":
            return
        work.writer.record("publish", name)
        try:
            _feed(work.kernel, work.writer.lines[-1:])
            self.session.library.add(self.session.theory.rules[name])
            if name != item.name:
                self.session.library.shadows[item.name] = name
        except Rejected:
            work.writer.lines.pop()

    # ---- reports

    def _report(self, item: Item, name: str, lines: list[StepReport], verdict: str, work: Work, statement: Proved | None, message: str) -> ItemReport:
        shown = show(item.show, item.scope) if item.show is not None else ""
        rules = self.session.library.rules
        axioms = tuple(sorted(statement.axioms, key=lambda a: (_is_law(rules.get(a)), a))) if statement else ()
        laws = sum(_is_law(rules.get(a)) for a in axioms)
        unused = _unused_hypotheses(item, work) if statement else ()
        certificate = work.writer.text() if statement else None
        return ItemReport(item.name, item.kind, item.span.line, verdict, shown, tuple(lines), message, axioms, (), unused, (), (), certificate, laws)

    def _step_report(self, work: Work, step: Step, relation: str, label: str | None, judged: Judgement) -> StepReport:
        scope = work.item.scope
        asked = tuple(dict.fromkeys(f"{show_condition(p, scope)}, needed by {r}" for p, r in judged.asked))
        text = tuple(show_condition(c, scope) for c in judged.missing)
        rules = tuple(judged.rules)
        if judged.verdict == "checked" and judged.proof is not None and judged.found:
            rules = tuple(judged.rules) or tuple(rules_used(judged.proof))
        return StepReport(
            step.span.line, step.span.column, relation, self._text(step.span), judged.verdict, rules, judged.found,
            text, asked, None, judged.message, (), label=label,
        )

    def _unknown_name(self, unknown: UnknownName, step: Step, work: Work, relation: str, label: str | None) -> StepReport:
        from derive.syntax.diagnostic import nearest

        word = str(unknown)
        place = next((n.span for n in step.reason.names if n.text == word), step.span)
        return StepReport(
            step.span.line, place.column, relation, self._text(step.span), "unreadable",
            message=f"{word} is not the name of a rule, theorem or label", expected="a name that `derive rules` lists",
            nearest=nearest(word, work.names.known()), label=label,
        )

    def _text(self, span) -> str:
        lines = self.source.splitlines()
        return lines[span.line - 1].strip() if 0 < span.line <= len(lines) else ""


def unfolded_fact(fact: Proof) -> Proof:
    """The fact with E, Var, Cov and P(A | B) written out."""
    iff, _ = definitions_unfolded(fact.prop)
    return transported(iff, fact)


def _feed(kernel: Checker, lines: list[str]) -> None:
    import json

    for line in lines:
        kernel.feed(json.loads(line))


def _is_law(rule) -> bool:
    """Whether an axiom is structural (order, values, measurability, congruence) and not a numbered fact."""
    return rule is None or rule.kind in ("structural", "congruence")


def _unused_hypotheses(item: Item, work: Work) -> tuple[str, ...]:
    """Hypotheses that no step used; a type counts as one, whatever it says of its object."""
    used: dict[str, bool] = {}
    for hypothesis in item.hypotheses:
        if hypothesis.origin:
            below = {hypothesis.term, *obligations(hypothesis.term)}
            typed = " : " in hypothesis.origin or hypothesis.origin == "ambient"
            text = hypothesis.origin if typed else show_condition(hypothesis.term, item.scope)
            label = f"{hypothesis.label}: " if hypothesis.label and not typed else ""
            used[label + text] = used.get(label + text, False) or bool(below & work.used)
    return tuple(text for text, was in used.items() if not was and text != "ambient")


def _unreadable_item(message: str, span, expected: str, nearest: str, name: str | None = None) -> ItemReport:
    step = StepReport(span.line, span.column, "", "", "unreadable", message=message, expected=expected, nearest=nearest)
    return ItemReport(name, "unreadable", span.line, "unreadable", "", (step,), message)


def _unreadable_step(error, span, relation: str, label: str | None = None) -> StepReport:
    where = error.span if error is not None else span
    message = error.message if error is not None else "this line cannot be read"
    return StepReport(
        span.line, where.column, relation, "", "unreadable", message=message,
        expected=error.expected if error is not None else "", nearest=error.nearest if error is not None else "", label=label,
    )


__all__ = ["FileChecker", "FileError", "check_text"]
