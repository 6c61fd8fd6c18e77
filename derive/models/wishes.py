"""What premises say of letters, read off their shape: only to find models faster."""

from __future__ import annotations

from derive.kernel.term import App, Bound, Lam, Meta, Num, Term

Wishes = dict[str, set[str]]


def letters_in(term: Term) -> frozenset[str]:
    """The names of the rule letters of a term."""
    if isinstance(term, Meta):
        return frozenset((term.name,))
    if isinstance(term, Lam):
        return letters_in(term.body)
    if isinstance(term, App):
        return frozenset().union(*map(letters_in, term.args))
    return frozenset()


def core(premise: Term) -> Term:
    """A premise without its quantifiers, `almost everywhere` and guards."""
    while True:
        match premise:
            case App(head="all", args=(Lam(body=body),)) | App(head="ae", args=(_, Lam(body=body))):
                premise = body
            case App(head="imp", args=(_, body)):
                premise = body
            case _:
                return premise


def head_letter(term: Term) -> str | None:
    """The letter that is applied to variables in a term, if it has that form."""
    while isinstance(term, App) and term.head == "app" and isinstance(term.args[1], Bound):
        term = term.args[0]
    return term.name if isinstance(term, Meta) else None


def wishes_of(premises: tuple[Term, ...]) -> Wishes:
    """For each letter, what is asked of it."""
    found: Wishes = {}

    def wish(term: Term, word: str) -> None:
        name = head_letter(term)
        if name is not None:
            found.setdefault(name, set()).add(word)

    for premise in premises:
        match core(premise):
            case App(head="fin", args=(term,)):
                wish(term, "finite")
            case App(head="le", args=(Num(value=low), term)) if low >= 0:
                wish(term, "nonnegative")
            case App(head="not", args=(App(head="le", args=(term, Num(value=low))),)) if low == 0:
                wish(term, "nonnegative")
            case App(head="measurable" | "mset", args=(term,)):
                wish(term, "measurable")
            case App(head="integrable" | "has_integral", args=(_, term)):
                wish(term, "measurable")
                wish(term, "integrable")
            case App(head="probability" | "finite_measure" | "sigma_finite" as word, args=(term,)):
                wish(term, word)
    return found
