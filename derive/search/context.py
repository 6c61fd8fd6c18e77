"""What is known at a place of a derivation: the item's hypotheses and what binders above add."""

from __future__ import annotations

from derive.kernel.sort import Sort
from derive.kernel.term import App, Term, mk_free
from derive.search.book import Index, clauses_of_fact
from derive.search.clause import Clause
from derive.search.proof import Proof, hyp, split


class Context:
    """Facts in scope. A child shares its parent's; `variables` are the binders opened so far."""

    def __init__(
        self, parent: Context | None = None, facts: list[Proof] | None = None, variables: tuple = ()
    ) -> None:
        self.parent, self.variables = parent, variables
        self.facts: list[Proof] = facts or []
        self.index = Index()
        self.props: dict[Term, Proof] = {}
        self.key: frozenset = (parent.key if parent else frozenset()) | {f.prop for f in self.facts}
        self.level: int = len(variables)
        for number, fact in enumerate(self.facts):
            self._learn(fact, number)

    def _learn(self, fact: Proof, number: int) -> None:
        self.props.setdefault(fact.prop, fact)
        for clause in clauses_of_fact(fact, f"h{self.level}_{number}"):
            self.index.add(clause)
        if isinstance(fact.prop, App) and fact.prop.head == "and":
            for position in range(len(fact.prop.args)):
                self._learn(split(fact, position), number)

    def opened(self, sort: Sort) -> tuple[Context, Term]:
        """A child with a fresh variable."""
        variable = mk_free(f"{_letter(sort)}·{self.level}", sort)
        return Context(self, [], (*self.variables, variable)), variable

    def assuming(self, props: list[Term]) -> Context:
        """A child in which some propositions hold."""
        return Context(self, [hyp(p) for p in props], self.variables)

    def known(self, prop: Term) -> Proof | None:
        """A fact that is exactly `prop`."""
        here: Context | None = self
        while here is not None:
            found = here.props.get(prop)
            if found is not None:
                return found
            here = here.parent
        return None

    def candidates(self, prop: Term) -> list[Clause]:
        """Hypotheses that may conclude `prop`, the nearest first."""
        out: list[Clause] = []
        here: Context | None = self
        while here is not None:
            out += here.index.candidates(prop)
            here = here.parent
        return out

    def all_facts(self) -> list[Proof]:
        """Every fact in scope, the nearest first."""
        out: list[Proof] = []
        here: Context | None = self
        while here is not None:
            out += here.facts
            here = here.parent
        return out

    def all_clauses(self) -> list[Clause]:
        """Every hypothesis clause in scope."""
        out: list[Clause] = []
        here: Context | None = self
        while here is not None:
            out += [c for row in here.index.rows.values() for c in row]
            here = here.parent
        return out


def _letter(sort: Sort) -> str:
    if sort == "num":
        return "t"
    if sort == "nat":
        return "k"
    return "ω" if sort == "Ω" else "x"
