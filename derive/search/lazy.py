"""Rules that are read when first looked into: a process that uses ten of them reads ten.

The index of the rulebook, written when it is built, says of each clause what finding it needs: its
key and shape, and whether it is bare or open. Everything else is read from the rule's core text.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.kernel.core import Rule
from derive.search.automatic import chaining_clauses
from derive.search.book import clauses_of_rule
from derive.search.clause import Clause, is_bare


def described(rule: Rule, structure) -> dict:
    """What the index says of a rule."""
    return {
        "kind": rule.kind,
        "chain": [_clause(c) for c in chaining_clauses(rule, structure)],
        "plain": [_clause(c) for c in clauses_of_rule(rule, False)],
        "traits": traits(rule),
    }


def _clause(clause: Clause) -> list:
    return [clause.key, list(clause.shape), clause.bare, clause.open]


def traits(rule: Rule) -> list[bool]:
    """Whether it speaks of numbers only, concludes what fits any number, asks for integrability."""
    numeric = all(sort in ("num", "nat") for sort in rule.metas.values())
    integrable = not rule.premises or any(
        getattr(p, "head", "") == "integrable" for p in rule.premises
    )
    return [numeric, is_bare(rule.conclusions[0]), integrable]


class LazyRule:
    """A rule known by name and kind; anything else reads it."""

    __slots__ = ("_load", "_rule", "kind", "name")

    def __init__(self, name: str, kind: str, load: Callable[[], Rule]) -> None:
        self.name, self.kind, self._load = name, kind, load
        self._rule: Rule | None = None

    def __getattr__(self, wanted: str):
        if self._rule is None:
            self._rule = self._load()
        return getattr(self._rule, wanted)


class LazyClause(Clause):
    """A clause known by key and shape; anything else reads its rule."""

    __slots__ = ("_load",)

    def __init__(self, name: str, known: list, load: Callable[[], Clause]) -> None:
        self.name, self.key, self.shape = name, known[0], tuple(known[1])
        self.bare, self.open = known[2], known[3]
        self._load = load

    def __getattr__(self, wanted: str):
        whole = self._load()
        self.conclusion, self.premises, self.metas = whole.conclusion, whole.premises, whole.metas
        self.build, self.rule = whole.build, whole.rule
        return getattr(whole, wanted)


def lazy_clauses(rule: LazyRule, known: dict, structure) -> tuple[list[Clause], list[Clause]]:
    """The clauses for chaining and for naming, unread."""
    made: dict[str, list[Clause]] = {}

    def load(which: str, number: int) -> Clause:
        if which not in made:
            plain = which == "plain"
            made[which] = (
                clauses_of_rule(rule, False) if plain else chaining_clauses(rule, structure)
            )
        return made[which][number]

    return tuple(
        [
            LazyClause(rule.name, entry, lambda which=which, number=number: load(which, number))
            for number, entry in enumerate(known[which])
        ]
        for which in ("chain", "plain")
    )
