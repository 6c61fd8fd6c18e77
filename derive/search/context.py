"""What is known at a place of a derivation: the item's hypotheses and what binders above add."""

from __future__ import annotations

from derive.kernel.sort import Sort
from derive.kernel.term import App, Term, mk_free
from derive.search.book import Index, clauses_of_fact
from derive.search.clause import Clause, key_of, shape_of
from derive.search.proof import Proof, hyp, split


class Context:
    """Facts in scope. A child shares its parent's; `variables` are the binders opened so far."""

    def __init__(
        self, parent: Context | None = None, facts: list[Proof] | None = None, variables: tuple = ()
    ) -> None:
        self.parent, self.variables = parent, variables
        self.facts: list[Proof] = facts or []
        self._index: Index | None = None
        self.props: dict[Term, Proof] = {}
        above: frozenset = parent.key if parent is not None else frozenset()
        self.key = above.union([f.prop for f in self.facts]) if self.facts else above
        self.level: int = len(variables)
        for fact in self.facts:
            self._learn(fact)

    def _learn(self, fact: Proof) -> None:
        self.props.setdefault(fact.prop, fact)
        if isinstance(fact.prop, App) and fact.prop.head == "and":
            for position in range(len(fact.prop.args)):
                self._learn(split(fact, position))

    @property
    def index(self) -> Index:
        """The facts of this place as clauses; many places are left before one is looked for."""
        if self._index is None:
            self._index = Index()
            for number, fact in enumerate(self.facts):
                for clause in clauses_of_fact(fact, f"h{self.level}_{number}"):
                    self._index.add(clause)
        return self._index

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
        return self.shaped(key_of(prop), shape_of(prop))

    def shaped(self, key: str, shape: tuple) -> list[Clause]:
        """The same for a proposition of this key and shape."""
        out: list[Clause] = []
        here: Context | None = self
        while here is not None:
            if here.facts:
                out += here.index.shaped(key, shape)
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
