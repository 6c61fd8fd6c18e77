"""What a check stands on: the axioms of `rules.core`, and theorems as far as they are replayed."""

from derive.kernel.check import check_text
from derive.kernel.core import Rule, read_rules
from derive.kernel.refusal import Reason, require
from derive.kernel.symbol import rules_folder

Section = tuple[str, int]  # a text and its first line


class Theory:
    """Rules by name (or their core text, until read); a theorem is replayed when first cited."""

    def __init__(self, axioms: dict, sections: dict, outer: "Theory | None" = None) -> None:
        self.rules: dict[str, Rule | str] = dict(axioms)
        self.sections: dict[str, Section] = sections
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
        require(self.knows(name), Reason.UNKNOWN_RULE, name)
        if name not in self.rules and name not in self.sections:
            return self.outer.rule(name)
        known = self.rules.get(name) or self._replayed(name)
        if isinstance(known, str):
            known = read_rules(known)[name]
        self.rules[name] = known
        return known

    def _replayed(self, name: str) -> Rule:
        """The theorem of a section, which may rest on the others but not on itself."""
        self.open.add(name)
        inner, (text, line) = self.child(), self.sections[name]
        try:
            check_text(text, inner, line)
        finally:
            self.open.discard(name)
        require(name in inner.rules, Reason.UNKNOWN_RULE, name)
        return inner.rules[name]


def cut(text: str, opening: str) -> dict[str, Section]:
    """The pieces of a text that start with a line `opening NAME …`, each with its first line."""
    found: dict[str, Section] = {}
    head, *pieces = ("\n" + text).split("\n" + opening)
    line = head.count("\n") + 1
    for piece in pieces:
        name = piece.split(None, 1)[0].strip('"]')
        require(name not in found, Reason.DUPLICATE, name)
        found[name] = (piece, line)
        line += piece.count("\n") + 1
    return found


def sections_of(text: str) -> dict[str, Section]:
    """The certificate of the rulebook, cut into one section for each theorem, with first lines."""
    cuts = cut(text, '["section",')
    return {name: (piece.partition("\n")[2], line) for name, (piece, line) in cuts.items()}


def rulebook() -> Theory:
    """The axioms of `rules/rules.core` with the theorems of `rules/rulebook.cert` at hand."""
    folder = rules_folder()
    axioms = cut((folder / "rules.core").read_text(encoding="utf-8"), "(axiom ")
    proofs = folder / "rulebook.cert"
    sections = sections_of(proofs.read_text(encoding="utf-8")) if proofs.is_file() else {}
    return Theory({name: "(axiom " + piece for name, (piece, _) in axioms.items()}, sections)
