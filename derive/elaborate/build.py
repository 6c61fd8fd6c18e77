"""Builders of core terms: everything is pointwise here and nothing is lifted later."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeGuard

from derive.elaborate.problem import ElabError, describe
from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import App, Free, Num, Term, abstract, mk, mk_free, mk_lam, mk_nat, mk_num

_FRESH = count(1)
ZERO, ONE, TWO = mk_num(0), mk_num(1), mk_nat(2)
MINUS_ONE = mk_num(-1)
TRUE, FALSE = mk("true"), mk("false")
INF = mk("inf")
MINUS_INF = mk("mul", MINUS_ONE, INF)


def fresh(sort: Sort) -> Term:
    """A Free that no source text can name."""
    return mk_free(f"·{next(_FRESH)}", sort)


def name_of(letter: Term) -> str:
    """The name of a letter."""
    if not isinstance(letter, Free):
        raise TypeError(f"not a letter: {letter}")
    return letter.name


def is_fn(term: Term) -> bool:
    """Whether `term` is a function (sets and sequences included)."""
    return isinstance(term.sort, tuple) and term.sort[0] == "fn"


def is_set(term: Term) -> bool:
    """Whether `term` is a set."""
    return is_fn(term) and term.sort[2] == PROP


def is_meas(term: Term) -> bool:
    """Whether `term` is a measure."""
    return isinstance(term.sort, tuple) and term.sort[0] == "meas"


def is_sig(term: Term) -> bool:
    """Whether `term` is a σ-algebra."""
    return isinstance(term.sort, tuple) and term.sort[0] == "sig"


def app(function: Term, *points: Term) -> Term:
    """`function` at the points, one after the other."""
    for point in points:
        function = mk("app", function, point)
    return function


def lam(sort: Sort, body: Callable[[Term], Term]) -> Term:
    """`λ x : sort. body(x)`."""
    point = fresh(sort)
    return abstract(body(point), point)


def derivative(function: Term) -> Term:
    """The derivative of a real function, as a function."""
    return lam(NUM, lambda x: mk("deriv", function, x))


def lift(operation: Callable[..., Term], *terms: Term) -> Term:
    """`operation` at every point of the common domain of those terms that are functions."""
    domains = {term.sort[1] for term in terms if is_fn(term)}
    if not domains:
        return operation(*terms)
    if len(domains) > 1:
        raise ElabError(
            f"these live on different spaces: {', '.join(describe(t.sort) for t in terms)}"
        )
    point = fresh(domains.pop())
    return abstract(lift(operation, *[app(t, point) if is_fn(t) else t for t in terms]), point)


def numeric(term: Term) -> Term:
    """`term` with naturals read as numbers, pointwise; refuses what is not a number."""
    sort = term.sort
    if sort == NUM:
        return term
    if sort == NAT:
        return mk("ofnat", term)
    if is_fn(term) and sort[2] != PROP:
        return term if sort[2] == NUM else lift(numeric, term)
    raise ElabError(
        f"this is {describe(sort)}", expected="a number or a function with numerical values"
    )


def arithmetic(operation: Callable[..., Term], *terms: Term) -> Term:
    """A numerical operation, lifted, on numbers, naturals and functions."""
    return lift(operation, *map(numeric, terms))


def negative(term: Term) -> Term:
    """`-term`."""
    if isinstance(term, Num):
        return mk_num(-term.value)
    if isinstance(term, App) and term.head == "mul" and isinstance(term.args[0], Num):
        return mk("mul", mk_num(-term.args[0].value), *term.args[1:])
    return mk("mul", MINUS_ONE, term)


def minus(left: Term, right: Term) -> Term:
    """`left - right`."""
    return mk("add", left, negative(right))


def quotient(left: Term, right: Term) -> Term:
    """`left / right`."""
    if isinstance(left, Num) and isinstance(right, Num) and right.value != 0:
        return mk_num(left.value / right.value)
    return mk("inv", right) if left is ONE else mk("mul", left, mk("inv", right))


def le(left: Term, right: Term) -> Term:
    """`left ≤ right` of numbers or naturals."""
    return mk("le", numeric(left), numeric(right))


def lt(left: Term, right: Term) -> Term:
    """`left < right`."""
    return mk("not", le(right, left))


def equal(left: Term, right: Term) -> Term:
    """`left = right`; naturals are compared with numbers as numbers."""
    if {left.sort, right.sort} == {NAT, NUM}:
        left, right = numeric(left), numeric(right)
    if left.sort != right.sort:
        raise ElabError(f"{describe(left.sort)} is compared with {describe(right.sort)}")
    return mk("eq", left, right)


def all_points(sort: Sort, body: Callable[[Term], Term]) -> Term:
    """`∀ x : sort. body(x)`."""
    return mk("all", lam(sort, body))


def conj(*props: Term) -> Term:
    """All of the propositions."""
    return mk("and", *props)


def imp(condition: Term | None, conclusion: Term) -> Term:
    """`condition ⟹ conclusion`, or the conclusion alone."""
    return conclusion if condition is None else mk("imp", condition, conclusion)


def from_one(index: Term) -> Term:
    """`1 ≤ n`."""
    return le(ONE, index)


def for_index(body: Callable[[Term], Term]) -> Term:
    """`∀ n ≥ 1. body(n)`."""
    return all_points(NAT, lambda n: imp(from_one(n), body(n)))


def real_parts(term: Term) -> list[Term]:
    """That every real coordinate of the point `term` is finite."""
    match term.sort:
        case "num":
            return [mk("fin", term)]
        case ("prod", _, _):
            return real_parts(mk("fst", term)) + real_parts(mk("snd", term))
    return []


def guard(point: Term) -> Term | None:
    """What a variable over the space of `point` satisfies: real coordinates are finite."""
    parts = real_parts(point)
    return conj(*parts) if parts else None


def inside(point: Term) -> Term:
    """That `point` is in its space: finite real coordinates, else nothing."""
    return guard(point) or TRUE


def whole(sort: Sort) -> Term:
    """The whole space as a set; ℝ is the set of finite numbers."""
    return lam(sort, inside)


def empty(sort: Sort) -> Term:
    """The empty set."""
    return lam(sort, lambda _: FALSE)


def complement(region: Term) -> Term:
    """The complement within the whole space."""
    return lam(region.sort[1], lambda x: _within(x, mk("not", app(region, x))))


def _within(point: Term, prop: Term) -> Term:
    real = guard(point)
    return prop if real is None else conj(real, prop)


def indicator(event: Term) -> Term:
    """`1_A` of a set, `1{φ}` of a proposition."""
    return lift(lambda p: mk("iv", p), event)


def constant(sort: Sort, value: Term) -> Term:
    """The function on `sort` that is `value` everywhere."""
    return lam(sort, lambda _: value)


def on_space(value: Term, sort: Sort) -> Term:
    """`value` as a function on `sort`: itself, or constant; refuses a function on another space."""
    if not is_fn(value):
        return constant(sort, value)
    if value.sort[1] != sort:
        raise ElabError(f"this is {describe(value.sort)}", expected=f"a function on {sort}")
    return value


def pair(*items: Term) -> Term:
    """The point with these coordinates, pairs nested to the left, lifted."""

    def build(*parts: Term) -> Term:
        result = parts[0]
        for part in parts[1:]:
            result = mk("pair", result, part)
        return result

    return lift(build, *items)


def is_app(term: Term, *heads: str) -> TypeGuard[App]:
    """Whether `term` is one of these symbols applied."""
    return isinstance(term, App) and term.head in heads


def abstract_body(sort: Sort, body: Term) -> Term:
    """The λ over `sort` with this open body."""
    return mk_lam(sort, body)
