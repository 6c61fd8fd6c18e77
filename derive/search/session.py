"""The rulebook as loaded for a process: axioms, theorems at hand, aliases, and their order."""

from __future__ import annotations

import json
from functools import lru_cache

from derive.kernel.symbol import rules_folder
from derive.kernel.theory import Theory, rulebook
from derive.search.library import Library
from derive.search.statements import read_statements


class Session:
    """Rules for search and the theory for replay; `child` separates the theorems of one file."""

    def __init__(self, theory: Theory, library: Library, order: list[str]) -> None:
        self.theory, self.library, self.order = theory, library, order
        self.after: dict[str, set[str]] = {}

    def child(self) -> Session:
        """A session whose new theorems are its own."""
        return Session(self.theory.child(), self.library.copy(), self.order)

    def forbidden(self, name: str | None) -> set[str]:
        """A theorem may use neither itself nor what the rulebook derives from it or after it."""
        if name is None or name not in self.order:
            return set()
        return set(self.order[self.order.index(name) :])


@lru_cache(maxsize=1)
def session() -> Session:
    """The rulebook as compiled."""
    theory = rulebook()
    notes = json.loads((rules_folder() / "rulebook.json").read_text(encoding="utf-8"))
    library = Library(notes["aliases"], frozenset(notes["known_facts"]))
    for rule in theory.rules.values():
        library.add(rule)
    for rule in read_statements((rules_folder() / "theorems.core").read_text(encoding="utf-8")):
        library.add(rule)
    return Session(theory, library, notes["theorems"])
