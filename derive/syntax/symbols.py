"""The alias tables: LaTeX commands, ASCII spellings and look-alike characters to canonical Unicode.

`fold` rewrites a source text and remembers, for every character it produced, where it came from;
so everything after it sees one spelling only, and a message still points at what was typed.
"""

from __future__ import annotations

CHARACTERS = {
    "µ": "μ", "\u2126": "Ω", "\u2223": "|", "\u2758": "|", "′": "'", "’": "'", "″": "''",
    "−": "-", "–": "-", "⋅": "·", "∙": "·", "•": "·", "∗": "·", "∼": "~", "⟶": "→", "⇒": "⟹",
    "⇔": "⟺", "∥": "‖", "⧵": "∖", "△": "∆", "⊖": "∆", "𝔼": "E", "ℙ": "P", "ϵ": "ε", "ϕ": "φ",
    "ϑ": "θ", "𝟏": "𝟙", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "⨯": "×", "≔": ":=", "⟼": "↦",
    "⊥": "⫫", "∊": "∈", "∀": "for all ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ",
    "\u200b": "", "\u2062": " ",
}  # fmt: skip

ASCII = {
    "<=>": "⟺", "|->": "↦", "<->": "⟺", "=>": "⟹", "->": "→", "<=": "≤", ">=": "≥",
    "!=": "≠", "<<": "≪", "*": "·",
}  # fmt: skip

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ", "varsigma": "ς", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "varepsilon": "ε",
    "vartheta": "θ", "varphi": "φ", "varrho": "ρ", "varpi": "π", "ell": "ℓ",
}  # fmt: skip
GREEK |= {
    name.capitalize(): letter.upper()
    for name, letter in GREEK.items()
    if not name.startswith("var") and name != "ell"
}

LETTERS = GREEK | {"infty": "∞", "emptyset": "∅", "varnothing": "∅", "Omega": "Ω"}

COMMANDS = {
    "int": "∫", "sum": "∑", "prod": "∏", "bigcup": "⋃", "bigcap": "⋂", "partial": "∂",
    "cup": "∪", "cap": "∩", "setminus": "∖", "smallsetminus": "∖", "backslash": "∖",
    "triangle": "∆", "bigtriangleup": "∆", "ominus": "∆", "times": "×", "otimes": "⊗",
    "bigotimes": "⊗", "cdot": "·", "ast": "·", "circ": "∘", "mapsto": "↦", "complement": "ᶜ",
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "lt": "<",
    "gt": ">", "ne": "≠", "neq": "≠", "subseteq": "⊆", "in": "∈", "notin": "∉", "ll": "≪",
    "perp": "⫫", "indep": "⫫", "Perp": "⫫", "sim": "~", "to": "→", "rightarrow": "→",
    "longrightarrow": "→", "implies": "⟹", "Rightarrow": "⟹", "Longrightarrow": "⟹",
    "iff": "⟺", "Leftrightarrow": "⟺", "Longleftrightarrow": "⟺",
    "forall": "for all ", "land": " and ",
    "wedge": " and ", "mid": " | ", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖",
    "parallel": "‖", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "prime": "'",
    "colon": ":", "coloneqq": ":=", "quad": " ", "qquad": " ", "displaystyle": "", "limits": "",
    "left": "", "right": "", "middle": "", "big": "", "Big": "", "bigg": "", "Bigg": "",
    "bigl": "", "bigr": "", "Bigl": "", "Bigr": "", "biggl": "", "biggr": "", "Pr": "P",
    "upmu": "μ", "nolimits": "", "ldots": "…", "dots": "…", "cdots": "…",
}  # fmt: skip
"""Commands that stand for a symbol or for nothing."""

WORDS = frozenset([
    "lim", "sup", "inf", "limsup", "liminf", "max", "min", "log", "ln", "exp", "sin", "cos",
    "tan", "arctan", "arcsin", "arccos", "sqrt", "det",
])  # fmt: skip
"""Commands that stand for the word they spell (`sqrt` only without braces)."""

PUNCTUATION = {
    ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "{": "{", "}": "}", "|": "‖", "&": "",
    "(": "", ")": "", "[": "", "]": "", "\\": " ", "#": "#", "%": "%", "_": "_",
}  # fmt: skip
"""What a backslash before a single character stands for."""

PLAIN_FONTS = frozenset([
    "mathrm", "mathit", "mathsf", "mathbf", "operatorname", "text", "textrm", "textit",
    "boldsymbol", "bm", "mathop",
])  # fmt: skip
SCRIPT_FONTS = frozenset(["mathcal", "mathscr"])
DOUBLE_FONTS = frozenset(["mathbb", "mathds", "Bbb"])

SCRIPT = {chr(65 + k): chr(0x1D49C + k) for k in range(26)}
SCRIPT |= {chr(97 + k): chr(0x1D4B6 + k) for k in range(26)}
SCRIPT |= dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))
DOUBLE = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "E", "P": "P", "1": "𝟙"}

SUPERSCRIPTS = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
    "⁻": "-", "ⁿ": "n", "ⁱ": "i", "ᵏ": "k", "ᵐ": "m", "ᵖ": "p", "ˣ": "x", "ᵗ": "t",
}  # fmt: skip
SUBSCRIPTS = {
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    "ₙ": "n", "ᵢ": "i", "ⱼ": "j", "ₖ": "k", "ₘ": "m", "ₓ": "x", "ₜ": "t",
}  # fmt: skip


def all_commands() -> list[str]:
    """Every LaTeX command that is read, for the nearest-name hint."""
    fonts = PLAIN_FONTS | SCRIPT_FONTS | DOUBLE_FONTS | {"frac", "dfrac", "tfrac", "sqrt"}
    return sorted(set(LETTERS) | set(COMMANDS) | WORDS | fonts)
