"""Terms as unambiguous S-expressions: `(int μ (lam Ω (app X #0)))`."""

from __future__ import annotations

from derive.kernel.core import term_text
from derive.kernel.term import Term


def show_core(term: Term) -> str:
    """Core text: `#i` is a bound variable, `?x` a metavariable, `(nat 2)` a natural literal."""
    return term_text(term)
