"""What a check stands on: the axioms of `rules.core`, and theorems as far as they are replayed."""

import json

from derive.kernel.check import check_text
from derive.kernel.core import Rule, read_rules
from derive.kernel.refusal import Reason, require
from derive.kernel.symbol import rules_folder


class Theory:
    """Rules by name; a theorem of the rulebook is replayed when first cited."""

    def __init__(self, axioms: dict, sections: dict, outer: "Theory | None" = None) -> None:
        self.rules: dict[str, Rule] = dict(axioms)
        self.sections: dict[str, tuple[str, int]] = sections
        self.outer, self.open = outer, set()

    def child(self) -> "Theory":
        """A theory for the theorems of a file; it sees this one's rules and shares its replays."""
        return Theory({}, {}, self)

    def knows(self, name: str) -> bool:
        """Whether the name is taken; that of a section stays free while it is replayed."""
        mine = name in self.rules or (name in self.sections and name not in self.open)
        return mine or (self.outer is not None and self.outer.knows(name))

    def rule(self, name: str) -> Rule:
        """The rule `name`, replayed from the rulebook's certificate if need be."""
        if name not in self.rules and name in self.sections:
            require(name not in self.open, Reason.UNKNOWN_RULE, f"{name} rests on itself")
            self.open.add(name)
            inner, (text, line) = self.child(), self.sections[name]
            try:
                check_text(text, inner, line)
            finally:
                self.open.discard(name)
            self.rules |= {name: inner.rules[name]} if name in inner.rules else {}
        if name not in self.rules and self.outer is not None:
            return self.outer.rule(name)
        require(name in self.rules, Reason.UNKNOWN_RULE, name)
        return self.rules[name]


def sections_of(text: str) -> dict[str, tuple[str, int]]:
    """The certificate of the rulebook, cut into one section for each theorem, with first lines."""
    found: dict[str, tuple[str, int]] = {}
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith('["section"')]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        _, name = json.loads(lines[start])
        require(name not in found, Reason.DUPLICATE, name)
        found[name] = ("\n".join(lines[start + 1 : end]), start + 1)
    return found


def rulebook() -> Theory:
    """The axioms of `rules/rules.core` with the theorems of `rules/rulebook.cert` at hand."""
    folder = rules_folder()
    axioms = read_rules((folder / "rules.core").read_text(encoding="utf-8"))
    proofs = folder / "rulebook.cert"
    return Theory(
        axioms, sections_of(proofs.read_text(encoding="utf-8")) if proofs.is_file() else {}
    )
