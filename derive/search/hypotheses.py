"""What a checked item did with its hypotheses: which no step used, which the others imply."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.elaborate.declare import Hypothesis
from derive.elaborate.show import show_condition
from derive.elaborate.statement import Item
from derive.kernel.term import App, Term
from derive.kernel.value import obligations, obligations_of_all
from derive.search.clause import claim_of
from derive.search.context import Context
from derive.search.proof import hyp, hypotheses
from derive.search.unfolding import unfolded_too
from derive.search.work import Work

GOALS = 40
AMBIENT = "ambient"


@dataclass
class Stated:
    """A hypothesis as the page states it: its words, and the propositions that it stands for."""

    text: str
    typed: bool
    props: list[Term] = field(default_factory=list)

    def gives(self, needed: set[Term]) -> set[Term]:
        """Which of some propositions it gives, with what gives it a value."""
        return needed & {t for prop in self.props for t in (prop, *obligations(prop))}


def stated(item: Item) -> list[Stated]:
    """The hypotheses of an item in order; one type or adjective of one object counts as one."""
    found: dict[str, Stated] = {}
    for hypothesis in item.hypotheses:
        if hypothesis.origin:
            text = words_of(hypothesis, item.scope)
            found.setdefault(text, Stated(text, is_typed(hypothesis))).props.append(hypothesis.term)
    return list(found.values())


def is_typed(hypothesis: Hypothesis) -> bool:
    """Whether a hypothesis is what a type says of its object."""
    return " : " in hypothesis.origin or hypothesis.origin == AMBIENT


def words_of(hypothesis: Hypothesis, scope) -> str:
    """A hypothesis as a report calls it: `X : random variable`, `X integrable`, `h: X ≤ Y`."""
    if is_typed(hypothesis):
        return hypothesis.origin
    text = hypothesis.origin if hypothesis.names else show_condition(hypothesis.term, scope)
    return f"{hypothesis.label}: {text}" if hypothesis.label else text


def unused_hypotheses(item: Item, work: Work) -> tuple[str, ...]:
    """Hypotheses that no step used."""
    return tuple(
        one.text for one in stated(item) if one.text != AMBIENT and not one.gives(work.used)
    )


def implied_hypotheses(item: Item, work: Work) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each hypothesis that is used and yet follows from the others, with those that give it.

    Of a type that is the part which a plainer type lacks: a random variable is implied where its
    measurability is.
    """
    known = stated(item)
    idle = set(unused_hypotheses(item, work))
    out = []
    for one in known:
        if one.text != AMBIENT and one.text not in idle:
            by = _implied_by(one, [other for other in known if other is not one], work)
            if by is not None:
                out.append((one.text, by))
    return tuple(out)


def _implied_by(one: Stated, others: list[Stated], work: Work) -> tuple[str, ...] | None:
    """The others from which every claim of a hypothesis is proved; None if one is not."""
    claims = [p for p in one.props if not (one.typed and _is_finiteness(p))]
    if not claims:
        return None
    kept = [*(p for p in one.props if p not in claims), *(p for o in others for p in o.props)]
    context = context_of(list(dict.fromkeys(kept)))
    needed: set[Term] = set()
    for claim in claims:
        work.prover.fresh_budget(GOALS)
        proof = work.prover.prove(claim, context)
        if proof is None:
            return None
        needed |= hypotheses(proof)
    return _fewest(others, needed)


def _fewest(known: list[Stated], needed: set[Term]) -> tuple[str, ...]:
    """Hypotheses that give all of some propositions; that values are real is not worth a word."""
    rest = {prop for prop in needed if not _is_finiteness(prop)}
    chosen: list[Stated] = []
    while rest:
        best = max(known, key=lambda one: len(one.gives(rest)))
        if not best.gives(rest):
            break
        rest -= best.gives(rest)
        chosen.append(best)
    return tuple(one.text for one in known if one in chosen and one.text != AMBIENT)


def context_of(givens: list[Term]) -> Context:
    """What is known when these propositions are given, with what gives them a value."""
    facts = [hyp(g) for g in givens]
    facts += [hyp(o) for o in obligations_of_all(tuple(givens))]
    return Context(None, unfolded_too(facts))


def _is_finiteness(prop: Term) -> bool:
    """Whether a proposition only says that values are real numbers."""
    claim = claim_of(prop)
    return isinstance(claim, App) and claim.head == "fin"
