"""What the words after `by` mean: rules, families, definitions, labels, earlier theorems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from derive.kernel.sort import match_sort
from derive.kernel.term import Num, Term
from derive.search.book import clauses_of_fact
from derive.search.clause import Clause
from derive.search.context import Context
from derive.search.proof import Proof
from derive.search.toolkit import Toolkit
from derive.search.unfolding import mentions, plain_clause

if TYPE_CHECKING:
    from derive.search.library import Library

FAMILIES = frozenset(
    ("linearity", "monotonicity", "algebra", "set_algebra", "assumption", "calculus")
)
DEFINITION_NAMES = {
    "expectation": ("E",),
    "variance": ("Var",),
    "covariance": ("Cov",),
    "conditional_probability": ("condp",),
    "law": ("law",),
}


def reserved(name: str, library: Library) -> str | None:
    """Why a name cannot be that of a definition, if reasons use it for something else."""
    if name in FAMILIES:
        return f"{name} names a family of rules and cannot be the name of an item"
    if name in DEFINITION_NAMES or library.has_name(name) or library.is_known_fact(name):
        return f"{name} is the name of a rule"
    return None


class UnknownName(Exception):
    """A name after `by` that nothing has."""


@dataclass
class Names:
    """Everything that a reason of an item may name."""

    library: object
    labels: dict[str, list[Proof]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)
    definitions: dict[str, str] = field(default_factory=dict)
    unproved: frozenset[str] = frozenset()

    def known(self) -> list[str]:
        """Every name, for suggestions."""
        return sorted(
            {
                *FAMILIES,
                *DEFINITION_NAMES,
                *self.definitions,
                *self.labels,
                *self.library.names(),
            }
            - self.forbidden
        )


@dataclass
class Resolved:
    """A reason's toolkit, and the names that are known facts but not rules yet, or not usable."""

    toolkit: Toolkit
    later: list[str]
    unusable: list[str]
    count: int
    strange: list[str] = field(default_factory=list)


def _fits(clause: Clause, name: str, value: Term) -> bool:
    """Whether a rule has a letter of this name that the value can stand for."""
    if name not in clause.metas:
        return False
    sort = clause.metas[name]
    natural = sort == "nat" and isinstance(value, Num) and value.value.denominator == 1
    return natural or match_sort(sort, value.sort, {})


def resolve(
    words: list[str], instances: dict[str, Term], names: Names, context: Context
) -> Resolved:
    """The toolkit of a reason; raises `UnknownName`."""
    clauses: list[Clause] = []
    families: set[str] = set()
    unfold: set[str] = set()
    later: list[str] = []
    unusable: list[str] = []
    for word in words:
        if word in names.labels:
            clauses += [c for fact in names.labels[word] for c in clauses_of_fact(fact, word)]
        elif word in names.failed:
            unusable.append(word)
        elif word in FAMILIES:
            families.add(word)
        elif word in DEFINITION_NAMES:
            unfold.update(DEFINITION_NAMES[word])
            clauses += [
                c
                for rule in names.library.rules_named(word)
                if rule.name not in names.forbidden
                for c in names.library.clauses[rule.name]
            ]
        elif word in names.definitions:
            unfold.add(names.definitions[word])
        else:
            found = names.library.rules_named(word)
            usable = [r for r in found if r.name not in names.forbidden]
            if usable:
                clauses += [c for r in usable for c in names.library.clauses[r.name]]
            elif found or word in names.forbidden:
                unusable.append(word)
            elif names.library.is_known_fact(word):
                later.append(word)
            else:
                raise UnknownName(word)
    if "assumption" in families:
        clauses += list(context.all_clauses())
    if "algebra" in families:
        clauses += names.library.algebra
    heads = frozenset(unfold)
    if heads:
        clauses += [plain_clause(c, heads) for c in clauses if mentions(c.conclusion, heads)]
    strange = [n for n, value in instances.items() if not any(_fits(c, n, value) for c in clauses)]
    toolkit = Toolkit(clauses, frozenset(families), heads, instances)
    return Resolved(toolkit, later, unusable, len(words), strange)
