"""The state of checking one item, and how a proved line is closed in the kernel."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.elaborate.statement import Item
from derive.kernel.check import Checker
from derive.kernel.refusal import Rejected
from derive.kernel.term import Term
from derive.report.data import StepReport
from derive.search.certificate import Writer
from derive.search.context import Context
from derive.search.horn import Prover
from derive.search.judge import Judgement
from derive.search.lemmas import Entry
from derive.search.proof import Proof, cite, hypotheses
from derive.search.reasons import Names
from derive.search.valued import prove_values


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
    used: set[Term] = field(default_factory=set)
    valued: list[Proof] = field(default_factory=list)
    count: int = 0
    refusal: str = ""
    entries: list[Entry] = field(default_factory=list)

    def close(
        self,
        name: str,
        goal: Term,
        proof: Proof,
        values: list[Proof] | None = None,
        carried: list[Term] = (),
    ) -> Proof | None:
        """Write an item for one line, let the kernel replay it, and give back its citation."""
        if values is None:
            values, lacking = prove_values(
                self.prover, goal, Context(self.context, self.valued, ())
            )
            if lacking:
                self.refusal = "an expression has no proved value"
                return None
        mark = len(self.writer.lines)
        entry = Entry(name, [*self.item.givens, *carried], goal, proof, values)
        try:
            self.writer.item(*entry, publish=False)
            feed(self.kernel, self.writer.lines[mark:])
        except Rejected as refusal:
            self.refusal = str(refusal)
            del self.writer.lines[mark:]
            self.kernel, self.writer = Checker(self.kernel.theory), Writer()
            self.entries.clear()
            return None
        self.entries.append(entry)
        assumed = frozenset().union(hypotheses(proof), *map(hypotheses, values))
        self.used |= assumed
        return cite(name, goal, assumed)

    def standing(self, name: str) -> str:
        """The verdict on an item that the kernel closed: whether some of it is only computed."""
        return "computed" if self.kernel.closed[name][0].tags else "checked"

    def reaches(self, proof: Proof | None, goal: Term | None) -> Proof | None:
        """The proof itself if it is of the goal, or the goal from it by a trivial step."""
        if proof is None or goal is None or proof.prop is goal:
            return proof
        self.prover.fresh_budget(400)
        return self.prover.prove(goal, Context(self.context, [proof], ()))


def feed(kernel: Checker, records: list[list]) -> None:
    """Let the kernel carry out records of a certificate, as `check_text` does its lines."""
    for record in records:
        kernel.feed(record)
