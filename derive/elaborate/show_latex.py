"""Terms as LaTeX: the text of `show`, symbol by symbol."""

from __future__ import annotations

import re

from derive.elaborate.scope import Scope
from derive.elaborate.show import show
from derive.kernel.term import Term

COMMANDS = {
    "∫": r"\int", "∑": r"\sum", "∏": r"\prod", "⋃": r"\bigcup", "⋂": r"\bigcap", "∪": r"\cup",
    "∩": r"\cap", "∖": r"\setminus", "∆": r"\triangle", "×": r"\times", "⊗": r"\otimes",
    "·": r"\cdot", "∘": r"\circ", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "⊆": r"\subseteq",
    "∈": r"\in", "∉": r"\notin", "≪": r"\ll", "⫫": r"\perp", "→": r"\to", "⟺": r"\iff",
    "⟹": r"\implies", "↦": r"\mapsto", "∞": r"\infty", "∅": r"\emptyset", "∂": r"\partial",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "‖": r"\parallel", "∃": r"\exists", "ᶜ": "^{c}",
    "~": r"\sim", "{": r"\{", "}": r"\}", "ℱ": r"\mathcal{F}", "ℋ": r"\mathcal{H}",
    "ℬ": r"\mathcal{B}", "ℓ": r"\ell",
}  # fmt: skip
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        [
            *[
                "alpha",
                "beta",
                "gamma",
                "delta",
                "varepsilon",
                "zeta",
                "eta",
                "theta",
                "iota",
                "kappa",
                "lambda",
                "mu",
                "nu",
            ],
            *["xi", "pi", "rho", "sigma", "tau", "upsilon", "varphi", "chi", "psi", "omega"],
            *["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"],
        ],
        strict=True,
    )
)
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
WORDS = re.compile(r"(?<![\\\w])([A-Za-z]{2,}(?:[ -][a-z]{2,})*)")
NAMED = frozenset(
    [
        "log",
        "exp",
        "sin",
        "cos",
        "tan",
        "arctan",
        "min",
        "max",
        "sup",
        "inf",
        "lim",
        "limsup",
        "liminf",
    ]
)
DERIVATIVE = re.compile(r"(?<!\w)d([^\W\d_]'?)/d([^\W\d_]'?)")
FOR_ALL = re.compile(r"(?<!\w)for all ")


def show_latex(term: Term, scope: Scope | None = None) -> str:
    """`term` in LaTeX, for mathematics mode."""
    defined = scope.notations.meanings if scope is not None else {}
    return latex_of(show(term, scope), frozenset(defined))


def latex_of(text: str, defined: frozenset[str] = frozenset()) -> str:
    """Text of the language in LaTeX; `defined` are the words that stand for definitions."""
    text = DERIVATIVE.sub(r"«d\1÷d\2»", FOR_ALL.sub("∀", text))
    groups = _script_braces(text)
    parts = [_symbol(character, k in groups) for k, character in enumerate(text)]
    joined = RAISED.sub(lambda m: "^{" + m.group().translate(DIGITS) + "}", "".join(parts))
    joined = _roots(WORDS.sub(lambda m: _word(m, defined), joined))
    joined = joined.replace(" a.s.", r" \text{ a.s.}").replace("-a.e.", r"\text{-a.e.}")
    return re.sub(r" +", " ", joined).strip()


def _script_braces(text: str) -> set[int]:
    """The places of braces that only group a subscript or superscript."""
    found: set[int] = set()
    stack: list[tuple[int, bool]] = []
    for k, character in enumerate(text):
        if character == "{":
            stack.append((k, k > 0 and text[k - 1] in "_^"))
        elif character == "}" and stack:
            start, script = stack.pop()
            if script:
                found |= {start, k}
    return found


def _symbol(character: str, grouping: bool) -> str:
    if grouping:
        return character
    if character in COMMANDS:
        command = COMMANDS[character]
        return command + " " if command[-1].isalpha() else command
    if character in GREEK:
        return f"\\{GREEK[character]} "
    special = {"«": r"\frac{", "÷": "}{", "»": "}", "∀": r"\forall "}
    if character in special:
        return special[character]
    if "𝒜" <= character <= "𝓏":
        return r"\mathcal{" + _plain(character) + "}"
    return character


def _plain(character: str) -> str:
    offset = ord(character) - ord("𝒜")
    return chr(65 + offset) if offset < 26 else chr(97 + offset - 26)


def _roots(text: str) -> str:
    """`√(…)` and `√x` with braces around what stands under the root."""
    while "√" in text:
        start = text.index("√")
        end, depth = start + 1, 0
        while end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
            if depth == 0 and (text[start + 1] == "(" or not text[end : end + 1].isalnum()):
                break
        under = text[start + 1 : end]
        under = under[1:-1] if under.startswith("(") else under
        text = text[:start] + r"\sqrt{" + under + "}" + text[end:]
    return text


def _word(match: re.Match[str], defined: frozenset[str]) -> str:
    word = match.group(1)
    if word in defined:
        return rf"\operatorname{{{word}}}"
    if word in NAMED:
        return f"\\{word} "
    if word[0].isupper() and " " not in word and "-" not in word:
        return rf"\operatorname{{{word}}}"
    if re.fullmatch(r"d[A-Za-z]", word):
        return word
    return rf"\text{{ {word} }}"
