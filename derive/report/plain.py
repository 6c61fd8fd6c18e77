"""Text for terminals that cannot show all of Unicode: `≤` becomes `<=`, `∫` becomes `\\int`.

Where there is one, the replacement is a spelling that the language itself reads.
"""

from __future__ import annotations

import codecs
import unicodedata

SPELLINGS = {
    "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "⟹": "=>", "⟺": "<=>", "↦": "|->", "≪": "<<",
    "·": "*", "−": "-", "…": "...", "—": "--", "–": "-", "“": '"', "”": '"', "‘": "'", "’": "'",
    "∪": "\\cup", "∩": "\\cap", "∖": "\\setminus", "∆": "\\triangle", "×": "\\times",
    "ᶜ": "^c", "⊆": "\\subseteq", "∈": "\\in", "∉": "\\notin", "∅": "\\emptyset", "⋃": "\\bigcup",
    "⋂": "\\bigcap", "∫": "\\int", "∑": "\\sum", "∏": "\\prod", "√": "sqrt", "∞": "\\infty",
    "∂": "\\partial", "∘": "\\circ", "⊗": "\\otimes", "⫫": "\\perp", "‖": "\\Vert", "⁻": "^-",
    "∀": "for all ", "¬": "not ", "∧": " and ", "ℝ": "\\R", "ℕ": "\\N", "𝟙": "1", "∎": "qed",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon",
    "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "ι": "\\iota", "κ": "\\kappa", "λ": "\\lambda",
    "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma",
    "τ": "\\tau", "φ": "\\varphi", "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma",
    "Δ": "\\Delta", "Θ": "\\Theta", "Λ": "\\Lambda", "Ξ": "\\Xi", "Π": "\\Pi", "Σ": "\\Sigma",
    "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega",
}  # fmt: skip
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def spelling(character: str) -> str:
    """One character in ASCII: its spelling, its plain form, or `?`."""
    if character in SPELLINGS:
        return SPELLINGS[character]
    if character in SUPERSCRIPTS:
        return f"^{SUPERSCRIPTS.index(character)}"
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or "?"


def _word_boundary(text: str, following: str) -> str:
    """`text`, kept apart from a letter that follows a command."""
    apart = text.startswith("\\") and text[-1].isalpha() and following[:1].isalpha()
    return text + " " if apart else text


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    parts = [
        _word_boundary(spelling(error.object[i]), error.object[i + 1 : i + 2])
        for i in range(error.start, error.end)
    ]
    return "".join(parts), error.end


codecs.register_error("derive.plain", _replace)


def showable(text: str, encoding: str | None) -> str:
    """`text` with what `encoding` cannot show replaced; unchanged where it shows everything.

    >>> showable("μ(A) ≤ x²", "ascii")
    '\\\\mu(A) <= x^2'
    """
    name = encoding or "ascii"
    try:
        return text.encode(name, "derive.plain").decode(name)
    except LookupError:
        return text.encode("ascii", "derive.plain").decode("ascii")
