"""Canonical text to lexemes: the scan, and the words that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.syntax.diagnostic import SyntaxFailure, failure
from derive.syntax.tree import Span

MAX_LEXEMES = 20_000
MAX_CHARACTERS = 200_000
MAX_DIGITS = 40
MAX_NAME = 80


class Lexeme:
    """A terminal: its type, its text, its place in the canonical text and in the source.

    The attribute names are those the parser generator expects of a token. `gap` tells whether
    space stands before it; `partner` is the matching bracket."""

    __slots__ = (
        "column", "end_column", "end_line", "end_pos", "gap", "line", "partner", "start_pos",
        "type", "value",
    )  # fmt: skip

    def __init__(self, kind: str, value: str, start: int, end: int, gap: bool) -> None:
        self.type = kind
        self.value = value
        self.start_pos = start
        self.end_pos = end
        self.gap = gap
        self.partner: Lexeme | None = None
        self.line = self.end_line = 1
        self.column = start + 1
        self.end_column = end + 1

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"{self.type}({self.value})"

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return Span(self.line, self.column, self.end_line, self.end_column)

    def place(self, other: Lexeme) -> Lexeme:
        """Take over the source place of `other`; for lexemes made later."""
        self.line, self.column = other.line, other.column
        self.end_line, self.end_column = other.end_line, other.end_column
        return self


SYMBOLS = {
    "(": "LPAR", ")": "RPAR", "[": "LBRACK", "]": "RBRACK", "{": "LBRACE", "}": "RBRACE",
    "_": "SUB", "^": "SUP", ",": "COMMA", ":": "COLON", ":=": "ASSIGN", "+": "PLUS", "-": "MINUS",
    "·": "TIMES", "/": "DIV", "∪": "CUP", "∩": "CAP", "∖": "SETMINUS", "∆": "SYMDIFF",
    "×": "CROSS", "⊗": "TENSOR", "∘": "COMPOSE", "↦": "MAPSTO", "∫": "INT", "∑": "BIG",
    "∏": "BIG", "⋃": "BIG", "⋂": "BIG", "√": "ROOT", "!": "BANG", "'": "PRIME", "∂": "PARTIAL",
    "𝟙": "ONE", "|": "BAR", "‖": "DBAR", "||": "DBAR", "_*": "PUSH", "_{*}": "PUSH", "_♯": "PUSH",
    "=": "REL", "≠": "REL", "≤": "REL", "≥": "REL", "<": "REL", ">": "REL", "⊆": "REL",
    "∈": "EL", "∉": "REL", "≪": "REL", "⫫": "REL", "~": "REL", "→": "ARROW", "⟺": "IFF",
    "⟹": "IFF", "∞": "NAME", "∅": "NAME",
}  # fmt: skip

_NOT_LETTERS = r"\W\d_⁰¹²³⁴-⁹₀-₉ᶜⁿⁱᵏᵐᵖˣᵗ"
_SCAN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<AS>a\.s\.|(?<!\w)almost surely(?!\w))"
    r"|(?P<AE>-(?:a\.e\.|a\.s\.|almost everywhere|almost surely)(?!\w))"
    r"|(?P<MEASURABLE>-measurable(?!\w))"
    r"|(?P<NAME>i\.i\.d\.|(?:σ|sigma)-(?:finite|algebras?)(?!\w)|sub-σ-algebras?(?!\w)"
    rf"|square-integrable(?!\w)|non-negative(?!\w)|[^{_NOT_LETTERS}]+[0-9]*'*)"
    r"|(?P<NUMBER>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<SUPS>[⁰¹²³⁴-⁹⁻ⁿⁱᵏᵐᵖˣᵗ]+)"
    r"|(?P<COMPLEMENT>ᶜ)"
    r"|(?P<symbol>_\{\*\}|_\*|_♯|:=|\|\||[][(){}_^,:+·/∪∩∖∆×⊗∘↦∫∑∏⋃⋂√!'∂𝟙|‖=≠≤≥<>⊆∈∉≪⫫~→⟺⟹∞∅-])"
)
_DIFFERENTIAL = re.compile(rf"d[^{_NOT_LETTERS}][0-9]*'*")


def scan(text: str) -> list[Lexeme]:
    """Cut canonical text into lexemes; spaces only leave a mark.

    Refuses characters that belong to nothing, more than MAX_LEXEMES lexemes, and long numerals.
    """
    if len(text) > MAX_CHARACTERS:
        raise failure(f"longer than {MAX_CHARACTERS} characters", Span(1, 1, 1, 2))
    lexemes: list[Lexeme] = []
    position, gap = 0, True
    while position < len(text):
        found = _SCAN.match(text, position)
        if found is None:
            raise _stray(text, position)
        position = found.end()
        if found.lastgroup == "space":
            gap = True
            continue
        lexemes.append(_lexeme(found, gap))
        gap = False
        if len(lexemes) > MAX_LEXEMES:
            span = Span(1, position, 1, position + 1)
            raise failure(f"more than {MAX_LEXEMES} symbols in one formula", span)
    return lexemes


def _lexeme(found: re.Match[str], gap: bool) -> Lexeme:
    value, kind = found.group(), found.lastgroup or ""
    if kind == "symbol":
        kind = SYMBOLS[value]
    elif kind == "NAME":
        plain = value.rstrip("0123456789'").isalpha()
        if not plain and (odd := _odd_character(value)) >= 0:
            raise _stray(value, odd, found.start())
        if value[0] == "d" and _DIFFERENTIAL.fullmatch(value):
            kind = "D"
    elif kind == "NUMBER" and len(value) > MAX_DIGITS:
        span = Span(1, found.start() + 1, 1, found.end() + 1)
        raise failure(f"a numeral of more than {MAX_DIGITS} digits", span)
    if len(value) > MAX_NAME:
        span = Span(1, found.start() + 1, 1, found.end() + 1)
        raise failure(f"a name of more than {MAX_NAME} characters", span)
    return Lexeme(kind, value, found.start(), found.end(), gap)


def _odd_character(value: str) -> int:
    """The place in a name of a character such as ½, which is neither letter nor digit; or -1."""
    odd = (k for k, char in enumerate(value) if not (char.isalpha() or char in "0123456789'-."))
    return next(odd, -1)


def _stray(text: str, position: int, offset: int = 0) -> SyntaxFailure:
    character = text[position]
    position += offset
    named = f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
    span = Span(1, position + 1, 1, position + 2)
    hint = {"⊂": "⊆", "⊇": "⊆, sides exchanged", "∧": "and", "&": "and", "÷": "/"}
    return failure(f"the character {named} has no meaning here", span, "", hint.get(character, ""))


ADJECTIVES = {
    "measurable": "measurable", "nonnegative": "nonnegative", "non-negative": "nonnegative",
    "positive": "positive", "bounded": "bounded", "integrable": "integrable",
    "square-integrable": "square-integrable", "square integrable": "square-integrable",
    "finite": "finite", "σ-finite": "σ-finite", "sigma-finite": "σ-finite",
    "pairwise disjoint": "pairwise disjoint", "pairwise independent": "pairwise independent",
    "mutually independent": "independent", "independent": "independent",
    "identically distributed": "identically distributed", "i.i.d.": "i.i.d.", "iid": "i.i.d.",
    "increasing": "increasing", "decreasing": "decreasing", "injective": "injective",
    "strictly increasing": "strictly increasing", "strictly decreasing": "strictly decreasing",
    "continuous": "continuous", "differentiable": "differentiable", "convex": "convex",
    "has integral": "has integral", "has a value": "has a value",
    "holds almost everywhere": "holds almost everywhere", "countable": "countable",
}  # fmt: skip
"""Adjectives as written, and their canonical form."""

_FORMULA_WORDS = {
    **{words: ("ADJECTIVE", canonical) for words, canonical in ADJECTIVES.items()},
    "event": ("ADJECTIVE", "event"),
    "has density": ("HAS_DENSITY", ""), "with respect to": ("WRT", ""), "under": ("UNDER", ""),
    "in probability": ("MODE", "in probability"), "in distribution": ("MODE", "in distribution"),
    "in law": ("MODE", "in distribution"), "in measure": ("MODE", "in measure"),
    "in L": ("MODE_L", ""), "in": ("IN", ""), "as": ("AS_INDEX", ""), "and": ("AND", ""),
    "for all": ("FORALL", ""), "for every": ("FORALL", ""), "for each": ("FORALL", ""),
    "is": ("IS", ""), "are": ("IS", ""),
}  # fmt: skip

_TYPE_WORDS = {
    "measurable space": ("T_SPACE", "measurable space"),
    "measurable spaces": ("T_SPACE", "measurable space"),
    "probability space": ("T_SPACE", "probability space"),
    "measure": ("T_MEASURE", "measure"), "measures": ("T_MEASURE", "measure"),
    "σ-finite measure": ("T_MEASURE", "σ-finite measure"),
    "σ-finite measures": ("T_MEASURE", "σ-finite measure"),
    "finite measure": ("T_MEASURE", "finite measure"),
    "finite measures": ("T_MEASURE", "finite measure"),
    "probability": ("T_MEASURE", "probability"), "probabilities": ("T_MEASURE", "probability"),
    "probability measure": ("T_MEASURE", "probability"),
    "probability measures": ("T_MEASURE", "probability"),
    "σ-algebra": ("T_ALGEBRA", "σ-algebra"), "σ-algebras": ("T_ALGEBRA", "σ-algebra"),
    "sigma-algebra": ("T_ALGEBRA", "σ-algebra"), "sigma-algebras": ("T_ALGEBRA", "σ-algebra"),
    "event": ("T_EVENT", "event"), "events": ("T_EVENT", "event"),
    "subset": ("T_SUBSET", "subset"), "subsets": ("T_SUBSET", "subset"),
    "random variable": ("T_EVENT", "random variable"),
    "random variables": ("T_EVENT", "random variable"),
    "kernel": ("T_KERNEL", "kernel"), "kernels": ("T_KERNEL", "kernel"),
    "probability kernel": ("T_KERNEL", "kernel"),
    "real": ("T_REAL", "real"), "reals": ("T_REAL", "real"),
    "real number": ("T_REAL", "real"), "real numbers": ("T_REAL", "real"),
    "natural number": ("T_REAL", "natural number"),
    "natural numbers": ("T_REAL", "natural number"),
    "point": ("T_SUBSET", "point"), "points": ("T_SUBSET", "point"),
    "sequence of": ("T_SEQUENCE", "sequence"), "sequences of": ("T_SEQUENCE", "sequence"),
    "on": ("ON", ""), "of": ("OF", ""), "from": ("FROM", ""), "to": ("TO", ""),
}  # fmt: skip


def _index(phrases: dict[str, tuple[str, str]]) -> dict[str, list[tuple[list[str], str, str]]]:
    table: dict[str, list[tuple[list[str], str, str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        kind, value = phrases[phrase]
        table.setdefault(phrase.split()[0], []).append((phrase.split(), kind, value or phrase))
    return table


_FORMULA_INDEX = _index(_FORMULA_WORDS)
_TYPE_INDEX = _index(_FORMULA_WORDS | _TYPE_WORDS)


def type_words() -> Iterable[str]:
    """The words that open a type, for hints."""
    return _TYPE_WORDS.keys()


def join_words(lexemes: list[Lexeme], types: bool = False) -> list[Lexeme]:
    """Join the words of adjectives, types and modes into one lexeme each, longest first."""
    index = _TYPE_INDEX if types else _FORMULA_INDEX
    if not any(lexeme.type == "NAME" and lexeme.value in index for lexeme in lexemes):
        return lexemes
    joined: list[Lexeme] = []
    position = 0
    while position < len(lexemes):
        lexeme = lexemes[position]
        taken = 1
        script = bool(joined) and joined[-1].type in ("SUB", "SUP") and not lexeme.gap
        if lexeme.type == "NAME" and lexeme.value in index and not script:
            lexeme, taken = _phrase(lexemes, position, index[lexeme.value])
        joined.append(lexeme)
        position += taken
    return joined


def _phrase(
    lexemes: list[Lexeme], position: int, phrases: list[tuple[list[str], str, str]]
) -> tuple[Lexeme, int]:
    for words, kind, value in phrases:
        found = lexemes[position : position + len(words)]
        if len(found) == len(words) and all(
            lexeme.type == "NAME" and lexeme.value == word
            for lexeme, word in zip(found, words, strict=True)
        ):
            first, last = found[0], found[-1]
            whole = Lexeme(kind, value, first.start_pos, last.end_pos, first.gap)
            whole.line, whole.column = first.line, first.column
            whole.end_line, whole.end_column = last.end_line, last.end_column
            return whole, len(words)
    return lexemes[position], 1
