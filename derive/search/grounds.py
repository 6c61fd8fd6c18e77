"""Why a condition holds: a proof as a tree of rules and hypotheses, in the words of the page.

Steps that a reader does not miss are left out: opening a quantifier, unfolding a definition, taking
a conjunction apart. What has been told once is not told again.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.elaborate.show import show_condition
from derive.elaborate.statement import Item
from derive.kernel.term import Term
from derive.kernel.value import obligations
from derive.report.data import Attempt, Condition
from derive.search.proof import Need, Proof
from derive.search.spine import spine
from derive.search.value_words import value_words

BY_COMPUTATION = {
    "ring": "algebra",
    "linear": "linear arithmetic",
    "numeral": "arithmetic",
    "boolean": "logic",
    "refl": "both sides are the same",
}
ASSUMED = "assumed here"
NAMES = {"E": "E[·]", "condp": "P(· | ·)"}


class Grounds:
    """Tells the proofs of one step; `open` are conditions that are listed as missing."""

    def __init__(self, item: Item, open_: list[Term], carried: list[Term]) -> None:
        self.scope, self.open = item.scope, frozenset(open_)
        self.tried: Callable[[Need], tuple[Attempt, ...]] = lambda need: ()
        self.told: set[object] = set()
        self.given = dict.fromkeys(carried, "asked for at an earlier line")
        for hypothesis in item.hypotheses:
            label = f" {hypothesis.label}" if hypothesis.label else ""
            place = f"given{label}, line {hypothesis.span.line}"
            if hypothesis.origin == "ambient":
                place = "the ambient probability space"
            self.given.setdefault(hypothesis.term, place)
        for term, place in list(self.given.items()):
            for value in obligations(term):
                self.given.setdefault(value, f"{place}, which says so")

    def condition(self, proof: Proof, needed_by: str) -> Condition:
        """The tree of a proof."""
        text = self.text(proof.prop)
        inner = plain(proof)
        if isinstance(inner, Need):
            return Condition(text, needed_by, "", (), self.tried(inner))
        if inner.prop in self.open:
            return Condition(text, needed_by, "")
        met_by, parts = self._met(inner)
        worth_telling = self._worth_telling(parts)
        if worth_telling and self._known(proof.prop, inner):
            return Condition(text, needed_by, f"{met_by}, as above")
        told = tuple(self.condition(part, met_by) for part in worth_telling)
        return Condition(text, needed_by, met_by, told)

    def text(self, prop: Term) -> str:
        """A condition in words."""
        return value_words(prop, self.scope) or show_condition(prop, self.scope)

    def move(self, proof: Proof) -> tuple[str, tuple[Condition, ...]]:
        """What a move of a step uses, and its conditions."""
        inner = plain(proof)
        if isinstance(inner, Need):
            return "", (self.condition(inner, inner.rule),)
        met_by, parts = self._met(inner)
        self._known(proof.prop, inner)
        return met_by, tuple(self.condition(part, met_by) for part in self._worth_telling(parts))

    def attempt(self, proof: Proof) -> Attempt:
        """A proof that rests on open conditions, as an attempt."""
        return Attempt(*self.move(proof))

    def _known(self, prop: Term, proof: Proof) -> bool:
        """Whether this has been told, as this proposition or as this use of a rule."""
        use = (proof.data[0].name, proof.parts) if proof.op == "rule" else prop
        known = prop in self.told or use in self.told
        self.told |= {prop, use}
        return known

    def _worth_telling(self, proofs: list[Proof]) -> list[Proof]:
        """The conditions, each once; members of a conjunction count one by one."""
        flat: dict[Term, Proof] = {}
        for proof in proofs:
            inner = plain(proof)
            for part in inner.parts if inner.op == "conj" else (proof,):
                if not self._is_noise(part):
                    flat.setdefault(part.prop, part)
        return list(flat.values())

    def _is_noise(self, proof: Proof) -> bool:
        """Arithmetic of numerals, what holds by its form alone, what a binder assumes."""
        inner = plain(proof)
        if inner.op == "hyp":
            return inner.prop not in self.given and inner.prop not in self.open
        return inner.op in ("numeral", "refl") or (inner.op == "boolean" and not inner.parts)

    def _met(self, proof: Proof) -> tuple[str, list[Proof]]:
        """What proves it, and the proofs that this rests on."""
        match proof.op:
            case "hyp":
                return self.given.get(proof.prop, ASSUMED), []
            case "cite":
                return cited(proof), []
            case "rule":
                return proof.data[0].name, list(proof.parts)
            case "spec":
                return self._met(plain(proof.parts[0]))
            case "mp":
                word, parts = self._met(plain(proof.parts[0]))
                return word, [*parts, proof.parts[1]]
            case "conj":
                return "each of them", list(proof.parts)
            case "unfold":
                head = proof.data[0].head
                return f"definition of {NAMES.get(head, head)}", []
            case "subst":
                return self._rewritten(proof)
        return BY_COMPUTATION.get(proof.op, proof.op), list(proof.parts)

    def _rewritten(self, proof: Proof) -> tuple[str, list[Proof]]:
        """A proof by rewriting: the words for its links, and what each of them rests on."""
        words: list[str] = []
        parts: list[Proof] = []
        for link in spine(proof):
            word, own = ("", [link.proof]) if link.after is None else self._met(plain(link.proof))
            words += [word] if word and word not in words else []
            parts += own
        return ", ".join(words) or "rewriting", parts


def plain(proof: Proof) -> Proof:
    """The proof without steps that open quantifiers, unfold definitions or come to nothing."""
    while True:
        if proof.op in ("gen", "discharge", "split"):
            proof = proof.parts[0]
        elif proof.op == "subst" and _only_unfolds(proof):
            proof = proof.parts[1]
        else:
            same = next((part for part in proof.parts if part.prop is proof.prop), None)
            if same is None:
                return proof
            proof = same


def root(proof: Proof) -> Proof:
    """The rule, hypothesis or computation below steps that only take a proposition apart."""
    while proof.op in ("gen", "spec", "split", "mp", "discharge"):
        proof = proof.parts[0]
    return proof


def cited(proof: Proof) -> str:
    """Where a fact that the proof cites was shown: the name of its item ends in its line."""
    name, *line = proof.data[0].split(":")
    return f"line {line[0]}" if line else name


def _only_unfolds(proof: Proof) -> bool:
    """Whether a proof rewrites a proposition by definitions, and proves what comes out."""
    equation, body = proof.parts
    if proof.prop not in equation.prop.args or body.prop not in equation.prop.args:
        return False
    return all(link.proof.op == "unfold" for link in spine(equation))
