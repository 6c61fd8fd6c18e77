"""Replay a certificate: JSON lines, each a term, a step or the frame of an item. Never searches.

Terms    ["free", name, sort]  ["bound", i, sort]  ["num", "p/q"]  ["nat", k]  ["lam", sort, t]
         ["mk", head, t, …]
Steps    ["hyp", φ]  ["rule", name, hash, {space: sort}, {letter: t}, [step, …], pick]  ["refl", t]
         ["subst", equation, count, step, context, flip]  ["gen", x, step]  ["spec", step, t]
         ["discharge", φ, step]  ["mp", step, step]  ["conj", [step, …]]  ["split", step, k]
         ["ring", s, t, [step, …]]  ["boolean", φ, [step, …]]
         ["linear", φ, [step, …], ["p/q", …], [step, …]]  ["numeral", φ]  ["unfold", t]
         ["computed", φ, tag]  ["cite", item]
Frames   ["item", name, [given, …], show]  …steps…  ["qed", step, [value step, …]]
         ["publish", item]  ["define", name, [free, …], body]

A number points at an earlier term (in a term's place) or step (in a step's place) of the file.
A definition's symbol is called `name~hash`, the hash being that of its meaning.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from derive.kernel import step as steps
from derive.kernel.core import DEFINITIONS, Definition, Rule, term_text
from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.sort import Sort, check_sort, is_atom, leaves, replace_sort
from derive.kernel.step import Theorem
from derive.kernel.symbol import SYMBOLS, Symbol
from derive.kernel.term import Free, Term, closed_prop, generalise, mk, mk_bound, mk_free
from derive.kernel.term import mk_lam, mk_meta, mk_nat, mk_num, refuel, space_variables
from derive.kernel.text import NUMBER
from derive.kernel.value import obligations, obligations_of_all

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
        self.theory = theory
        self.terms: list[Term] = []
        self.steps: list[Theorem] = []
        self.item: tuple[str, tuple[Term, ...], Term] | None = None
        self.defined: set[str] = set()
        self.closed: dict[str, Theorem] = {}
        self.proved: dict[str, Proved] = {}

    def feed(self, record: object) -> None:
        """Carry out one record: read each field as its letter in `RECORDS` says, and act."""
        shaped = isinstance(record, list) and len(record) > 0 and isinstance(record[0], str)
        require(shaped and record[0] in RECORDS, Reason.BAD_RECORD)
        action, letters = RECORDS[record[0]]
        fields = record[1:] if record[0] != "mk" else [*record[1:2], record[2:]]
        require(len(fields) == len(letters), Reason.BAD_RECORD, "the number of fields")
        values = [READ[letter](self, field) for letter, field in zip(letters, fields, strict=True)]
        made = action(*values) if action.__module__ != __name__ else action(self, *values)
        if isinstance(made, Term):
            self.terms.append(made)
        elif made is not None:
            require(self.item is not None, Reason.BAD_RECORD, "a step outside an item")
            self.steps.append(made)

    def _mk(self, head: str, args: list[Term]) -> Term:
        require("~" not in head or head in self.defined, Reason.UNKNOWN_SYMBOL, head)
        return mk(head, *args)

    def _rule(self, name: str, digest: object, *instance: object) -> Theorem:
        known = self.theory.rule(name)
        require(known.hash == digest, Reason.RULE_CHANGED, name)
        return steps.rule(known, *instance)

    def _cite(self, name: str) -> Theorem:
        require(name in self.closed, Reason.UNKNOWN_RULE, name)
        return self.closed[name]

    def _item(self, name: str, givens: list[Term], show: Term) -> None:
        require(self.item is None, Reason.BAD_RECORD, "an item inside an item")
        frees = frozenset().union(*(closed_prop(p).frees for p in [*givens, show]))
        require(
            len({f.name for f in frees}) == len(frees), Reason.DUPLICATE, "two sorts for a name"
        )
        require(name not in self.closed, Reason.DUPLICATE, name)
        self.item = (name, tuple(givens), show)

    def _qed(self, theorem: Theorem, values: list[Theorem]) -> None:
        require(self.item is not None, Reason.BAD_RECORD, "no open item")
        name, givens, show = self.item
        require(theorem.prop is show, Reason.NOT_PROVED, name)
        require([v.prop for v in values] == list(obligations(show)), Reason.NO_VALUE, name)
        whole = steps.joined(show, [theorem, *values])
        implied = obligations_of_all(givens)
        require(whole.hypotheses <= {*givens, *implied}, Reason.NOT_GIVEN, name)
        further = tuple(h for h in implied if h in whole.hypotheses)
        self.closed[name], self.item = whole, None
        self.proved[name] = Proved(name, givens, show, whole.axioms, whole.tags, further)

    def _publish(self, name: str) -> None:
        """Turn a closed item into a rule of the theory."""
        require(name in self.closed, Reason.UNKNOWN_RULE, name)
        require(not self.theory.knows(name), Reason.DUPLICATE, name)
        self.theory.rules[name] = generalised(self.proved[name], self.closed[name])

    def _define(self, name: str, params: list[Term], body: Term) -> None:
        """A new symbol for a term over its parameters; its name carries a hash of what it means."""
        names, spaces = {p.name: p for p in params if isinstance(p, Free)}, space_variables(*params)
        closed = not body.loose and not body.meta and body.frees <= set(params)
        fits = (
            closed and len(names) == len(params) and space_variables(body).keys() <= spaces.keys()
        )
        require(fits, Reason.NOT_DEFINABLE, name)
        sorts = {name: replace_sort(p.sort, spaces) for name, p in names.items()}
        metas = {p: mk_meta(name, sorts[name]) for name, p in names.items()}
        meaning = generalise(body, metas, spaces)
        text = repr((sorts, term_text(meaning))).encode()
        full = f"{name}~{blake2b(text, digest_size=16).hexdigest()}"
        self.defined.add(full)
        SYMBOLS[full] = Symbol(full, tuple(sorts.values()), meaning.sort, False, (("unfold",),))
        DEFINITIONS[full] = Definition(sorts, meaning)


def generalised(proved: Proved, whole: Theorem) -> Rule:
    """The rule that a theorem becomes: free names are its letters, base spaces its space variables.

    Its premises are the hypotheses that were used. Sound because names and base spaces are
    arbitrary: no axiom and no symbol speaks of a particular one.
    """
    givens = proved.hypotheses
    used = [h for h in (*givens, *obligations_of_all(givens)) if h in whole.hypotheses]
    props = [*used, proved.statement, *obligations(proved.statement)]
    spaces = space_variables(*props)
    frees = sorted(frozenset().union(*(p.frees for p in props)), key=lambda f: f.name)
    metas = {f: mk_meta(f.name, replace_sort(f.sort, spaces)) for f in frees}
    lifted = tuple(generalise(p, metas, spaces) for p in props)
    premises, conclusions = lifted[: len(used)], lifted[len(used) :]
    sorts = {m.name: m.sort for m in metas.values()}
    made = Rule(proved.name, "theorem", sorts, premises, premises, conclusions)
    made.axioms, made.tags = whole.axioms, whole.tags
    return made


def _at(row: list, index: object) -> object:
    require(type(index) is int and 0 <= index < len(row), Reason.BAD_INDEX, index)
    return row[index]


def _fits(value: object, fact: bool) -> object:
    require(fact, Reason.BAD_RECORD)
    return value


def _list(value: object) -> list:
    return _fits(value, isinstance(value, list))


def _dict(value: object) -> dict:
    return _fits(value, isinstance(value, dict))


def _text(value: object) -> str:
    return _fits(value, isinstance(value, str) and 0 < len(value) < 300 and value.isprintable())


def _name(value: object) -> str:
    """A name that nothing else in core text is spelled like."""
    nullary = value in SYMBOLS and not SYMBOLS[value].args if isinstance(value, str) else True
    return _fits(value, is_atom(value) and not nullary and not NUMBER.fullmatch(value))


def _whole(value: object) -> int:
    return _fits(value, type(value) is int and abs(value) < 10**9)


def _fraction(value: object) -> Fraction:
    return Fraction(_fits(value, len(_text(value)) < 300 and NUMBER.fullmatch(value) is not None))


def _sort(value: object) -> Sort:
    """A sort without space variables: those belong to rules."""
    sort = check_sort(value)
    require(all(leaf[0] != "'" for leaf in leaves(sort)), Reason.BAD_SORT, "a space variable")
    return sort


READ: dict[str, Callable] = {
    "t": lambda c, value: _at(c.terms, value),
    "T": lambda c, value: [_at(c.terms, part) for part in _list(value)],
    "s": lambda c, value: _at(c.steps, value),
    "S": lambda c, value: [_at(c.steps, part) for part in _list(value)],
    "v": lambda c, value: {name: _at(c.terms, part) for name, part in _dict(value).items()},
    "z": lambda c, value: {name: _sort(part) for name, part in _dict(value).items()},
    "Q": lambda c, value: [_fraction(part) for part in _list(value)],
    "q": lambda c, value: _fraction(value),
    "i": lambda c, value: _whole(value),
    "b": lambda c, value: _fits(value, isinstance(value, bool)),
    "n": lambda c, value: _name(value),
    "x": lambda c, value: _text(value),
    "o": lambda c, value: _sort(value),
}
RECORDS: dict[str, tuple[Callable, str]] = {
    "free": (mk_free, "no"),
    "bound": (mk_bound, "io"),
    "num": (mk_num, "q"),
    "nat": (mk_nat, "i"),
    "lam": (mk_lam, "ot"),
    "mk": (Checker._mk, "xT"),
    "hyp": (steps.hypothesis, "t"),
    "rule": (Checker._rule, "xxzvSi"),
    "refl": (steps.reflexivity, "t"),
    "subst": (steps.substitution, "sistb"),
    "gen": (steps.generalisation, "ts"),
    "spec": (steps.specialisation, "st"),
    "discharge": (steps.discharge, "ts"),
    "mp": (steps.modus_ponens, "ss"),
    "conj": (steps.conjunction, "S"),
    "split": (steps.split, "si"),
    "ring": (steps.ring, "ttS"),
    "boolean": (steps.boolean, "tS"),
    "linear": (steps.linear, "tSQS"),
    "numeral": (steps.numeral, "t"),
    "unfold": (steps.unfold, "t"),
    "computed": (steps.computed, "tx"),
    "cite": (Checker._cite, "x"),
    "item": (Checker._item, "xTt"),
    "qed": (Checker._qed, "sS"),
    "publish": (Checker._publish, "x"),
    "define": (Checker._define, "nTt"),
}


def _pairs(pairs: list[tuple[str, object]]) -> dict:
    require(len(dict(pairs)) == len(pairs), Reason.DUPLICATE, "a key")
    return dict(pairs)


def check_text(text: str, theory: Theory, first_line: int = 0) -> list[Proved]:
    """Replay a whole certificate; raises `Rejected` with the line at fault, and nothing else."""
    checker, before = Checker(theory), refuel(math.inf)
    try:
        for number, line in enumerate(text.split("\n"), start=first_line + 1):
            refuel(FUEL)
            require(len(line) <= MAX_LINE, Reason.TOO_LARGE, "a line")
            if line.strip():
                checker.feed(json.loads(line, object_pairs_hook=_pairs))
        require(checker.item is None, Reason.NOT_PROVED, "the last item is not closed")
    except Rejected as refusal:
        raise Rejected(refusal.reason, refusal.detail, refusal.line or number) from None
    except RecursionError:
        raise Rejected(Reason.TOO_DEEP, "", number) from None
    except Exception as error:  # a fault of this program proves nothing either
        raise Rejected(Reason.BAD_RECORD, type(error).__name__, number) from None
    finally:
        refuel(before)
    return list(checker.proved.values())
