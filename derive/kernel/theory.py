"""What a check stands on: the axioms of `rules.core`, and theorems as far as they are replayed."""

from collections.abc import Mapping

from derive.kernel.check import check_text
from derive.kernel.core import Rule, read_rules
from derive.kernel.refusal import Reason, require
from derive.kernel.symbol import rules_folder

Section = tuple[str, int]  # a text and its first line


class Theory:
    """Rules by name (or their core text, until read); a theorem is replayed when first cited."""

    def __init__(
        self,
        axioms: Mapping[str, Rule | str],
        sections: dict[str, Section],
        outer: "Theory | None" = None,
    ) -> None:
        self.rules: dict[str, Rule | str] = dict(axioms)
        self.sections, self.outer = sections, outer

    def child(self) -> "Theory":
        """A theory for the theorems of a file; it sees this one's rules and shares its replays."""
        return Theory({}, {}, self)

    def knows(self, name: str) -> bool:
        """Whether the name is taken; that of a section is free while it is replayed."""
        mine = name in self.rules or name in self.sections
        return mine or (self.outer is not None and self.outer.knows(name))

    def rule(self, name: str) -> Rule:
        """The rule `name`, replayed from the rulebook's certificate if need be."""
        if name in self.sections:
            self._replay(name)
        if name not in self.rules and self.outer is not None:
            return self.outer.rule(name)
        require(name in self.rules, Reason.UNKNOWN_RULE, name)
        known = self.rules[name]
        if not isinstance(known, str):
            return known
        read = read_rules(known)
        self.rules |= read
        return read[name]

    def _replay(self, name: str) -> None:
        """Prove the theorem of a section, which is away meanwhile: it may not rest on itself."""
        section, inner = self.sections.pop(name), self.child()
        try:
            check_text(section[0], inner, section[1])
        finally:
            self.sections[name] = section
        require(name in inner.rules, Reason.UNKNOWN_RULE, name)
        self.rules[name] = inner.rules[name]
        del self.sections[name]


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
