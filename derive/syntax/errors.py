"""What a syntax error means: the table of messages with malformed examples, and `explain`."""

from __future__ import annotations

from derive.syntax.diagnostic import nearest
from derive.syntax.lexer import ADJECTIVES, Lexeme

SYNTAX_ERRORS = {
    "the integral never meets its d…: ∫ f dμ": ["∫ f", "∫_0^1 x", "2 + ∫ f(x) g(x)", "(∫ f) dx"],
    "this d… closes no integral": ["f dμ", "E[X] dP", "κ(x)(dy)", "dμ"],
    "an operand is missing here": ["a + ", "f()", "a = ", "μ(A ∪ )", "a + · b", "= b", "∫ dx +"],
    "this does not continue what stands before it": ["a = b ↦ c", "a , b", "a := b"],
    "a big operator needs its index: ∑_n, ∑_{n=1}^N": ["∑ a", "⋃ A"],
    "this index of ∑ cannot be read": ["∑_{n→∞} a", "∑_{n=1} a", "∑_1 a"],
    "this index of lim cannot be read": ["lim_{n=1} a", "lim_{x→0} f(x)"],
    "two exponents in a row: write a^{b^c} or (a^b)^c": ["10^10^10", "x²^2"],
    "write √(…) to say how far the root reaches": ["√x²", "√f(x)^2"],
    "a set is written {x ∈ D | condition}, with one name x and its domain D": ["{x | x > 0}"],
    "before ↦ stand different names": ["(x, x) ↦ x", "(x, 1) ↦ x"],
    "this bar is never closed": ["|x", "(|x)", "E[|X]"],
    "“(” is never closed": ["f(x", "((a)"],
    "“)” closes nothing": ["a)", "a ) b"],
    "“{” is closed by “)”": ["{a)"],
    "“-a.e.” needs a measure right before it, without a space": ["f = g μ -a.e.", "-a.e."],
    "“(” needs a measure right before it, without a space": ["∫ f μ (dx)", "∫ f (dx)"],
    "unknown command \\intt": ["\\intt f dx"],
    "the character “@” has no meaning here": ["a @ b"],
    "nothing to read here": ["", "   "],
}
"""Message to malformed examples; a test reads every example and compares the message."""

_STARTS_OPERAND = frozenset(["NAME", "NUMBER", "LPAR"])
_SHOWN = {
    "RPAR": ")", "RBRACK": "]", "RBRACE": "}", "COMMA": ",", "REL": "a relation (=, ≤, …)",
    "BAR_CLOSE": "|", "D_NAME": "d…", "SUB": "_", "BOUND_END": ",", "ADJECTIVE": "an adjective",
}  # fmt: skip


def explain(here: Lexeme | None, accepted: set[str], lexemes: list[Lexeme]) -> tuple[str, str, str]:
    """Message, expected and nearest for a refused lexeme (None: the end of the text)."""
    kind = here.type if here is not None else "$END"
    expected = ", ".join(_SHOWN[name] for name in _SHOWN if name in accepted)
    near = ""
    if here is not None and kind == "NAME":
        near = nearest(here.value, ADJECTIVES) if len(here.value) > 3 else ""
    ends = kind in ("$END", "RPAR", "RBRACK", "COMMA", "REL", "EL", "ARROW", "AS")
    if ends and "D_NAME" in accepted and "∫" in {lexeme.value for lexeme in lexemes}:
        return "the integral never meets its d…: ∫ f dμ", "d…", near
    if kind in ("D_NAME", "D_OPEN", "D_DUMMY") or (kind == "M_OPEN" and _dummy(here, lexemes)):
        return "this d… closes no integral", "∫ before it", near
    if accepted and accepted <= {"SUB", "SUP"}:
        return "a big operator needs its index: ∑_n, ∑_{n=1}^N", "_n", near
    if _needs_operand(accepted):
        return "an operand is missing here", "an expression", near
    return "this does not continue what stands before it", expected, near


def _needs_operand(accepted: set[str]) -> bool:
    """Whether only an operand may come."""
    return bool(accepted & _STARTS_OPERAND) and not accepted & {"PLUS", "CUP"}


def _dummy(opener: Lexeme | None, lexemes: list[Lexeme]) -> bool:
    """Whether the measure that opens here is that of a `(dx)`."""
    after = lexemes[next(k for k, lexeme in enumerate(lexemes) if lexeme is opener) :]
    return next((lex.type for lex in after if lex.type in _AFTER_MEASURE), "") == "D_DUMMY"


_AFTER_MEASURE = ("D_DUMMY", "AE", "MEASURABLE")
