"""Rules in core text.

A rule is `(axiom NAME KIND (metas (f SORT) …) (given P …) (show C))`. Its premises are the givens
and what gives them a value; it proves C and what gives C a value (rulings S2). It speaks of no
particular space: every sort in it is built of num, nat, prop and space variables.
"""

from hashlib import blake2b

from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.sort import PROP, Sort, is_variable, leaves, show_sort
from derive.kernel.symbol import read_all
from derive.kernel.term import mk_meta
from derive.kernel.text import DEFINITIONS, read_letters, read_term, subterms, term_text, unfolded
from derive.kernel.value import obligations, obligations_of_all


class Rule:
    """A named fact: metas, hypotheses, premises, and the statements it proves, its own first."""

    def __init__(self, name: str, kind: str, metas: dict[str, Sort], *facts: tuple) -> None:
        """`facts`: hypotheses, premises, conclusions; refuses a rule about a particular space."""
        self.name, self.kind, self.metas, self.hypotheses = name, kind, metas, facts[0]
        self.premises, self.conclusions = (tuple(dict.fromkeys(part)) for part in facts[1:])
        self.axioms, self.tags = frozenset((name,)), frozenset()
        parts = subterms(*self.premises, *self.conclusions)
        self.spaces = set().union(*map(leaves, metas.values()), *(leaves(p.sort) for p in parts))
        require(all(map(is_variable, self.spaces)), Reason.BAD_SORT, name)
        letters = [f"{letter}:{show_sort(sort)}" for letter, sort in sorted(metas.items())]
        proves = ["|-", term_text(self.conclusions[0])]
        text = "\n".join([name, *letters, "|", *map(term_text, self.premises), *proves])
        self.hash = blake2b(text.encode(), digest_size=8).hexdigest()


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
            given, show = tuple(terms[:-1]), terms[-1]
            premises, conclusions = given + obligations_of_all(given), (show, *obligations(show))
            return Rule(name, kind, letters, given, premises, conclusions)
    raise Rejected(Reason.BAD_TEXT, form[:2])


def read_rules(text: str) -> dict[str, Rule]:
    """Every rule of a core file by name; refuses duplicates."""
    rules = list(map(read_rule, read_all(text)))
    table = {rule.name: rule for rule in rules}
    require(len(table) == len(rules), Reason.DUPLICATE, "two rules of one name")
    return table


__all__ = ["DEFINITIONS", "Rule", "read_rules", "read_term", "rule_text", "term_text", "unfolded"]
