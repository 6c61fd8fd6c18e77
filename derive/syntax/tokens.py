"""The token pass, second half: what an operand is followed by decides brackets, bars and `1_A`.

Rulings: a bar by the stack of its bracket level; `(` after an operand is a call, hugging or not;
`1` before `_` or `{` is an indicator; the subscripts of ∑ and ∫ are no operands.
"""

from __future__ import annotations

from derive.syntax.brackets import match_brackets, settled
from derive.syntax.diagnostic import failure
from derive.syntax.lexer import Lexeme, join_words, scan

OPERATORS = frozenset(["lim", "sup", "inf", "limsup", "liminf"])
_ENDS_OPERAND = frozenset([
    "NAME", "NUMBER", "SUPS", "COMPLEMENT", "PRIME", "BANG", "D_DUMMY", "D_NAME", "RN_NAME", "AE",
    "AS", "MEASURABLE",
])  # fmt: skip


class Frame:
    """One bracket level: its open bars, and what the operand state is after it closes."""

    def __init__(self, opener: Lexeme | None, after: str) -> None:
        self.opener = opener
        self.after = after
        self.bars = 0


class TokenPass:
    """One left-to-right pass. `state` is "operand", "range" (after ∑ and its indices), "indicator"
    (after the 1 of `1_A`) or "".

    `pending` is the state that the index after `_` or `^` will leave, or None outside an index."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.state = ""
        self.pending: str | None = None
        self.frames = [Frame(None, "")]
        self.output: list[Lexeme] = []

    def run(self) -> list[Lexeme]:
        """The lexemes with their final types."""
        for index, lexeme in enumerate(self.lexemes):
            self.retype(index, lexeme)
            self.output.append(lexeme)
            self.advance(lexeme)
        if self.frames[0].bars:
            raise self.unclosed_bar(self.lexemes[-1])
        return self.output

    def following(self, index: int) -> Lexeme | None:
        """The lexeme after `index`."""
        return self.lexemes[index + 1] if index + 1 < len(self.lexemes) else None

    def retype(self, index: int, lexeme: Lexeme) -> None:
        """Settle the type of a lexeme from what stands before and after it."""
        match lexeme.type:
            case "BAR":
                self.bar(index, lexeme)
            case "DBAR":
                self.double_bar(index, lexeme)
            case "NUMBER" | "ONE" | "NAME":
                self.atom(index, lexeme)
            case "LPAR" if self.state == "operand":
                lexeme.type = "CALL_GAP" if lexeme.gap else "CALL"
            case "LBRACK" if self.state == "operand":
                lexeme.type = "INDEX_BRACK"
            case "LBRACE" if self.state == "operand" and not lexeme.gap:
                lexeme.type = "CALL_BRACE"
            case "COLON" if self.frames[-1].opener is not None:
                if self.frames[-1].opener.type in ("LBRACE", "CALL_BRACE"):
                    lexeme.type = "GIVEN"

    def atom(self, index: int, lexeme: Lexeme) -> None:
        """`1_A`, `1{…}`, `𝟙`, and `lim_`, `sup_`."""
        if self.pending is not None:
            return
        after = self.following(index)
        hugged = after is not None and not after.gap and after.type in ("SUB", "LBRACE")
        if lexeme.type == "ONE" or (lexeme.value == "1" and hugged):
            lexeme.type = "INDICATOR"
        elif lexeme.value in OPERATORS and after is not None and after.type == "SUB":
            lexeme.type = "BIG"

    def advance(self, lexeme: Lexeme) -> None:
        """The state after a lexeme."""
        kind = lexeme.type
        if kind in ("SUB", "SUP", "D_SUB"):
            self.pending = "operand" if self.state == "indicator" else self.state
            self.state = ""
        elif kind in ("LPAR", "LBRACK", "LBRACE", "CALL", "CALL_GAP", "INDEX_BRACK", "CALL_BRACE",
                      "D_ARGS", "D_PAR"):  # fmt: skip
            self.open(lexeme)
        elif kind in ("RPAR", "RBRACK", "RBRACE"):
            self.close(lexeme)
        elif kind in ("BIG", "INT"):
            self.state = "range"
        elif kind == "INDICATOR":
            self.state = "indicator"
        elif kind in _ENDS_OPERAND:
            self.state, self.pending = self.pending or "operand", None
        elif kind == "BAR_CLOSE":
            self.state = "operand"
        elif not (self.pending is not None and kind in ("MINUS", "TENSOR")):
            self.state, self.pending = "", None

    def open(self, lexeme: Lexeme) -> None:
        """Enter a bracket."""
        self.frames.append(Frame(lexeme, self.pending or "operand"))
        self.state, self.pending = "", None

    def close(self, lexeme: Lexeme) -> None:
        """Leave a bracket; all bars inside must be closed."""
        frame = self.frames.pop()
        if frame.bars:
            raise self.unclosed_bar(lexeme)
        self.state, self.pending = frame.after, None

    def unclosed_bar(self, lexeme: Lexeme) -> Exception:
        """The failure for `|x`."""
        bar = next(lex for lex in reversed(self.output) if lex.type == "BAR_OPEN")
        return failure("this bar is never closed", bar.span, "a closing bar | before the bracket")

    # ---- bars

    def bar(self, index: int, lexeme: Lexeme) -> None:
        """Closing, `|_A`, given, or opening."""
        frame, after = self.frames[-1], self.following(index)
        operand = self.state == "operand"
        if operand and frame.bars:
            lexeme.type = "BAR_CLOSE"
            frame.bars -= 1
        elif operand and after is not None and after.type == "SUB" and not after.gap:
            lexeme.type = "RESTRICT"
        elif operand and (self.spaced(index) or self.last_bar(index)):
            lexeme.type = "GIVEN"
        else:
            lexeme.type = "BAR_OPEN"
            frame.bars += 1

    def spaced(self, index: int) -> bool:
        """Whether spaces stand on both sides."""
        after = self.following(index)
        return self.lexemes[index].gap and (after is None or after.gap)

    def last_bar(self, index: int) -> bool:
        """Whether no further bar follows at this bracket level."""
        depth = 0
        for lexeme in self.lexemes[index + 1 :]:
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(lexeme.value, 0)
            if depth < 0:
                return True
            if depth == 0 and lexeme.type in ("BAR", "DBAR"):
                return False
        return True

    def double_bar(self, index: int, lexeme: Lexeme) -> None:
        """`||` is a divergence after an operand, else two bars."""
        frame = self.frames[-1]
        if lexeme.value == "‖" or (self.state == "operand" and not frame.bars):
            lexeme.type = "DIVERGENCE"
            return
        closing = self.state == "operand"
        first = Lexeme("BAR_CLOSE" if closing else "BAR_OPEN", "|", 0, 0, lexeme.gap)
        self.output.append(first.place(lexeme))
        frame.bars += -1 if closing else 1
        self.state = "operand" if closing else ""
        lexeme.value, lexeme.type = "|", "BAR"
        self.bar(index, lexeme)


def quantifiers(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Mark the names that `for all` binds, and the comma that ends them."""
    for index, lexeme in enumerate(lexemes):
        if lexeme.type == "FORALL":
            _bind(lexemes, index + 1)
    return lexemes


def _bind(lexemes: list[Lexeme], start: int) -> None:
    end = start
    while end < len(lexemes) and lexemes[end].type == ("NAME", "COMMA")[(end - start) % 2]:
        end += 1
    names = [index for index in range(start, end) if lexemes[index].type == "NAME"]
    after = lexemes[end] if end < len(lexemes) else None
    if after is not None and after.type == "EL":
        comma = _comma(lexemes, end)
        if comma is not None:
            after.type = "BOUND_IN"
            lexemes[comma].type = "BOUND_END"
            _rename(lexemes, names)
            return
    if len(names) > 1 and (end - start) % 2 == 1:
        joint = after is not None and after.type == "ADJECTIVE"
        names = names[:1] if joint else names[:-1]
    if names and names[-1] + 1 < len(lexemes):
        lexemes[names[-1] + 1].type = "BOUND_END"
        _rename(lexemes, names)


def _rename(lexemes: list[Lexeme], names: list[int]) -> None:
    for index in names:
        lexemes[index].type = "BOUND"


def _comma(lexemes: list[Lexeme], index: int) -> int | None:
    """The next comma at this bracket level."""
    depth = 0
    for place in range(index, len(lexemes)):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(lexemes[place].value, 0)
        if depth < 0:
            return None
        if depth == 0 and lexemes[place].type == "COMMA":
            return place
    return None


def tokenize(lexemes: list[Lexeme], types: bool = False) -> list[Lexeme]:
    """From scanned lexemes, already placed in their source, to what the grammar reads."""
    match_brackets(lexemes)
    joined = quantifiers(join_words(lexemes, types))
    return TokenPass(settled(joined)).run()


__all__ = ["OPERATORS", "scan", "tokenize"]
