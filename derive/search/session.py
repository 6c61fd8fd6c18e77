"""The rulebook as loaded for a process: axioms, theorems at hand, aliases, and their order."""

from __future__ import annotations

import json
from functools import lru_cache

from derive.kernel.core import Rule
from derive.kernel.symbol import rules_folder
from derive.kernel.theory import Theory, cut, rulebook
from derive.search.lazy import LazyRule
from derive.search.lemmas import Lemma
from derive.search.library import Library
from derive.search.statements import read_statements


class Session:
    """Rules for search and the theory for replay; `child` separates the theorems of one file."""

    def __init__(self, theory: Theory, library: Library, order: list[str]) -> None:
        self.theory, self.library, self.order = theory, library, order
        self.lemmas: dict[str, Lemma] = {}

    def child(self) -> Session:
        """A session whose new theorems are its own."""
        return Session(self.theory.child(), self.library.copy(), self.order)

    def free_name(self, name: str, line: int) -> str:
        """A name that no rule has yet, for an item at a line."""
        candidate = name
        while self.theory.knows(candidate):
            candidate = f"{name}@{line}" if candidate == name else candidate + "'"
        return candidate

    def forbidden(self, name: str | None) -> set[str]:
        """A theorem may use neither itself nor what the rulebook derives from it or after it."""
        if name is None or name not in self.order:
            return set()
        return set(self.order[self.order.index(name) :])


@lru_cache(maxsize=1)
def session() -> Session:
    """The rulebook as compiled; a rule is read when it is first looked into."""
    theory, folder = rulebook(), rules_folder()
    notes = json.loads((folder / "rulebook.json").read_text(encoding="utf-8"))
    statements = cut((folder / "theorems.core").read_text(encoding="utf-8"), "(theorem ")
    library = Library(notes["aliases"], frozenset(notes["known_facts"]))

    def load(name: str) -> Rule:
        if name in statements:
            return read_statements("(theorem " + statements[name][0])[0]
        return theory.rule(name)

    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    for name, known in index.items():
        library.add_unread(LazyRule(name, known["kind"], lambda name=name: load(name)), known)
    return Session(theory, library, notes["theorems"])
