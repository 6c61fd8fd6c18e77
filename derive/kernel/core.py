"""Rules in core text.

A rule is `(axiom NAME KIND (metas (f SORT) …) (given P …) (show C))`. Its premises are the givens
and what gives them a value; it proves C and what gives C a value (rulings S2). It speaks of no
particular space: every sort in it is built of num, nat, prop and space variables.
"""

from hashlib import blake2b

from derive.kernel.refusal import Reason, require
from derive.kernel.sort import PROP, Sort, is_variable, leaves, show_sort
from derive.kernel.symbol import read_all
from derive.kernel.term import Term, closed_prop, mk_meta, subterms
from derive.kernel.text import DEFINITIONS, Definition, read_letters, read_term, term_text, unfolded
from derive.kernel.value import obligations, obligations_of_all


class Rule:
    """A named fact: metas, premises, and the statements it proves (`conclusions[0]` is its own)."""

    def __init__(
        self, name: str, kind: str, metas: dict[str, Sort], hypotheses: tuple[Term, ...],
        premises: tuple[Term, ...], conclusions: tuple[Term, ...],
    ) -> None:  # fmt: skip
        self.name, self.kind, self.metas, self.hypotheses = name, kind, metas, hypotheses
        self.premises = tuple(dict.fromkeys(premises))
        self.conclusions = tuple(dict.fromkeys(conclusions))
        self.axioms, self.tags = frozenset((name,)), frozenset()
        parts = subterms(*self.premises, *self.conclusions)
        self.spaces = set().union(*map(leaves, metas.values()), *(leaves(p.sort) for p in parts))
        require(all(map(is_variable, self.spaces)), Reason.BAD_SORT, name)
        letters = [f"{letter}:{show_sort(sort)}" for letter, sort in sorted(metas.items())]
        lines = [
            name,
            *letters,
            "|",
            *map(term_text, self.premises),
            "|-",
            term_text(conclusions[0]),
        ]
        self.hash = blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()


def rule_text(rule: Rule) -> str:
    """The core text of a rule, three or more lines."""
    metas = " ".join(f"({name} {show_sort(sort)})" for name, sort in rule.metas.items())
    given = "".join(f"\n    {term_text(h)}" for h in rule.hypotheses)
    head, show = f"(axiom {rule.name} {rule.kind}", term_text(rule.conclusions[0])
    return f"{head}\n  (metas {metas})\n  (given{given})\n  (show {show}))\n".replace("?", "")


def read_rule(form: list) -> Rule:
    """One `(axiom …)` form; its letters become metavariables."""
    match form:
        case ["axiom", str(name), str(kind), ["metas", *metas], ["given", *given], ["show", show]]:
            letters = read_letters(metas)
            names = {letter: mk_meta(letter, sort) for letter, sort in letters.items()}
            terms = [read_term(part, names) for part in [*given, show]]
            require(all(t.sort == PROP and not t.loose for t in terms), Reason.NOT_CLOSED, name)
            *hypotheses, conclusion = terms
            premises = (*hypotheses, *obligations_of_all(hypotheses))
            conclusions = (conclusion, *obligations(conclusion))
            return Rule(name, kind, letters, tuple(hypotheses), premises, conclusions)
    require(False, Reason.BAD_TEXT, form[:2])


def read_rules(text: str) -> dict[str, Rule]:
    """Every rule of a core file by name; refuses duplicates."""
    rules = list(map(read_rule, read_all(text)))
    table = {rule.name: rule for rule in rules}
    require(len(table) == len(rules), Reason.DUPLICATE, "two rules of one name")
    return table


__all__ = ["DEFINITIONS", "Definition", "Rule", "closed_prop", "read_rule", "read_rules"]
__all__ += ["read_term", "rule_text", "term_text", "unfolded"]
