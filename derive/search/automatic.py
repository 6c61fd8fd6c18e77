"""The clauses of a rule that backward chaining uses without being told to."""

from __future__ import annotations

from derive.kernel.core import Rule
from derive.kernel.term import App, Term
from derive.search.book import clauses_of_rule
from derive.search.clause import Clause, claim_of
from derive.search.structure import Structure

SIDE_HEADS = frozenset(("eq", "ex"))
VALUE_HEADS = frozenset(("has_limit", "has_sum"))


def chaining_clauses(rule: Rule, structure: Structure) -> list[Clause]:
    """What a rule gives to backward chaining: an equation, that its limits and series exist."""
    if equates_almost(rule.conclusions[0]):
        return []
    main, *others = clauses_of_rule(rule)
    rest = [c for c in others if c.key not in ("ac", "sigma_finite")]
    clauses = [c for c in (main, *rest) if c.key not in SIDE_HEADS and not _bare(c)]
    if structure.automatic(rule):
        return clauses
    return [c for c in clauses if c.key in VALUE_HEADS] if structure.equates(rule) else []


def equates_almost(claim: Term) -> bool:
    """Whether a rule says that two numbers are equal almost everywhere: it must be named."""
    inner = claim_of(claim, ("ae",))
    return claim is not inner and isinstance(inner, App) and inner.head == "eq"


def _bare(clause: Clause) -> bool:
    """A conclusion that is a lone letter would match everything."""
    return clause.conclusion.meta and (
        not isinstance(clause.conclusion, App) or clause.conclusion.head == "app"
    )
