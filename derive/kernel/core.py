"""Rules in core text.

A rule is `(axiom NAME KIND (metas (f SORT) …) (given P …) (show C))`. Its premises are the givens
and what gives them a value; it proves C and what gives C a value (rulings S2). It speaks of no
particular space: every sort in it is built of num, nat, prop and space variables.
"""

from collections.abc import Sequence
from hashlib import blake2b

from derive.kernel import text
from derive.kernel.letter import generalise
from derive.kernel.refusal import Reason, Rejected, require
from derive.kernel.sort import PROP, Sort, leaves, replace_sort, show_sort
from derive.kernel.symbol import read_all
from derive.kernel.term import Term, mk_meta
from derive.kernel.text import DEFINITIONS, read_term, term_text, unfolded
from derive.kernel.value import obligations, obligations_of_all


class Rule:
    """A named fact: metas, hypotheses, premises, and the statements it proves, its own first."""

    def __init__(
        self, name: str, kind: str, metas: dict[str, Sort], *facts: Sequence[Term]
    ) -> None:
        """`facts`: hypotheses, premises, conclusions; refuses a rule about a particular space."""
        self.name, self.kind, self.metas, self.hypotheses = name, kind, metas, facts[0]
        self.premises, self.conclusions = (tuple(dict.fromkeys(part)) for part in facts[1:])
        self.axioms: frozenset[str] = frozenset((name,))
        self.tags: frozenset[str] = frozenset()
        found = text.space_variables(*self.premises, *self.conclusions)
        self.spaces = set(found).union(*map(leaves, metas.values()))
        require(all(space[0] == "'" for space in self.spaces), Reason.BAD_SORT, name)
        letters = [f"{letter}:{show_sort(sort)}" for letter, sort in sorted(metas.items())]
        proves = ["|-", term_text(self.conclusions[0])]
        lines = "\n".join([name, *letters, "|", *map(term_text, self.premises), *proves])
        self.hash = blake2b(lines.encode(), digest_size=8).hexdigest()


def lifted(*terms: Term) -> tuple[dict[str, Sort], list[Term]]:
    """Terms about all letters and spaces: Frees become Metas, base spaces space variables.

    Sound because names and base spaces are arbitrary: no axiom and no symbol speaks of a
    particular one. The sorts of the letters come first, by name.
    """
    spaces = text.space_variables(*terms)
    frees = sorted(frozenset().union(*[t.frees for t in terms]), key=lambda f: f.name)
    metas = {f: mk_meta(f.name, replace_sort(f.sort, spaces)) for f in frees}
    return {f.name: m.sort for f, m in metas.items()}, [generalise(t, metas, spaces) for t in terms]


def read_rule(form: list[object]) -> Rule:
    """One `(axiom …)` form; its letters become metavariables."""
    match form:
        case ["axiom", str(name), str(kind), ["metas", *metas], ["given", *given], ["show", show]]:
            letters = text.read_letters(metas)
            props = text.read_pattern(letters, *given, show)
            closed = all(p.sort == PROP and not p.loose for p in props)
            require(closed, Reason.NOT_CLOSED, name)
            givens, show = props[:-1], props[-1]
            premises, conclusions = givens + obligations_of_all(givens), (show, *obligations(show))
            return Rule(name, kind, letters, givens, premises, conclusions)
    raise Rejected(Reason.BAD_TEXT, form[:2])


def read_rules(source: str) -> dict[str, Rule]:
    """Every rule of a core file by name; refuses duplicates."""
    rules = list(map(read_rule, read_all(source)))
    table = {rule.name: rule for rule in rules}
    require(len(table) == len(rules), Reason.DUPLICATE, "two rules of one name")
    return table


__all__ = ["DEFINITIONS", "Rule", "read_rules", "read_term", "term_text", "unfolded"]
