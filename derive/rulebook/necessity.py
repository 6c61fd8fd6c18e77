"""The rulebook under test: every rule in models, every hypothesis dropped in turn.

A rule is at fault if a conclusion is false in a model of its premises, if no model tests it, or if
nothing shows that a hypothesis is needed: no model, no curated witness, no reason in the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from derive.kernel.core import Rule
from derive.kernel.term import Term
from derive.models.necessity import condition, need
from derive.models.rulecheck import check_rule
from derive.models.witnesses.listed import Entry, Key
from derive.rulebook.compile import Rulebook, compile_axiom

IDLE_MOST = 0.05
NOTHING = "nothing found"


@dataclass(frozen=True)
class Effort:
    """How many models are tried: for a rule, a dropped hypothesis, a listed one; and their seed.

    `again`: for a hypothesis that is not listed and of which the first search found nothing.
    """

    rule: int = 1000
    strict: int = 150
    total: int = 1000
    listed: int = 300
    again: int = 4000
    seed: int = 0


@dataclass(frozen=True)
class Row:
    """A hypothesis and what shows that it is needed: the kind of witness, and its text."""

    hypothesis: str
    kind: str
    text: str


@dataclass
class Record:
    """What models say of one rule; `statement` is the hash of what it says."""

    name: str
    kind: str
    statement: str = ""
    held: int = 0
    valued: int = 0
    false: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def proved(self) -> bool:
        """Whether the conclusions were true in a model."""
        return self.held + self.valued > 0


def rules_of(book: Rulebook) -> dict[str, Rule]:
    """Every axiom and theorem as a rule, in order; a theorem with the hypotheses it states."""
    return {item.name: compile_axiom(item) for _, item in book.items() if item.name is not None}


def examine(rule: Rule, kind: str, entries: Mapping[Key, Entry], effort: Effort) -> Record:
    """Try a rule in models, and drop each of its hypotheses."""
    tested = Record(rule.name, kind, rule.hash)
    for strict in (False, True):
        report = check_rule(rule, effort.rule, effort.seed, strict=strict)
        if strict:
            tested.valued = report.proved
        else:
            tested.held = report.proved
        if report.counterexample is not None:
            tested.false = report.counterexample.text()
            return tested
    for hypothesis in rule.hypotheses:
        tested.rows.append(_row(rule, hypothesis, entries, effort))
    return tested


def _row(rule: Rule, hypothesis: Term, entries: Mapping[Key, Entry], effort: Effort) -> Row:
    said = condition(rule, hypothesis)
    entry = entries.get((rule.name, said))
    tries = effort.total if entry is None else effort.listed
    found = need(rule, hypothesis, effort.strict, tries, effort.seed)
    if found is None and entry is None and effort.again:
        found = need(rule, hypothesis, effort.strict, effort.again, effort.seed + 5)
    if found is not None:
        return Row(said, found.kind, found.text)
    if entry is None:
        return Row(said, NOTHING, "")
    if entry.witness is not None:
        return Row(said, "witness", f"{entry.text}: " + "; ".join(entry.witness.text.splitlines()))
    return Row(said, entry.kind, entry.text)


# ---- faults


def faults(tested: Iterable[Record], entries: Mapping[Key, Entry]) -> list[str]:
    """What is wrong with the rulebook or with the list, a line each."""
    tested = list(tested)
    found = [line for t in tested for line in _faults_of(t, entries)]
    return [*found, *_stale(tested, entries), *_too_idle(tested)]


def _faults_of(tested: Record, entries: Mapping[Key, Entry]) -> list[str]:
    if tested.false:
        return [f"FALSE: {tested.name}\n{tested.false}"]
    lines = [] if tested.proved or (tested.name, "") in entries else [f"untested: {tested.name}"]
    for row in tested.rows:
        if row.kind == NOTHING:
            lines.append(f"nothing shows that it is needed: {tested.name} | {row.hypothesis}")
        elif (tested.name, row.hypothesis) in entries and row.kind not in ("witness", "idle"):
            lines.append(f"listed, but a model needs it: {tested.name} | {row.hypothesis}")
    return lines


def _stale(tested: list[Record], entries: Mapping[Key, Entry]) -> list[str]:
    known = {(t.name, row.hypothesis) for t in tested for row in t.rows}
    known |= {(t.name, "") for t in tested if not t.proved}
    unseen = {t.name for t in tested if t.false}
    return [
        f"listed, but no such hypothesis: {name} | {hypothesis}"
        for name, hypothesis in entries
        if (name, hypothesis) not in known and name not in unseen
    ]


def _too_idle(tested: list[Record]) -> list[str]:
    kinds = counts(tested)
    idle, every = kinds["idle"], sum(kinds.values())
    too_many = idle > IDLE_MOST * every
    return [f"{idle} of {every} hypotheses are idle, more than 5 %"] if too_many else []


def counts(tested: Iterable[Record]) -> Counter[str]:
    """How many hypotheses each kind of witness shows to be needed."""
    return Counter(row.kind for t in tested for row in t.rows)


# ---- the document

HEAD = """# Why each hypothesis is needed

Written by `python benchmarks/necessity.py`; do not edit. For every rule: the models of its premises
in which all conclusions were true, first with arbitrary values for what has none, then with values
throughout. For every hypothesis: what goes wrong when it is dropped.

* **false**: a model of the others in which both sides have values and the statement fails.
* **no value**: a model of the others in which the conclusion has no value.
* **arbitrary values**: a model of the others, with the values named for what has none, in which
  the conclusion fails; the hypothesis is what gives the others their values.
* **witness**: an exact example on an infinite space, computed in `derive/models/witnesses`.
* **idle**: the rule is true without it; `rules/necessity.txt` says why it is there.

A function or measure on a finite space is listed in the order of the points.
"""


def summary(tested: Iterable[Record]) -> str:
    """One line of numbers."""
    tested = list(tested)
    kinds = counts(tested)
    parts = ", ".join(f"{kind} {number}" for kind, number in kinds.most_common())
    models = sum(t.held + t.valued for t in tested)
    return f"{len(tested)} rules, {models} models, {sum(kinds.values())} hypotheses: {parts}"


def document(tested: Iterable[Record]) -> str:
    """The table as Markdown."""
    tested = list(tested)
    parts = [HEAD, f"{summary(tested)}.\n"]
    for t in tested:
        parts.append(f"## {t.name}\n")
        parts.append(f"{t.kind} {t.statement}, true in {t.held} and {t.valued} models\n")
        rows = [f"* `{r.hypothesis}`: **{r.kind}**. {r.text}" for r in t.rows]
        parts.append("\n".join(rows) + "\n" if rows else "No hypothesis.\n")
    return "\n".join(parts)


_SECTION = re.compile(r"(\w+)\n\n(\w+) (\w+), true in (\d+) and (\d+) models\n")
_ROW = re.compile(r"^\* `([^`]*)`: \*\*([^*]*)\*\*\. (.*)$", re.MULTILINE)


def read_document(text: str) -> dict[str, Record]:
    """What a table says, by rule."""
    found = {}
    for section in text.split("\n## ")[1:]:
        head = _SECTION.match(section)
        if head is None:
            raise ValueError(f"not a section of the table: {section[:60]}")
        name, kind, statement, held, valued = head.groups()
        rows = [Row(*row) for row in _ROW.findall(section)]
        found[name] = Record(name, kind, statement, int(held), int(valued), "", rows)
    return found
