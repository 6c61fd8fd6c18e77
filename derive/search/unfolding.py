"""Replace defined symbols (E, Var, Cov, P(A | B)) by what they mean, with a proof."""

from __future__ import annotations

from derive.kernel.core import DEFINITIONS
from derive.kernel.term import App, Lam, Term, abstract, instantiate, mk, mk_free
from derive.search.proof import Proof, hole_for, inside, refl, transitive, transported, unfold

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
        found = _MEMO[key] = (current, proof)
    return found


def _innermost(term: Term, heads: frozenset, variables: tuple) -> tuple[Term, tuple] | None:
    """A subterm to unfold, its binders opened by Frees, with those of them that it mentions."""
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
    equation = unfold(sub)
    return rewritten(whole, sub, list(variables), equation)


def rewritten(whole: Term, sub: Term, variables: list[Term], equation: Proof) -> Proof:
    """`whole = whole'` by `∀variables. sub = sub'`, at every instance with these binders."""
    hole, _ = hole_for(variables, sub.sort)
    pattern = sub
    for variable in reversed(variables):
        pattern = abstract(pattern, variable)
    marked = _mark(whole, sub, tuple(variables), hole, ())
    return inside(marked, hole, variables, equation)


def _mark(term: Term, sub: Term, variables: tuple, hole: Term, opened: tuple) -> Term:
    if term is sub:
        out = hole
        for variable in variables:
            out = mk("app", out, variable)
        return out
    if isinstance(term, Lam):
        variable = mk_free(f"u·{len(opened)}", term.domain)
        body = _mark(instantiate(term.body, variable), sub, variables, hole, (*opened, variable))
        return abstract(body, variable)
    if isinstance(term, App) and term.args:
        return mk(term.head, *[_mark(a, sub, variables, hole, opened) for a in term.args])
    return term


ALL = frozenset(DEFINITIONS)


def definitions_unfolded(prop: Term) -> tuple[Proof, Term] | None:
    """`(proof of φ = φ', φ')` if a proposition mentions a defined symbol, else None."""
    heads = frozenset(DEFINITIONS)
    if not mentions(prop, heads):
        return None
    plain, proof = expand(prop, heads)
    return proof, plain


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
        _HEADS[term] = found
    return found


def mentions(term: Term, heads: frozenset) -> bool:
    """Whether a term has one of the symbols."""
    return not heads.isdisjoint(heads_of(term))


def unfolded_too(facts: list[Proof]) -> list[Proof]:
    """Facts, and those that mention a definition once more with it written out."""
    more = [unfolded_fact(f) for f in facts if definitions_unfolded(f.prop) is not None]
    return [*facts, *more]


def unfolded_fact(fact: Proof) -> Proof:
    """The fact with E, Var, Cov, P(A | B) and laws written out."""
    iff, _ = definitions_unfolded(fact.prop)
    return transported(iff, fact)
