"""What the reason of a step allows the search to use."""

from __future__ import annotations

from derive.kernel.term import Term
from derive.search.clause import Clause


class Toolkit:
    """What a reason allows: clauses, families, definitions to unfold, fixed instances."""

    def __init__(
        self,
        clauses: list[Clause],
        families: frozenset,
        unfold: frozenset,
        instances: dict[str, Term],
    ) -> None:
        self.clauses, self.families, self.unfold = clauses, families, unfold
        self.instances = instances
        self.equations = [c for c in clauses if c.key == "eq"]
        self.others = [c for c in clauses if c.key != "eq"]

    def with_facts(self, facts: list[Clause]) -> Toolkit:
        """The same, and some facts that hold at a point."""
        return Toolkit([*facts, *self.clauses], self.families, self.unfold, self.instances)
