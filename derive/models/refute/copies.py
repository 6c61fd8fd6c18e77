"""Independent sequences in a finite model: the first terms, the others being independent copies.

No finite space carries infinitely many independent terms that are not constant. But a model with
independent X_1, …, X_k extends to a larger space, a product with further copies of X_1; whatever
speaks of measures, integrals and sets of the small space keeps its value there. So a given that
says something of every X_n alone holds for all n if it holds for n ≤ k, and a goal that reads no
term beyond X_k has the value that it has in the small model. Givens and goals of other shapes,
and symbols that count points, are not taken: then the sequence is drawn as any other.
"""

from __future__ import annotations

from derive.kernel.sort import NAT, NUM, Sort
from derive.kernel.term import App, Bound, Lam, Meta, Term, instantiate, mk, mk_nat
from derive.models.outcome import Undecided
from derive.models.spaces import Table, Value
from derive.models.wishes import letters_in

POINTWISE = frozenset(("count", "dirac", "injective", "countable", "finite_set", "mpow", "finv"))


class Copies:
    """The first terms of a sequence whose others are independent copies."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Table, ...]) -> None:
        self.terms = terms

    def __call__(self, index: int) -> Value:
        if not 1 <= index <= len(self.terms):
            raise Undecided("a term beyond those of the model")
        return self.terms[index - 1]


def sequences(
    premises: tuple[Term, ...], others: tuple[Term, ...], sorts: dict[str, Sort]
) -> frozenset[str]:
    """The letters that may stand for the first terms of an independent sequence."""
    found = {}
    for premise in premises:
        match premise:
            case App(head="iindep", args=(Meta(name=measure), Meta(name=name))):
                found[name] = measure
    if len(found) != 1:
        return frozenset()
    ((name, measure),) = found.items()
    space = sorts[measure][1]
    if not isinstance(space, str) or space in sorts.values():
        return frozenset()
    if any(_counts_points(t, space) for t in (*premises, *others)):
        return frozenset()
    apt = all(_apt(p, name, measure, sorts, space) for p in premises if name in letters_in(p))
    return frozenset((name,)) if apt else frozenset()


def _counts_points(term: Term, space: Sort) -> bool:
    if isinstance(term, Lam):
        return _counts_points(term.body, space)
    if not isinstance(term, App):
        return False
    points = term.head == "eq" and term.args[0].sort == space
    points = points or (term.head in ("sum", "prodn") and term.args[0].sort[1] == space)
    return points or term.head in POINTWISE or any(_counts_points(a, space) for a in term.args)


def _apt(premise: Term, name: str, measure: str, sorts: dict[str, Sort], space: Sort) -> bool:
    """Whether a given holds of every term if it holds of the first ones."""
    match premise:
        case App(head="iindep" | "pindep", args=(Meta(name=m), Meta(name=n))):
            return (m, n) == (measure, name)
    indices, body = 0, premise
    while True:
        match body:
            case App(head="all", args=(Lam(domain="nat", body=body),)):
                indices += 1
            case App(head="imp", args=(_, body)) if indices:
                pass
            case _:
                break
    if indices == 2 and _same_law(body, name, measure):
        return True
    read = _read(body, name, 0)
    if read is None or len(read) > 1:
        return False
    if indices == 0:
        return True
    rest = letters_in(premise) - {name, measure}
    return all(sorts[k] in (NUM, NAT) for k in rest)


def _same_law(body: Term, name: str, measure: str) -> bool:
    match body:
        case App(head="eq", args=(App(head="law", args=(m, a)), App(head="law", args=(k, b)))):
            terms = [
                isinstance(x, App)
                and x.head == "app"
                and isinstance(x.args[0], Meta)
                and x.args[0].name == name
                and isinstance(x.args[1], Bound)
                for x in (a, b)
            ]
            return m is k and isinstance(m, Meta) and m.name == measure and all(terms)
    return False


def _read(term: Term, name: str, depth: int) -> set[int] | None:
    """The indices (-1: a literal or letter) at which a sequence is read; None if otherwise used."""
    if isinstance(term, Lam):
        return None if term.domain == NAT else _read(term.body, name, depth + 1)
    if isinstance(term, Meta):
        return None if term.name == name else set()
    found: set[int] = set()
    if isinstance(term, App):
        function = term.args[0] if term.head == "app" else None
        if isinstance(function, Meta) and function.name == name:
            index = term.args[1]
            if isinstance(index, App):
                return None
            return {index.index - depth if isinstance(index, Bound) else -1}
        for part in term.args:
            inside = _read(part, name, depth)
            if inside is None:
                return None
            found |= inside
    return found


def first_terms(premise: Term, names: frozenset[str]) -> Term:
    """What a given says of the first terms."""
    if not names & letters_in(premise):
        return premise
    match premise:
        case App(head="iindep" | "pindep", args=(measure, sequence)):
            one, two = (mk("app", sequence, mk_nat(k)) for k in (1, 2))
            return mk("indep", measure, one, two)
        case App(head="all", args=(Lam(domain="nat", body=body),)):
            parts = [first_terms(instantiate(body, mk_nat(k)), names) for k in (1, 2)]
            return mk("and", *parts)
        case App(head="imp", args=(guard, body)):
            return mk("imp", guard, first_terms(body, names))
    return premise
