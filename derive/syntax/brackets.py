"""The token pass, first half: brackets find partners, differentials and `-a.e.` their measure.

What needs more than one token of look-ahead is settled here, so that the grammar is LALR(1).
"""

from __future__ import annotations

from derive.syntax.diagnostic import failure
from derive.syntax.lexer import Lexeme

MAX_NESTING = 60
OPENING = {"LPAR": (")", "]"), "LBRACK": (")", "]"), "LBRACE": ("}",)}
CLOSING = frozenset(["RPAR", "RBRACK", "RBRACE"])
_STARTS = frozenset(["D", "PARTIAL", "AE", "MEASURABLE"])
"""What besides a lone `d` a differential, an operator or a measure in front needs."""


def match_brackets(lexemes: list[Lexeme]) -> None:
    """Give each bracket its partner; `(a,b]` and `[a,b)` match, being intervals."""
    stack: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.type in OPENING:
            stack.append(lexeme)
            if len(stack) > MAX_NESTING:
                raise failure(f"brackets nested deeper than {MAX_NESTING}", lexeme.span)
        elif lexeme.type in CLOSING:
            if not stack:
                raise failure(f"“{lexeme.value}” closes nothing", lexeme.span)
            opener = stack.pop()
            if lexeme.value not in OPENING[opener.type]:
                message = f"“{opener.value}” is closed by “{lexeme.value}”"
                raise failure(message, lexeme.span, " or ".join(OPENING[opener.type]))
            opener.partner, lexeme.partner = lexeme, opener
    if stack:
        raise failure(f"“{stack[-1].value}” is never closed", stack[-1].span)


def settled(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with differentials settled and an M_OPEN before each measure in front."""
    if any(lexeme.type in _STARTS or lexeme.value == "d" for lexeme in lexemes):
        return Differentials(lexemes).run()
    return lexemes


class Differentials:
    """Rewrites `d…` lexemes: `d/dθ`, `dν/dμ`, `dx`, `d(μ ⊗ ν)(x,y)`, `(dx)`, and opens measures."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.position = {id(lexeme): index for index, lexeme in enumerate(lexemes)}
        self.opens: dict[int, Lexeme] = {}
        self.merged: dict[int, tuple[Lexeme, int]] = {}

    def run(self) -> list[Lexeme]:
        """The lexemes with differentials settled and an M_OPEN before each measure in front."""
        index = 0
        while index < len(self.lexemes):
            index = self.step(index)
        return self.rebuilt()

    def step(self, index: int) -> int:
        """Settle the lexeme at `index`; where to go on."""
        lexeme = self.lexemes[index]
        if lexeme.type in ("AE", "MEASURABLE"):
            self.open_measure(index, "a measure" if lexeme.type == "AE" else "a σ-algebra")
        elif self.is_operator(index):
            return self.operator(index)
        elif lexeme.type == "LPAR" and self.dummy_names(index):
            return self.dummy(index)
        elif self.starts_differential(index):
            return self.differential(index)
        return index + 1

    def at(self, index: int, kind: str, hugging: bool = False) -> bool:
        """Whether the lexeme at `index` is of this type (and has no space before it)."""
        if not 0 <= index < len(self.lexemes):
            return False
        return self.lexemes[index].type == kind and not (hugging and self.lexemes[index].gap)

    def partner_index(self, index: int) -> int:
        """The index of the matching bracket."""
        return self.position[id(self.lexemes[index].partner)]

    # ---- d/dθ, ∂/∂θ

    def is_operator(self, index: int) -> bool:
        """Whether `d/dθ` or `∂/∂θ` starts here."""
        if not self.at(index + 1, "DIV", hugging=True):
            return False
        if self.at(index, "PARTIAL"):
            return self.at(index + 2, "PARTIAL", hugging=True) and self.at(index + 3, "NAME")
        plain_d = self.at(index, "NAME") and self.lexemes[index].value == "d"
        return plain_d and self.at(index + 2, "D", hugging=True)

    def operator(self, index: int) -> int:
        """Merge the lexemes of `d/dθ` into one; its value is the variable."""
        name = self.lexemes[index + 2 if self.at(index + 2, "D") else index + 3]
        end = self.position[id(name)] + 1
        value = name.value[1:] if name.type == "D" else name.value
        value, end = self.subscripted(value, end)
        self.merge(index, end, "DERIV", value)
        return end

    def subscripted(self, value: str, end: int) -> tuple[str, int]:
        """Extend a name by a simple subscript: `x_1`."""
        simple = self.at(end + 1, "NAME", True) or self.at(end + 1, "NUMBER", True)
        if self.at(end, "SUB", hugging=True) and simple:
            return f"{value}_{self.lexemes[end + 1].value}", end + 2
        return value, end

    def merge(self, start: int, end: int, kind: str, value: str) -> None:
        """Replace the lexemes from `start` to `end` by one."""
        first, last = self.lexemes[start], self.lexemes[end - 1]
        whole = Lexeme(kind, value, first.start_pos, last.end_pos, first.gap).place(first)
        whole.end_line, whole.end_column = last.end_line, last.end_column
        self.merged[start] = (whole, end)

    # ---- (dx)

    def dummy_names(self, index: int) -> list[str]:
        """The names of `(dx)` or `(dx, dy)` at `index`; empty if it is something else."""
        names: list[str] = []
        place = index + 1
        while self.at(place, "D"):
            name, place = self.subscripted(self.lexemes[place].value[1:], place + 1)
            names.append(name)
            if self.at(place, "RPAR"):
                return names
            if not self.at(place, "COMMA"):
                return []
            place += 1
        return []

    def dummy(self, index: int) -> int:
        """Merge `(dx)` into one lexeme and open the measure before it."""
        self.open_measure(index, "a measure")
        end = self.partner_index(index) + 1
        self.merge(index, end, "D_DUMMY", ",".join(self.dummy_names(index)))
        return end

    # ---- dμ, d(…), dν/dμ

    def starts_differential(self, index: int) -> bool:
        """Whether `dx` or `d(` stands here."""
        if self.at(index, "D"):
            return True
        is_d = self.at(index, "NAME") and self.lexemes[index].value == "d"
        subscript = self.at(index - 1, "SUB") or self.at(index - 1, "SUP")
        return is_d and not subscript and self.at(index + 1, "LPAR", hugging=True)

    def end_of_side(self, index: int) -> int:
        """One past `dμ`, `dμ_n` or `d(…)`; its subscript is marked as its own."""
        if not self.at(index, "D"):
            return self.partner_index(index + 1) + 1
        end = index + 1
        if self.at(end, "SUB", hugging=True) and end + 1 < len(self.lexemes):
            self.lexemes[end].type = "D_SUB"
            braced = self.at(end + 1, "LBRACE")
            end = self.partner_index(end + 1) + 1 if braced else end + 2
        return end

    def differential(self, index: int) -> int:
        """Settle whether a derivative or the end of an integral stands here."""
        end = self.end_of_side(index)
        quotient = self.at(end, "DIV") and self.starts_differential(end + 1)
        self.mark(index, "RN" if quotient else "D")
        if quotient:
            self.lexemes[end].type = "RN_DIV"
            self.end_of_side(end + 1)
            self.mark(end + 1, "RN")
        elif self.at(end, "LPAR", hugging=True) and self.plain_names(end):
            self.lexemes[end].type = "D_ARGS"
        return index + 1

    def mark(self, index: int, prefix: str) -> None:
        """RN_NAME, RN_OPEN, D_NAME or D_OPEN."""
        if self.at(index, "D"):
            self.lexemes[index].type = f"{prefix}_NAME"
            self.lexemes[index].value = self.lexemes[index].value[1:]
            return
        self.lexemes[index].type = f"{prefix}_OPEN"
        self.lexemes[index + 1].type = "D_PAR"

    def plain_names(self, index: int) -> bool:
        """Whether the bracket at `index` holds names only."""
        inner = self.lexemes[index + 1 : self.partner_index(index)]
        return bool(inner) and all(
            lexeme.type == ("COMMA" if place % 2 else "NAME") for place, lexeme in enumerate(inner)
        )

    # ---- the measure in front of (dx), -a.e., -measurable

    def open_measure(self, index: int, wanted: str) -> None:
        """Put an M_OPEN before the maximal hugging postfix that ends at `index`."""
        lexeme = self.lexemes[index]
        if lexeme.gap or index == 0:
            message = f"“{lexeme.value}” needs {wanted} right before it, without a space"
            raise failure(message, lexeme.span, wanted)
        start = self.postfix_start(index - 1)
        first = self.lexemes[start]
        opener = Lexeme("M_OPEN", "", first.start_pos, first.start_pos, first.gap)
        self.opens[start] = opener.place(first)
        opener.end_line, opener.end_column = first.line, first.column

    def postfix_start(self, index: int) -> int:
        """The index where the hugging postfix expression that ends at `index` starts."""
        while True:
            if self.lexemes[index].type in CLOSING:
                index = self.partner_index(index)
            if index == 0 or self.lexemes[index].gap:
                return index
            before = self.lexemes[index - 1].type
            if before in ("SUB", "SUP", "PUSH", "TENSOR"):
                index -= 1 if self.lexemes[index - 1].gap or index < 2 else 2
            elif self.continues(index, before):
                index -= 1
            else:
                return index

    def continues(self, index: int, before: str) -> bool:
        """Whether the lexeme at `index` is a suffix of the one before it."""
        here = self.lexemes[index].type
        suffix = here in ("LPAR", "LBRACK", "SUPS", "COMPLEMENT", "PRIME", "BANG", "D_ARGS")
        return suffix and (before in ("NAME", "SUPS", "COMPLEMENT", "PRIME") or before in CLOSING)

    def rebuilt(self) -> list[Lexeme]:
        """All lexemes, merged ones once, with the M_OPENs in their places."""
        result: list[Lexeme] = []
        index = 0
        while index < len(self.lexemes):
            if index in self.opens:
                result.append(self.opens[index])
            whole, end = self.merged.get(index, (self.lexemes[index], index + 1))
            result.append(whole)
            index = end
        return result
