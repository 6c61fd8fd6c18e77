"""Folding: LaTeX, ASCII and look-alike characters become canonical Unicode, places remembered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from derive.syntax.diagnostic import SyntaxFailure, failure
from derive.syntax.diagnostic import nearest as nearest_name
from derive.syntax.symbols import (
    ASCII,
    CHARACTERS,
    COMMANDS,
    DOUBLE,
    DOUBLE_FONTS,
    LETTERS,
    PLAIN_FONTS,
    PUNCTUATION,
    SCRIPT,
    SCRIPT_FONTS,
    SUBSCRIPTS,
    WORDS,
    all_commands,
)
from derive.syntax.tree import Span

MAX_BRACES = 60


@dataclass(frozen=True)
class Folded:
    """A canonical text; `offsets[k]` is the place in the source of its character k, and one past
    the end at the last entry. None stands for the identity."""

    text: str
    offsets: tuple[int, ...] | None

    def origin(self, position: int) -> int:
        """Where the character at `position` stood in the source."""
        return position if self.offsets is None else self.offsets[position]


_DIGRAPHS = "|".join(re.escape(key) for key in sorted(ASCII, key=len, reverse=True))
_SINGLES = "".join(re.escape(key) for key in CHARACTERS)
_SUBS = "".join(SUBSCRIPTS)
_INTERESTING = re.compile(
    rf"(?P<command>\\[A-Za-z]+|\\.|\\)|(?P<subscript>[{_SUBS}]+)|(?P<digraph>{_DIGRAPHS})"
    rf"|(?P<single>[{_SINGLES}])|(?P<cluster>[^\s\u0300-\u036f][\u0300-\u036f]+)"
    r"|(?P<root>(?<![\w\\])sqrt(?![\w]))",
    re.DOTALL,
)
_SIMPLE = re.compile(r"\s*(?:[^\W_]+'*|[∞ℝ])\s*")
_DIFFERENTIAL = re.compile(r"\s*d\s*(?=[^\W\d_]|\()")
_OPERATOR = re.compile(r"\s*([d∂])\s*")


def fold(text: str) -> Folded:
    """The canonical spelling of `text`.

    Refuses (SyntaxFailure, with line 1 and the column in `text`) an unknown LaTeX command.

    >>> fold(r"\\int f \\, d\\mu <= 1").text
    '∫ f   dμ ≤ 1'
    """
    if not _INTERESTING.search(text):
        return Folded(text, None)
    folder = _Folder(text)
    folder.run(0, len(text), 0)
    return Folded("".join(folder.out), (*folder.origins, len(text)))


class _Folder:
    """One left-to-right pass; `out` and `origins` grow together, a character at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.origins: list[int] = []
        self.after_font = False

    def run(self, start: int, stop: int, depth: int) -> None:
        """Fold the source between `start` and `stop`."""
        position = start
        while position < stop:
            found = _INTERESTING.search(self.text, position, stop)
            if found is None:
                self.raw(position, stop)
                return
            self.raw(position, found.start())
            position = self.special(found, stop, depth)

    def raw(self, start: int, stop: int) -> None:
        """Copy the source as it is."""
        if start == stop:
            return
        if self.after_font and self.text[start].isalpha() and not self.lone_d():
            self.put(" ", start)
        self.after_font = False
        self.out += self.text[start:stop]
        self.origins += range(start, stop)

    def put(self, characters: str, origin: int) -> None:
        """Write `characters`, all of them coming from one place."""
        self.out += characters
        self.origins += [origin] * len(characters)

    def letters(self, characters: str, origin: int) -> None:
        """Write a letter that a command produced: it never runs into the letter before it."""
        if self.out and self.out[-1].isalpha() and not self.lone_d():
            self.put(" ", origin)
        self.put(characters, origin)
        self.after_font = True

    def lone_d(self) -> bool:
        """Whether the output ends in a `d` that stands alone, as in `d\\mu`."""
        out = self.out
        return out[-1:] == ["d"] and not (len(out) > 1 and (out[-2].isalpha() or out[-2] == "_"))

    def special(self, found: re.Match[str], stop: int, depth: int) -> int:
        """Write what the match stands for; the place where reading goes on."""
        origin, piece = found.start(), found.group()
        match found.lastgroup:
            case "command":
                return self.command(piece[1:], origin, found.end(), stop, depth)
            case "subscript":
                inner = "".join(SUBSCRIPTS[character] for character in piece)
                self.put("_" + (inner if len(inner) == 1 else "{" + inner + "}"), origin)
            case "digraph":
                self.put(self.digraph(piece), origin)
            case "single":
                self.put(CHARACTERS[piece], origin)
            case "root":
                self.put("√", origin)
            case _:
                self.put(unicodedata.normalize("NFC", piece), origin)
        return found.end()

    def digraph(self, piece: str) -> str:
        """`*` is a product, except in the pushforward `T_*μ`; `|->` after an operand is `| →`."""
        before = "".join(self.out[-2:])
        last = before[-1:]
        if piece == "*" and (last == "_" or before == "_{"):
            return "*"
        if piece == "|->" and (last.isalnum() or last in (")", "]", "}", "'")):
            return "|→"
        return ASCII[piece]

    def command(self, name: str, origin: int, end: int, stop: int, depth: int) -> int:
        """Write a LaTeX command that ends at `end`."""
        if name in LETTERS:
            self.letters(LETTERS[name], origin)
        elif name in COMMANDS:
            return self.symbol(COMMANDS[name], origin, end)
        elif name in PUNCTUATION:
            self.put(PUNCTUATION[name], origin)
        elif name in ("frac", "dfrac", "tfrac"):
            return self.fraction(origin, end, stop, depth)
        elif name == "sqrt":
            return self.root(origin, end, stop, depth)
        elif name in PLAIN_FONTS | SCRIPT_FONTS | DOUBLE_FONTS:
            return self.font(name, origin, end, stop, depth)
        elif name in WORDS:
            self.letters(name, origin)
        else:
            raise self.refuse(f"unknown command \\{name}"[:80], origin, end, name)
        return end

    def refuse(self, message: str, origin: int, end: int, name: str = "") -> SyntaxFailure:
        """A failure at a place of this text."""
        close = ", ".join(f"\\{word}" for word in nearest_name(name, all_commands()).split(", "))
        span = Span(1, origin + 1, 1, end + 1)
        return failure(message, span, "a known LaTeX command", close if close != "\\" else "")

    def symbol(self, value: str, origin: int, end: int) -> int:
        """Write a symbol; `^\\complement` and `^\\prime` lose their circumflex."""
        if value in ("ᶜ", "'") and self.out[-1:] == ["^"]:
            self.out.pop()
            self.origins.pop()
        if value[:1].isalpha() and self.out and self.out[-1].isalpha():
            value = " " + value
        self.put(value, origin)
        return end

    def argument(self, end: int, stop: int, depth: int) -> tuple[int, int, int]:
        """The span of the argument after a command: a braced group or one character or command."""
        while end < stop and self.text[end].isspace():
            end += 1
        if end >= stop or depth >= MAX_BRACES:
            raise self.refuse("a command lacks its argument in braces", max(0, end - 1), end)
        if self.text[end] != "{":
            found = re.compile(r"\\[A-Za-z]+|\\?.", re.DOTALL).match(self.text, end, stop)
            # A character is left, so there is a match.
            return end, found.end(), found.end()  # type: ignore[union-attr]
        level = 0
        for place in range(end, stop):
            level += {"{": 1, "}": -1}.get(self.text[place], 0)
            if level == 0:
                return end + 1, place, place + 1
        raise self.refuse("this brace is never closed", end, end + 1)

    def piece(self, start: int, stop: int, depth: int) -> _Folder:
        """A part of the source, folded on its own."""
        folder = _Folder(self.text)
        folder.run(start, stop, depth + 1)
        return folder

    def take(self, other: _Folder, skip: int = 0, stop: int | None = None) -> None:
        """Append what another folder wrote."""
        self.out += other.out[skip:stop]
        self.origins += other.origins[skip:stop]

    def font(self, name: str, origin: int, end: int, stop: int, depth: int) -> int:
        """`\\mathcal{X}`, `\\mathbb{R}`, `\\mathrm{d}`, `\\text{ a.s.}`."""
        start, close, after = self.argument(end, stop, depth)
        inner = self.piece(start, close, depth)
        if name in SCRIPT_FONTS:
            inner.out = [SCRIPT.get(letter, letter) for letter in inner.out]
        elif name in DOUBLE_FONTS or inner.out == ["1"]:
            inner.out = [DOUBLE.get(letter, letter) for letter in inner.out]
        letters = inner.out and inner.out[0].isalpha() and self.out and self.out[-1].isalpha()
        if letters and not self.lone_d():
            self.put(" ", origin)
        self.take(inner)
        self.after_font = True
        return after

    def root(self, origin: int, end: int, stop: int, depth: int) -> int:
        """`\\sqrt{x}` is `√(x)`."""
        start, close, after = self.argument(end, stop, depth)
        self.put("√(", origin)
        self.take(self.piece(start, close, depth))
        self.put(")", close)
        return after

    def fraction(self, origin: int, end: int, stop: int, depth: int) -> int:
        """`\\frac{a}{b}` is `(a/b)`; `\\frac{dν}{dμ}` and `\\frac{d}{dθ}` are read as such."""
        start, close, middle = self.argument(end, stop, depth)
        upper = self.piece(start, close, depth)
        start, close, after = self.argument(middle, stop, depth)
        lower = self.piece(start, close, depth)
        if self.out and (self.out[-1].isalnum() or self.out[-1] in "∂'"):
            self.put(" ", origin)
        above, below = "".join(upper.out), "".join(lower.out)
        if _DIFFERENTIAL.match(above) and _DIFFERENTIAL.match(below):
            self.differentials(upper, lower, middle)
        elif (kind := _OPERATOR.fullmatch(above)) and below.lstrip().startswith(kind[1]):
            self.put(f"{kind[1]}/{kind[1]}", origin)
            self.take(lower, len(below) - len(below.lstrip()[1:].lstrip()))
            self.put(" ", after - 1)
        else:
            self.quotient(upper, lower, origin, after)
        return after

    def differentials(self, upper: _Folder, lower: _Folder, middle: int) -> None:
        """`dν/dμ` without spaces."""
        for index, part in enumerate((upper, lower)):
            text = "".join(part.out)
            # Only called where both parts match.
            skip = _DIFFERENTIAL.match(text).end()  # type: ignore[union-attr]
            self.put("/d" if index else "d", middle - 1)
            self.take(part, skip, len(text.rstrip()))

    def quotient(self, upper: _Folder, lower: _Folder, origin: int, after: int) -> None:
        """`(a/b)`, its two parts in brackets unless they are single names or numbers."""
        self.put("(", origin)
        for index, part in enumerate((upper, lower)):
            simple = _SIMPLE.fullmatch("".join(part.out))
            self.put(("/" if index else "") + ("" if simple else "("), origin)
            self.take(part)
            self.put("" if simple else ")", after - 1)
        self.put(")", after - 1)
