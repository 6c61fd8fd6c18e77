"""Proofs and chains: the lines between `proof` and `qed`, and bare chains."""

from __future__ import annotations

import re

from derive.syntax import tree
from derive.syntax.clauses import broken, formula, split_reason, step
from derive.syntax.diagnostic import SyntaxFailure, nearest
from derive.syntax.lines import KEYWORDS, RELATION, Piece
from derive.syntax.node import changed
from derive.syntax.parse import parse_formula
from derive.syntax.tree import Node, Span

HEADERS = frozenset(["theorem", "axiom", "define", "example"])
MAX_PROOF_DEPTH = 20


class ProofReader:
    """Reads the logical lines of one block; `place` is the next line to read."""

    def __init__(self, lines: list[Piece]) -> None:
        self.lines = lines
        self.place = 0
        self.broken: list[tree.Broken] = []

    # ---- lines

    def peek(self) -> Piece | None:
        """The next line, or None at the end."""
        return self.lines[self.place] if self.place < len(self.lines) else None

    def take(self) -> Piece:
        """The next line, passed over."""
        self.place += 1
        return self.lines[self.place - 1]

    def fault(self, error: SyntaxFailure) -> tree.Broken:
        """Record a failure; the node that stands in its place."""
        fault = broken(error)
        self.broken.append(fault)
        return fault

    def check(self, node: Node) -> None:
        """Record the Broken that a clause already put in place of its term."""
        if isinstance(node, tree.Broken):
            self.broken.append(node)

    def misplaced(self, line: Piece) -> None:
        """A line whose keyword does not belong here."""
        what = line.keyword or "a text in quotes"
        if not line.keyword and not line.text.startswith('"'):
            what = "a step"
        self.fault(line.refuse(f"“{what}” does not belong here", "theorem, given or a chain"))

    # ---- proofs

    def proof(self, depth: int) -> tree.Proof:
        """`proof … qed`: haves, then at most one chain."""
        opening = self.take()
        haves: list[tree.Have] = []
        chain: tree.Chain | None = None
        while (line := self.peek()) is not None and line.keyword != "qed":
            if line.keyword == "have" and chain is None:
                haves.append(self.have(depth))
            elif line.keyword in HEADERS or line.keyword == "import":
                break
            elif line.keyword or line.text.startswith('"') or RELATION.match(line.text):
                self.misplaced(self.take())
            elif chain is not None:
                self.fault(line.refuse("a proof has one chain; this starts another", "qed"))
                self.chain()
            else:
                chain = self.chain()
        closing = self.peek()
        if closing is None or closing.keyword != "qed":
            self.fault(opening.refuse("this proof has no “qed”", "qed"))
            return tree.Proof(tuple(haves), chain, span=opening.span)
        self.take()
        if closing.text != "qed":
            self.fault(closing.refuse("“qed” stands alone on its line", "a new line"))
        return tree.Proof(tuple(haves), chain, span=over(opening.span, closing.span))

    def have(self, depth: int) -> tree.Have:
        """`have [label:] φ by …`, or `have [label:] φ` with its own proof."""
        line = self.take()
        rest, label = line.after_keyword(), None
        found = re.match(r"([^\W\d]\w*)\s*:(?!=)", rest.text)
        if found:
            label, rest = found[1], rest.cut(found.end())
        why = None
        try:
            rest, why = split_reason(rest)
            if not rest.text:
                raise line.refuse("after “have” a statement is missing", "a formula")
            statement = formula(rest)
        except SyntaxFailure as error:
            statement = self.fault(error)
        proof = None
        after = self.peek()
        if after is not None and after.keyword == "proof" and why is None:
            if depth >= MAX_PROOF_DEPTH:
                self.fault(after.refuse(f"proofs nested deeper than {MAX_PROOF_DEPTH}"))
                self.take()
            else:
                proof = self.proof(depth + 1)
        return tree.Have(label, statement, why, proof, span=line.span)

    def chain(self) -> tree.Chain | None:
        """An expression and the steps below it; a relation on its first line is a step too."""
        line = self.take()
        steps: list[tree.ChainStep] = []
        first, opening = self.first_line(line)
        while (after := self.peek()) is not None and RELATION.match(after.text):
            steps.append(step(self.take()))
            self.check(steps[-1].term)
        if opening is not None and not _compares_formulas(steps):
            first, steps = opening.first, [*opening.steps, *steps]
        elif opening is not None and opening.steps[-1].reason is not None:
            self.fault(line.refuse("the first line of this chain has a reason but no step"))
        if not steps and not isinstance(first, tree.Broken):
            hint = nearest(line.text.split()[0], KEYWORDS)
            self.fault(line.refuse("a chain needs a step below its first line", "= … by …", hint))
            return None
        if not steps:
            return None
        return tree.Chain(first, tuple(steps), span=line.span)

    def first_line(self, line: Piece) -> tuple[Node, tree.Chain | None]:
        """The first line as a term, and as a chain of its own if it holds a relation."""
        try:
            rest, why = split_reason(line)
            first = parse_formula(rest.text, rest.line, rest.column)
        except SyntaxFailure as error:
            return self.fault(error), None
        if not isinstance(first, tree.Relation):
            if why is not None:
                self.fault(line.refuse("the first line of a chain has no reason", "a new line"))
            return first, None
        return first, _one_line(first, why)


def _one_line(relation: tree.Relation, why: tree.Reason | None) -> tree.Chain:
    """`a = b ≤ c by r`, on one line, as a chain; the reason is that of its last step."""
    steps: list[tree.ChainStep] = []
    for sign, operand in zip(relation.relations, relation.operands[1:], strict=True):
        steps.append(tree.ChainStep(sign, operand, None, None, span=operand.span))
    steps[-1] = changed(steps[-1], tail=relation.tail, reason=why)
    return tree.Chain(relation.operands[0], tuple(steps), span=relation.span)


def _compares_formulas(steps: list[tree.ChainStep]) -> bool:
    """Whether the steps relate propositions: then a relation on the first line is one."""
    return bool(steps) and steps[0].relation in ("⟺", "⟹")


def over(first: Span, last: Span) -> Span:
    """From the start of one span to the end of another."""
    return Span(first.line, first.column, last.end_line, last.end_column)
