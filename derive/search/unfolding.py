"""Replace defined symbols (E, Var, Cov, P(A | B)) by what they mean, with a proof."""

from __future__ import annotations

from collections.abc import Sequence

from derive.kernel.core import DEFINITIONS
from derive.kernel.letter import fill
from derive.kernel.sort import replace_sort
from derive.kernel.term import App, Lam, Term, abstract, instantiate, mk, mk_free, mk_lam
from derive.search.clause import Clause
from derive.search.equations import hole_for, inside, marked, replaced, transitive, transported
from derive.search.proof import Proof, gen, refl, spec, unfold

MAX_KNOWN = 100_000
_MEMO: dict[tuple, tuple] = {}


def expand(term: Term, heads: frozenset) -> tuple[Term, Proof]:
    """`(t', proof of t = t')` with every symbol of `heads` unfolded, also inside what they mean."""
    key = (term, heads)
    found = _MEMO.get(key)
    if found is None:
        current, proof = term, refl(term)
        while (target := _innermost(current, heads, ())) is not None:
            sub, variables = target
            step = _one(current, sub, variables)
            current, proof = step.prop.args[1], transitive(proof, step)
        if len(_MEMO) >= MAX_KNOWN:
            _MEMO.clear()
        found = _MEMO[key] = (current, proof)
    return found


def plain(term: Term, heads: frozenset) -> Term:
    """What `expand` makes of a term, also of a pattern with letters."""
    if isinstance(term, Lam):
        return mk_lam(term.domain, plain(term.body, heads))
    if isinstance(term, App) and mentions(term, heads):
        args = tuple(plain(argument, heads) for argument in term.args)
        if term.head in heads:
            return plain(DEFINITIONS[term.head].applied(args), heads)
        return mk(term.head, *args)
    return term


def plain_clause(clause: Clause, heads: frozenset) -> Clause:
    """The clause with the symbols of `heads` unfolded in what it concludes."""
    names = list(clause.metas)

    def build(values: dict, sorts: dict, proofs: list, prop: Term | None = None) -> Proof:
        letters = {n: mk_free(f"{n}·", replace_sort(clause.metas[n], sorts)) for n in names}
        _, iff = expand(fill(clause.conclusion, letters, sorts), heads)
        for name in reversed(names):
            iff = gen(letters[name], iff)
        for name in names:
            iff = spec(iff, values[name])
        return transported(iff, clause.build(values, sorts, proofs))

    conclusion = plain(clause.conclusion, heads)
    return Clause(clause.name, conclusion, clause.premises, clause.metas, build, clause.rule)


def _innermost(term: Term, heads: frozenset, variables: tuple) -> tuple[Term, tuple] | None:
    """A subterm to unfold, its binders opened by Frees, with those of them that it mentions."""
    if not mentions(term, heads):
        return None
    if isinstance(term, Lam):
        variable = mk_free(f"u·{len(variables)}", term.domain)
        return _innermost(instantiate(term.body, variable), heads, (*variables, variable))
    if isinstance(term, App):
        for argument in term.args:
            found = _innermost(argument, heads, variables)
            if found is not None:
                return found
        if term.head in heads:
            return term, tuple(v for v in variables if v in term.frees)
    return None


def _one(whole: Term, sub: Term, variables: tuple) -> Proof:
    """whole = whole with `sub` (under the given opened binders) unfolded everywhere."""
    equation, points = unfold(sub), []
    while equation.prop.head == "all":  # functions are equal if they are so at every point
        points.append(mk_free(f"at·{len(points)}", equation.prop.args[0].sort[1]))
        equation = spec(equation, points[-1])
    return rewritten(whole, sub, list(variables), equation, points)


def rewritten(
    whole: Term, sub: Term, variables: list[Term], equation: Proof, points: Sequence[Term] = ()
) -> Proof:
    """`whole = whole'` by `∀variables. sub = sub'`, at every instance with these binders.

    The equation of functions is given at some `points`.
    """
    if not variables and not points:
        return replaced(whole, marked(whole, sub), equation)
    hole, _ = hole_for(variables, sub.sort)
    pattern = sub
    for variable in reversed(variables):
        pattern = abstract(pattern, variable)
    holed = _mark(whole, sub, tuple(variables), hole, ())
    return inside(holed, hole, [*variables, *points], equation)


def _mark(term: Term, sub: Term, variables: tuple, hole: Term, opened: tuple) -> Term:
    if term is sub:
        out = hole
        for variable in variables:
            out = mk("app", out, variable)
        return out
    if term.size <= sub.size:
        return term
    if isinstance(term, Lam):
        variable = mk_free(f"u·{len(opened)}", term.domain)
        body = _mark(instantiate(term.body, variable), sub, variables, hole, (*opened, variable))
        return abstract(body, variable)
    if isinstance(term, App) and term.args:
        return mk(term.head, *[_mark(a, sub, variables, hole, opened) for a in term.args])
    return term


def definitions_unfolded(prop: Term) -> tuple[Proof, Term] | None:
    """`(proof of φ = φ', φ')` if a proposition mentions a defined symbol, else None."""
    heads = defined_heads(prop)
    if not heads:
        return None
    plain, proof = expand(prop, heads)
    return proof, plain


def defined_heads(term: Term) -> frozenset:
    """The defined symbols in a term, and in what they mean."""
    heads = frozenset(head for head in heads_of(term) if head in DEFINITIONS)
    return heads.union(*(defined_heads(DEFINITIONS[head].body) for head in heads))


_HEADS: dict[Term, frozenset] = {}


def heads_of(term: Term) -> frozenset:
    """Every symbol in a term."""
    found = _HEADS.get(term)
    if found is None:
        if isinstance(term, Lam):
            found = heads_of(term.body)
        elif isinstance(term, App):
            found = frozenset((term.head,)).union(*map(heads_of, term.args))
        else:
            found = frozenset()
        if len(_HEADS) >= MAX_KNOWN:
            _HEADS.clear()
        _HEADS[term] = found
    return found


def mentions(term: Term, heads: frozenset) -> bool:
    """Whether a term has one of the symbols."""
    return not heads.isdisjoint(heads_of(term))


def unfolded_too(facts: list[Proof]) -> list[Proof]:
    """The facts, and those with a defined symbol once more with it written out."""
    found = [(fact, definitions_unfolded(fact.prop)) for fact in facts]
    return [*facts, *(transported(iff[0], fact) for fact, iff in found if iff is not None)]
