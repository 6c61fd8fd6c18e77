"""Write proof trees as the JSON lines that the kernel replays (format: `derive.kernel.check`)."""

from __future__ import annotations

import json

from derive.kernel.letter import fill
from derive.kernel.sort import Sort, leaves, replace_sort
from derive.kernel.term import App, Bound, Free, Lam, Nat, Num, Term, mk_free
from derive.kernel.text import DEFINITIONS
from derive.search.proof import Proof, walk
from derive.search.signs import given_by


class Writer:
    """Collects the lines of one certificate; terms and steps are written once each."""

    def __init__(self) -> None:
        self.lines: list[list] = []
        self.terms: dict[Term, int] = {}
        self.steps: dict[int, int] = {}
        self.keep: list[Proof] = []
        self.defined: set[str] = set()

    def record(self, *fields: object) -> None:
        """One line."""
        self.lines.append(list(fields))

    def term(self, term: Term) -> int:
        """The number of a term, written with its parts if new."""
        found = self.terms.get(term)
        if found is not None:
            return found
        match term:
            case Free():
                fields = ("free", term.name, _sort(term.sort))
            case Bound():
                fields = ("bound", term.index, _sort(term.sort))
            case Num():
                fields = ("num", str(term.value))
            case Nat():
                fields = ("nat", term.value)
            case Lam():
                fields = ("lam", _sort(term.domain), self.term(term.body))
            case App():
                if "~" in term.head:
                    self._definition(term.head)
                fields = ("mk", term.head, *[self.term(a) for a in term.args])
            case _:
                raise ValueError(f"a {type(term).__name__} cannot stand in a certificate")
        self.record(*fields)
        number = self.terms[term] = len(self.terms)
        return number

    def _definition(self, head: str) -> None:
        """The definition of a symbol, before its first use; the kernel gives it the same name."""
        if head in self.defined:
            return
        self.defined.add(head)
        sorts, body = DEFINITIONS[head]
        spaces = {v: v[1:] for sort in sorts.values() for v in leaves(sort)}
        params = {name: mk_free(name, replace_sort(s, spaces)) for name, s in sorts.items()}
        numbers = [self.term(param) for param in params.values()]
        name = head.partition("~")[0]
        self.record("define", name, numbers, self.term(fill(body, params, spaces)))

    def proof(self, proof: Proof) -> int:
        """The number of the step that proves it."""
        for node in walk(proof):
            if id(node) not in self.steps:
                fields = self._fields(node)
                self.record(*fields)
                self.steps[id(node)] = len(self.steps)
                self.keep.append(node)
        return self.steps[id(proof)]

    def _fields(self, node: Proof) -> tuple:
        parts = [self.steps[id(p)] for p in node.parts]
        data = node.data
        match node.op:
            case "hyp":
                return ("hyp", self.term(node.prop))
            case "cite":
                return ("cite", data[0])
            case "rule":
                rule, sorts, values, pick = data
                instance = {k: self.term(v) for k, v in values.items()}
                spaces = {k: _sort(v) for k, v in sorts.items()}
                return ("rule", rule.name, rule.hash, spaces, instance, parts, pick)
            case "refl" | "unfold":
                return (node.op, self.term(data[0]))
            case "subst":
                return ("subst", parts[0], data[0], parts[1], self.term(data[1]), data[2])
            case "gen":
                return ("gen", self.term(data[0]), parts[0])
            case "spec":
                return ("spec", parts[0], self.term(data[0]))
            case "discharge":
                return ("discharge", self.term(data[0]), parts[0])
            case "mp":
                return ("mp", *parts)
            case "conj":
                return ("conj", parts)
            case "split":
                return ("split", parts[0], data[0])
            case "ring":
                return ("ring", self.term(data[0]), self.term(data[1]), parts)
            case "boolean" | "numeral":
                return (node.op, self.term(data[0]), parts)
            case "linear":
                goal, count, multipliers = data
                return (
                    "linear",
                    self.term(goal),
                    parts[:count],
                    [str(m) for m in multipliers],
                    parts[count:],
                )
            case "computed":
                return ("computed", self.term(data[0]), data[1])
        raise ValueError(f"an open condition: {node.op}")

    def item(
        self,
        name: str,
        givens: list[Term],
        show: Term,
        proof: Proof,
        values: list[Proof],
        publish: bool,
    ) -> None:
        """A whole item: its frame, its steps, and its end."""
        if proof.prop is not show:
            raise ValueError("the proof is not of the item's statement")
        self.record("item", name, [self.term(g) for g in givens], self.term(show))
        number = self.proof(proof)
        needed = dict.fromkeys(self.proof(p) for v in values for p in given_by(v))
        self.record("qed", number, list(needed))
        if publish:
            self.record("publish", name)

    def text(self) -> str:
        """The certificate."""
        dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        return "\n".join(map(dump, self.lines)) + "\n"


def _sort(sort: Sort) -> object:
    return sort if isinstance(sort, str) else [sort[0], *map(_sort, sort[1:])]
