"""Claims of finiteness and sign, from facts about the parts of an expression.

The kernel's `numeral` decides them from licences (`derive.kernel.sign`); here the licences are
found: from the top of the expression downwards, so that nothing is proved that is not needed.
"""

from __future__ import annotations

from derive.kernel.sign import (
    ABOVE,
    BELOW,
    FINITE,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    STATED,
    ZERO,
    Signs,
    claim,
)
from derive.kernel.term import App, Nat, Term, mk
from derive.search.proof import Proof, numeral

ARITHMETIC = frozenset(("add", "mul", "pow", "inv"))
NOTHING = Signs([])
SPELLED = STATED | {
    NONZERO: lambda t: mk("not", mk("eq", t, ZERO)),
    POSITIVE: lambda t: mk("not", mk("le", t, ZERO)),
}


def prove_claim(prover, goal: Term, context, depth: int) -> Proof | None:
    """A claim about an arithmetical expression, or several joined by `and` and `or`."""
    if not _is_claim(goal):
        return None
    search = _Search(prover, context, depth)
    facts = _joined(search, goal) if claim(goal)[1] == 0 else search.of(*claim(goal), root=True)
    return None if facts is None else numeral(goal, list(dict.fromkeys(facts)))


def _is_claim(goal: Term) -> bool:
    """Whether this is a claim, or several."""
    if isinstance(goal, App) and goal.head in ("and", "or"):
        return all(map(_is_claim, goal.args))
    return claim(goal)[1] > 0


def _is_arithmetic(term: Term) -> bool:
    return isinstance(term, App) and term.head in ARITHMETIC


def licences(prover, term: Term, wanted: int, context, depth: int) -> list[Proof] | None:
    """Facts from which the kernel sees that `term` has the wanted properties."""
    return _Search(prover, context, depth).of(term, wanted)


class _Search:
    """Where licences are looked for."""

    def __init__(self, prover, context, depth: int) -> None:
        self.prover, self.context, self.depth = prover, context, depth

    def of(self, term: Term, wanted: int, root: bool = False) -> list[Proof] | None:
        """Licences that give `term` the wanted properties; at the root no rule is asked."""
        if NOTHING.of(term) & wanted == wanted:
            return []
        for enough in (wanted, *_STRONGER[wanted]):
            known = self.context.known(SPELLED[enough](term))
            if known is not None:
                return [known]
        found = self.parts(term, wanted)
        if root and (found is not None or not _is_arithmetic(term)):
            return found
        if found is None and wanted in (ABOVE, BELOW):
            enough = _STRONGER[wanted][: 2 if wanted == ABOVE else 1]
            options = (self.of(term, stronger) for stronger in enough)
            found = next((option for option in options if option is not None), None)
        if found is None and not root:
            proof = self.prover.prove(SPELLED[wanted](term), self.context, self.depth + 1)
            found = None if proof is None else given_by(proof)
        return found

    def every(self, *wishes: tuple[Term, int]) -> list[Proof] | None:
        """Licences for all wishes."""
        out: list[Proof] = []
        for term, wanted in wishes:
            found = self.of(term, wanted)
            if found is None:
                return None
            out += found
        return out

    def parts(self, term: Term, wanted: int) -> list[Proof] | None:
        """Licences about the parts of `term`."""
        if not _is_arithmetic(term):
            return None
        found = _RULES[term.head](self, term, wanted)
        retry = found is None and wanted == NONZERO and term.head != "add"
        return self.of(term, POSITIVE, root=True) if retry else found


def given_by(proof: Proof) -> list[Proof]:
    """A proof, or what it rests on if that is a licence too."""
    if proof.op == "numeral" and Signs([p.prop for p in proof.parts]).hold(proof.prop):
        return list(proof.parts)
    return [proof]


_STRONGER = {
    FINITE: (),
    POSITIVE: (),
    NONNEGATIVE: (POSITIVE,),
    NONZERO: (POSITIVE,),
    ABOVE: (FINITE, NONNEGATIVE, POSITIVE),
    BELOW: (FINITE,),
}


def _add(search: _Search, term: App, wanted: int) -> list[Proof] | None:
    if wanted in (POSITIVE, NONZERO):
        return _some_positive(search, term)
    return search.every(*[(part, wanted) for part in term.args])


def _some_positive(search: _Search, term: App) -> list[Proof] | None:
    """All parts ≥ 0, and one of them positive."""
    for chosen in term.args:
        found = search.of(chosen, POSITIVE)
        if found is not None:
            others = search.every(*[(p, NONNEGATIVE) for p in term.args if p is not chosen])
            return None if others is None else found + others
    return None


def _mul(search: _Search, term: App, wanted: int) -> list[Proof] | None:
    if wanted in (ABOVE, BELOW):
        return None
    wishes = [(part, wanted) for part in term.args]
    if wanted == NONZERO:
        wishes += [(part, FINITE) for part in term.args]
    return search.every(*wishes)


def _pow(search: _Search, term: App, wanted: int) -> list[Proof] | None:
    base, exponent = term.args
    if wanted in (ABOVE, BELOW):
        return None
    even = isinstance(exponent, Nat) and exponent.value % 2 == 0
    if wanted == NONNEGATIVE and even:
        return search.of(base, FINITE) or search.of(base, NONNEGATIVE)
    return search.every((base, wanted), *[(base, FINITE)] * (wanted == NONZERO))


def _inv(search: _Search, term: App, wanted: int) -> list[Proof] | None:
    if wanted in (ABOVE, BELOW):
        return None
    sign = POSITIVE if wanted in (POSITIVE, NONNEGATIVE) else NONZERO
    return search.every((term.args[0], FINITE), (term.args[0], sign))


_RULES = {"add": _add, "mul": _mul, "pow": _pow, "inv": _inv}


def _joined(search: _Search, goal: Term) -> list[Proof] | None:
    """Licences for claims joined by `and` and `or`: `all > -∞` is tried before `all < ∞`."""
    if isinstance(goal, App) and goal.head == "and":
        parts = [_joined(search, part) for part in goal.args]
        return None if None in parts else [fact for part in parts for fact in part]
    if isinstance(goal, App) and goal.head == "or":
        options = (_joined(search, part) for part in sorted(goal.args, key=_last))
        return next((option for option in options if option is not None), None)
    return search.of(*claim(goal))


def _last(part: Term) -> bool:
    inner = part.args[0] if part.head == "and" else part
    return claim(inner)[1] == BELOW
