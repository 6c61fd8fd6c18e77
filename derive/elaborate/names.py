"""Names for bound variables in printed text, never one that already means something."""

from __future__ import annotations

from derive.elaborate.scope import CONSTANTS, OPERATORS
from derive.kernel.sort import Sort

BY_SORT: dict[str, tuple[str, ...]] = {
    "nat": ("n", "i", "j", "k", "m"),
    "num": ("x", "y", "t", "s", "u", "v", "z"),
    "Ω": ("ω", "ω'"),
}
POINTS = ("x", "y", "z", "w", "u", "v")
FORBIDDEN = CONSTANTS | OPERATORS | {"d"}


def pick(sort: Sort, taken: set[str]) -> str:
    """A name for a variable over `sort` that is not taken."""
    choices = BY_SORT.get(sort, POINTS) if isinstance(sort, str) else ("z", "w", "u", "v")
    for name in choices:
        if name not in taken and name not in FORBIDDEN:
            return name
    number = 1
    while f"{choices[0]}{number}" in taken:
        number += 1
    return f"{choices[0]}{number}"


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(value: int) -> str:
    """A natural exponent as raised digits."""
    return str(value).translate(SUPERSCRIPT)
