"""Rules as text: axioms as the kernel reads them, and the statements of theorems, for search.

`(theorem NAME (metas (f SORT) …) (premises P …) (conclusions C …))`, one form each. Nothing here is
trusted: a certificate names a rule with its hash, and the kernel compares that with what it proved.
"""

from __future__ import annotations

from derive.kernel.core import Rule
from derive.kernel.sort import show_sort
from derive.kernel.symbol import read_all
from derive.kernel.text import read_letters, read_pattern, term_text


def statement_text(rule: Rule) -> str:
    """One form."""
    metas = " ".join(f"({name} {show_sort(sort)})" for name, sort in rule.metas.items())
    premises = "".join(f"\n    {term_text(p)}" for p in rule.premises)
    conclusions = "".join(f"\n    {term_text(c)}" for c in rule.conclusions)
    text = (
        f"(theorem {rule.name}\n  (metas {metas})\n"
        f"  (premises{premises})\n  (conclusions{conclusions}))\n"
    )
    return text.replace("?", "")


def rule_text(rule: Rule) -> str:
    """The core text of an axiom, three or more lines."""
    metas = " ".join(f"({name} {show_sort(sort)})" for name, sort in rule.metas.items())
    given = "".join(f"\n    {term_text(h)}" for h in rule.hypotheses)
    head, show = f"(axiom {rule.name} {rule.kind}", term_text(rule.conclusions[0])
    return f"{head}\n  (metas {metas})\n  (given{given})\n  (show {show}))\n".replace("?", "")


def read_statements(text: str) -> list[Rule]:
    """Every theorem of such a text."""
    return [_read(form) for form in read_all(text)]


def _read(form: list) -> Rule:
    _, name, metas, premises, conclusions = form
    letters = read_letters(metas[1:])
    needed = read_pattern(letters, *premises[1:])
    proved = read_pattern(letters, *conclusions[1:])
    return Rule(name, "theorem", letters, needed, needed, proved)
