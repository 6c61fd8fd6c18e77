"""Replay a certificate: JSON lines, each a term, a step or the frame of an item. Never searches.

Terms    ["free", name, sort]  ["bound", i, sort]  ["num", "p/q"]  ["nat", k]  ["lam", sort, t]
         ["mk", head, t, …]
Steps    ["hyp", φ]  ["rule", name, hash, {space: sort}, {letter: t}, [step, …], pick]  ["refl", t]
         ["subst", equation, count, step, context, flip]  ["gen", x, step]  ["spec", step, t]
         ["discharge", φ, step]  ["mp", step, step]  ["conj", [step, …]]  ["split", step, k]
         ["ring", s, t, [step, …]]  ["boolean", φ, [step, …]]
         ["linear", φ, [step, …], ["p/q", …], [step, …]]  ["numeral", φ, [step, …]]
         ["unfold", t]  ["computed", φ, tag]  ["cite", item]
Frames   ["item", name, [given, …], show]  …steps…  ["qed", step, [value step, …]]
         ["publish", item]  ["define", name, [free, …], body]

Value steps prove what gives the statement a value: each of its obligations (`derive.kernel.value`)
is one of them, or a claim of finiteness or sign that follows from them (`derive.kernel.sign`).
A number points at an earlier term (in a term's place) or step (in a step's place) of the file.
A definition's symbol is called `name~hash`, the hash being that of its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from derive.kernel import step, term
from derive.kernel.core import Rule, lifted
from derive.kernel.letter import closed_prop
from derive.kernel.refusal import Reason, Rejected, refuel, require
from derive.kernel.sign import Signs, claim
from derive.kernel.sort import check_sort, is_atom, leaves
from derive.kernel.step import Theorem
from derive.kernel.symbol import SYMBOLS, Symbol
from derive.kernel.term import Free, Term
from derive.kernel.text import DEFINITIONS, NUMBER, Definition, space_variables, term_text
from derive.kernel.value import lacking, obligations, obligations_of_all

if TYPE_CHECKING:
    from derive.kernel.theory import Theory

MAX_LINE, FUEL = 1_000_000, 5_000_000


class Proved(NamedTuple):
    """What a certificate's item states once every step was replayed.

    `values` are the further hypotheses that it used: what gives the given formulas a value.
    """

    name: str
    hypotheses: tuple[Term, ...]
    statement: Term
    axioms: frozenset
    tags: frozenset
    values: tuple[Term, ...] = ()


class Checker:
    """The state of one replay: terms, steps, the open item, and what is proved so far."""

    def __init__(self, theory: Theory) -> None:
        self.theory, self.terms, self.steps = theory, [], []
        self.item: tuple[str, list[Term], Term] | None = None
        self.defined: set[str] = set()
        self.closed: dict[str, tuple[Proved, Theorem]] = {}

    def feed(self, record: object) -> None:
        """Carry out one record: read each field as its letter in `RECORDS` says, and act."""
        shaped = isinstance(record, list) and len(record) > 0 and isinstance(record[0], str)
        require(shaped and record[0] in RECORDS, Reason.BAD_RECORD)
        action, letters = RECORDS[record[0]]
        fields = [*record[1:2], record[2:]] if record[0] == "mk" else record[1:]
        require(len(fields) == len(letters), Reason.BAD_RECORD, "the number of fields")
        values = map(self._read, letters, fields)
        made = action(self, *values) if action.__module__ == __name__ else action(*values)
        if isinstance(made, Term):
            self.terms.append(made)
        elif made is not None:
            require(self.item is not None, Reason.BAD_RECORD, "a step outside an item")
            self.steps.append(made)

    def _read(self, letter: str, value: object) -> object:
        """A field: t and s point at terms and steps, capitals are lists, v and z are tables."""
        if letter in "ts":
            return _at(self.terms if letter == "t" else self.steps, value)
        if letter == "o":
            sort = check_sort(value)
            bound = all(leaf[0] != "'" for leaf in leaves(sort))
            require(bound, Reason.BAD_SORT, "space variables belong to rules")
            return sort
        require(FIELDS[letter](value), Reason.BAD_RECORD, "a field")
        if letter in "TS":
            row = self.terms if letter == "T" else self.steps
            return [_at(row, part) for part in value]
        if letter == "Q":
            return [self._read("q", part) for part in value]
        if letter in "vz":
            return {k: self._read("t" if letter == "v" else "o", part) for k, part in value.items()}
        return Fraction(value) if letter == "q" else value

    def _mk(self, head: str, args: list[Term]) -> Term:
        require("~" not in head or head in self.defined, Reason.UNKNOWN_SYMBOL, head)
        return term.mk(head, *args)

    def _rule(self, name: str, digest: str, *instance: object) -> Theorem:
        known = self.theory.rule(name)
        require(known.hash == digest, Reason.RULE_CHANGED, name)
        return step.rule(known, *instance)

    def _cite(self, name: str) -> Theorem:
        require(name in self.closed, Reason.UNKNOWN_RULE, name)
        return self.closed[name][1]

    def _item(self, name: str, givens: list[Term], show: Term) -> None:
        require(self.item is None, Reason.BAD_RECORD, "an item inside an item")
        frees = frozenset().union(*(closed_prop(p).frees for p in [*givens, show]))
        require(len({f.name for f in frees}) == len(frees), Reason.DUPLICATE, "a name of two sorts")
        require(name not in self.closed, Reason.DUPLICATE, name)
        self.item = (name, givens, show)

    def _qed(self, theorem: Theorem, values: list[Theorem]) -> None:
        require(self.item is not None, Reason.BAD_RECORD, "no open item")
        name, givens, show = self.item
        require(theorem.prop is show, Reason.NOT_PROVED, name)
        require(_valued(show, {v.prop for v in values}), Reason.NO_VALUE, name)
        whole, implied = step.joined(show, [theorem, *values]), obligations_of_all(givens)
        require(whole.hypotheses <= {*givens, *implied}, Reason.NOT_GIVEN, name)
        further = tuple(h for h in implied if h in whole.hypotheses)
        proved = Proved(name, tuple(givens), show, whole.axioms, whole.tags, further)
        self.closed[name], self.item = (proved, whole), None

    def _publish(self, name: str) -> None:
        """Turn a closed item into a rule of the theory."""
        require(name in self.closed, Reason.UNKNOWN_RULE, name)
        require(not self.theory.knows(name), Reason.DUPLICATE, name)
        self.theory.rules[name] = generalised(*self.closed[name])

    def _define(self, name: str, params: list[Term], body: Term) -> None:
        """A new symbol for a term over its parameters; its name carries a hash of what it means."""
        letters = {p.name for p in params if isinstance(p, Free)}
        closed = not body.loose and not body.meta and body.frees <= set(params)
        fixed = space_variables(body).keys() <= space_variables(*params).keys()
        require(closed and fixed and len(letters) == len(params), Reason.NOT_DEFINABLE, name)
        metas, (*_, meaning) = lifted(*params, body)
        sorts = {p.name: metas[p.name] for p in params}
        text = repr((sorts, term_text(meaning))).encode()
        full = f"{name}~{blake2b(text, digest_size=16).hexdigest()}"
        SYMBOLS[full] = Symbol(tuple(sorts.values()), meaning.sort, False, [["unfold"]])
        DEFINITIONS[full] = Definition(sorts, meaning)
        self.defined.add(full)


def _at(row: list, place: object) -> object:
    """The term or step that a field points at."""
    if type(place) is int and 0 <= place < len(row):
        return row[place]
    raise Rejected(Reason.BAD_INDEX, place)


def _valued(show: Term, facts: set[Term]) -> bool:
    """Whether the facts give `show` a value; each must be an obligation, or a claim for one."""
    apt = all(claim(fact)[1] or fact in obligations(show) for fact in facts)
    return apt and facts.issuperset(lacking(show, Signs(facts)))


def generalised(proved: Proved, whole: Theorem) -> Rule:
    """The rule that a theorem becomes; its premises are the hypotheses that were used."""
    givens = (*proved.hypotheses, *proved.values)
    used = [given for given in givens if given in whole.hypotheses]
    show = proved.statement
    metas, props = lifted(*used, show, *obligations(show))
    premises, conclusions = props[: len(used)], props[len(used) :]
    made = Rule(proved.name, "theorem", metas, tuple(premises), premises, conclusions)
    made.axioms, made.tags = whole.axioms, whole.tags
    return made


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 300 and value.isprintable()


def _is_name(value: object) -> bool:
    """Whether nothing else in core text is spelled like this."""
    constant = isinstance(value, str) and value in SYMBOLS and not SYMBOLS[value].args
    return is_atom(value) and not constant and NUMBER.fullmatch(value) is None


FIELDS: dict[str, Callable] = {
    **dict.fromkeys("TSQ", lambda value: isinstance(value, list)),
    **dict.fromkeys("vz", lambda value: isinstance(value, dict)),
    "i": lambda value: type(value) is int and abs(value) < 10**9,
    "b": lambda value: isinstance(value, bool),
    "q": lambda value: _is_text(value) and NUMBER.fullmatch(value) is not None,
    "n": _is_name,
    "x": _is_text,
}
RECORDS: dict[str, tuple[Callable, str]] = {}
RECORDS |= {"free": (term.mk_free, "no"), "bound": (term.mk_bound, "io"), "num": (term.mk_num, "q")}
RECORDS |= {"nat": (term.mk_nat, "i"), "lam": (term.mk_lam, "ot"), "mk": (Checker._mk, "xT")}
RECORDS |= {"hyp": (step.hypothesis, "t"), "rule": (Checker._rule, "xxzvSi")}
RECORDS |= {"refl": (step.reflexivity, "t"), "subst": (step.substitution, "sistb")}
RECORDS |= {"gen": (step.generalisation, "ts"), "spec": (step.specialisation, "st")}
RECORDS |= {"discharge": (step.discharge, "ts"), "mp": (step.modus_ponens, "ss")}
RECORDS |= {"conj": (step.conjunction, "S"), "split": (step.split, "si")}
RECORDS |= {"ring": (step.ring, "ttS"), "boolean": (step.boolean, "tS")}
RECORDS |= {"linear": (step.linear, "tSQS"), "numeral": (step.numeral, "tS")}
RECORDS |= {"unfold": (step.unfold, "t"), "computed": (step.computed, "tx")}
RECORDS |= {"cite": (Checker._cite, "x"), "item": (Checker._item, "xTt")}
RECORDS |= {"qed": (Checker._qed, "sS"), "publish": (Checker._publish, "x")}
RECORDS |= {"define": (Checker._define, "nTt")}


def _table(pairs: list[tuple[str, object]]) -> dict:
    require(len(dict(pairs)) == len(pairs), Reason.DUPLICATE, "a key")
    return dict(pairs)


def check_text(text: str, theory: Theory, first_line: int = 0) -> list[Proved]:
    """Replay a whole certificate; raises `Rejected` with the line at fault, and nothing else."""
    checker, before, number = Checker(theory), refuel(), first_line
    try:
        for line in text.split("\n"):
            number += 1
            refuel(FUEL)
            require(len(line) <= MAX_LINE, Reason.TOO_LARGE, "a line")
            if line.strip():
                checker.feed(json.loads(line, object_pairs_hook=_table))
        require(checker.item is None, Reason.NOT_PROVED, "the last item is not closed")
    except Exception as error:  # a fault of this program proves nothing either
        reason = Reason.TOO_DEEP if isinstance(error, RecursionError) else Reason.BAD_RECORD
        fault = error if isinstance(error, Rejected) else Rejected(reason, type(error).__name__)
        raise Rejected(fault.reason, fault.detail, fault.line or number) from None
    finally:
        refuel(before)
    return [proved for proved, _ in checker.closed.values()]
