"""Terms: interned, sorted, β-normal and η-short, with de Bruijn binders.

A term is made only here, so equal terms are identical objects (`is`). `Free`, `Bound` and `Meta`
are different classes and never equal. `Lam` is the only binder: a set is a predicate, an integrand
a function. Depth and size are bounded, so recursion over a term is safe; the work of one record of
a certificate is bounded by `spend`.
"""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import blake2b

from derive.kernel.refusal import Reason, require
from derive.kernel.sort import NAT, NUM, PROP, Sort, fn, leaves, match_sort, replace_sort, show_sort
from derive.kernel.symbol import SYMBOLS

MAX_DEPTH, MAX_SIZE, MAX_BITS = 200, 200_000, 4_096


class Term:
    """A term: its sort, what occurs in it, its measures, and the fields of its class.

    `loose` holds (index, sort) of bound variables without a binder inside; `frees` its Frees; `meta`
    whether it has a Meta. `key` orders the arguments of AC symbols by structure, never by age.
    """

    __slots__ = ["sort", "loose", "frees", "meta", "size", "depth", "digest", "key"]
    __slots__ += ["name", "index", "value", "domain", "body", "head", "args"]


class Free(Term):
    """A `name`d constant of an item, or an eigenvariable."""


class Bound(Term):
    """The variable of the binder `index` levels up."""


class Meta(Term):
    """A letter `name` of a rule, to be instantiated."""


class Num(Term):
    """A rational literal with its Fraction `value`."""


class Nat(Term):
    """A natural number literal with its int `value`."""


class Lam(Term):
    """`λ x : domain. body`, where Bound(0) in `body` is x."""


class App(Term):
    """A symbol `head` applied to its `args`."""


_TABLE: dict = {}
_NONE: frozenset = frozenset()
_fuel = math.inf


def refuel(units: float) -> float:
    """Set how much work may still be done; returns what was left."""
    global _fuel
    left, _fuel = _fuel, units
    return left


def spend(units: int = 1) -> None:
    """Account for some work; refuses once the fuel is used up."""
    global _fuel
    _fuel -= units
    require(_fuel >= 0, Reason.TOO_LARGE, "too much work")


def _made(key: tuple, kind: type, text: str, sort: Sort, parts: tuple, **fields: object) -> Term:
    """A new term, measured, bounded and entered under its key."""
    term = kind()
    term.sort, term.size, term.depth, term.meta = sort, 1, 1, kind is Meta
    term.loose = term.frees = _NONE
    for part in parts:
        term.size += part.size
        term.depth = max(term.depth, part.depth + 1)
        term.meta = term.meta or part.meta
        if part.frees and not part.frees <= term.frees:
            term.frees = term.frees | part.frees
        if part.loose and not part.loose <= term.loose:
            term.loose = term.loose | part.loose
    require(term.depth <= MAX_DEPTH, Reason.TOO_DEEP)
    require(term.size <= MAX_SIZE, Reason.TOO_LARGE, "a term")
    if kind is Free:
        term.frees = frozenset((term,))
    seed = f"{text}\0{show_sort(sort)}\0".encode()
    term.digest = blake2b(seed + b"".join([p.digest for p in parts]), digest_size=12).digest()
    term.key = (0 if kind in (Num, Nat) else term.size, text, term.digest)
    for name, value in fields.items():
        setattr(term, name, value)
    _TABLE[key] = term
    return term


def mk_free(name: str, sort: Sort) -> Term:
    """The free variable `name` of a sort."""
    key = (Free, name, sort)
    return _TABLE.get(key) or _made(key, Free, "F" + name, sort, (), name=name)


def mk_meta(name: str, sort: Sort) -> Term:
    """The metavariable `name` of a sort."""
    key = (Meta, name, sort)
    return _TABLE.get(key) or _made(key, Meta, "?" + name, sort, (), name=name)


def mk_bound(index: int, sort: Sort) -> Term:
    """The bound variable `index` levels up, which ranges over `sort`."""
    key = (Bound, index, sort)
    found = _TABLE.get(key)
    if found is None:
        require(0 <= index < MAX_DEPTH, Reason.BAD_INDEX, index)
        loose = frozenset(((index, sort),))
        found = _made(key, Bound, f"#{index}", sort, (), index=int(index), loose=loose)
    return found


def mk_num(value: Fraction | int) -> Term:
    """A rational literal of sort num."""
    value = Fraction(value)
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    require(bits <= MAX_BITS, Reason.TOO_LARGE, "a number")
    key = (Num, value)
    return _TABLE.get(key) or _made(key, Num, str(value), NUM, (), value=value)


def mk_nat(value: int) -> Term:
    """A natural number literal."""
    require(value >= 0 and value.bit_length() <= MAX_BITS, Reason.TOO_LARGE, "a number")
    key = (Nat, value)
    return _TABLE.get(key) or _made(key, Nat, str(value), NAT, (), value=int(value))


def mk_lam(domain: Sort, body: Term) -> Term:
    """`λ x : domain. body`; `λ x. f x` is `f`."""
    inside = [sort for index, sort in body.loose if index == 0]
    require(all(sort == domain for sort in inside), Reason.BAD_SORT, "a bound variable")
    if isinstance(body, App) and body.head == "app":
        function, argument = body.args
        last = isinstance(argument, Bound) and argument.index == 0
        if last and all(index for index, _ in function.loose):
            return shift(function, -1)
    key = (Lam, domain, body)
    found = _TABLE.get(key)
    if found is None:
        loose = frozenset([(index - 1, sort) for index, sort in body.loose if index])
        fields = {"domain": domain, "body": body, "loose": loose}
        found = _made(key, Lam, "λ", fn(domain, body.sort), (body,), **fields)
    return found


def mk(head: str, *args: Term) -> Term:
    """The symbol `head` applied to `args`, sort-checked, β-reduced and in AC order."""
    found = _TABLE.get((head, args))
    if found is not None:
        return found
    symbol = SYMBOLS.get(head)
    require(symbol is not None, Reason.UNKNOWN_SYMBOL, head)
    wanted = symbol.args
    if symbol.ac:
        flat = [p for a in args for p in (a.args if _has_head(a, head) else (a,))]
        args, wanted = tuple(sorted(flat, key=_order)), wanted * len(flat)
        found = args[0] if len(args) == 1 else _TABLE.get((head, args))
    require(len(args) == len(wanted) and (args or not symbol.ac), Reason.BAD_RECORD, head)
    found = found or _reduced(head, args)
    if found is None:
        sorts: dict[str, Sort] = {}
        for pattern, argument in zip(wanted, args, strict=True):
            require(match_sort(pattern, argument.sort, sorts), Reason.BAD_SORT, head)
        sort = replace_sort(symbol.result, sorts)
        found = _made((head, args), App, head, sort, args, head=head, args=args)
    return found


def _order(term: Term) -> tuple:
    return term.key


def _has_head(term: Term, head: str) -> bool:
    return isinstance(term, App) and term.head == head


def _reduced(head: str, args: tuple) -> Term | None:
    """What `head(args)` computes to, if it is a redex of the logic; arithmetic is not folded."""
    match head, args:
        case "app", (Lam() as function, value) if function.domain == value.sort:
            return instantiate(function.body, value)
        case ("not", (App(head="not", args=(inner,)),)):
            return inner
        case ("fst", (App(head="pair", args=(inner, _)),)):
            return inner
        case ("snd", (App(head="pair", args=(_, inner)),)):
            return inner
        case "pair", (App(head="fst", args=(left,)), App(head="snd", args=(right,))):
            return left if left is right else None
        case "ofnat", (Nat(value=value),):
            return mk_num(value)
        case "eq", (Term(sort=("fn", domain, _) as sort), Term(sort=other)) if sort == other:
            point = mk_bound(0, domain)
            sides = [mk("app", shift(side, 1), point) for side in args]
            return mk("all", mk_lam(domain, mk("eq", *sides)))
    return None


Leaf = Callable[[Term, int], Term]
Skip = Callable[[Term, int], bool]


def _rebuilt(term: Term, leaf: Leaf, skip: Skip, sorts: dict[str, Sort] | None = None) -> Term:
    """`term` with each leaf replaced by `leaf(it, binders above it)`, in one pass.

    Subterms that `skip` names are left alone; what a leaf becomes is never searched again. Spaces
    in the domains of binders are replaced by `sorts`; `leaf` does so in the sorts of leaves.
    """
    memo: dict = {}

    def walk(part: Term, level: int) -> Term:
        if skip(part, level):
            return part
        done = memo.get((part, level))
        if done is None:
            spend()
            if isinstance(part, App):
                done = mk(part.head, *[walk(a, level) for a in part.args])
            elif isinstance(part, Lam):
                domain = replace_sort(part.domain, sorts) if sorts else part.domain
                done = mk_lam(domain, walk(part.body, level + 1))
            else:
                done = leaf(part, level)
            memo[part, level] = done
        return done

    return walk(term, 0)


def _sealed(term: Term, level: int) -> bool:
    """Whether `term`, under `level` binders, has no bound variable that reaches above them."""
    return not term.loose or all(index < level for index, _ in term.loose)


def shift(term: Term, by: int) -> Term:
    """`term` with its loose indices raised by `by`."""
    if not term.loose or by == 0:
        return term
    return _rebuilt(term, lambda t, _: mk_bound(t.index + by, t.sort), _sealed)


def instantiate(body: Term, value: Term) -> Term:
    """`body` with Bound(0) replaced by `value`, once; other loose indices go down by one."""

    def leaf(t: Term, level: int) -> Term:
        return shift(value, level) if t.index == level else mk_bound(t.index - 1, t.sort)

    return _rebuilt(body, leaf, _sealed)


def abstract(term: Term, name: Term) -> Term:
    """`λ name. term` for a Free `name`."""

    def leaf(t: Term, level: int) -> Term:
        return mk_bound(level, t.sort) if t is name else mk_bound(t.index + 1, t.sort)

    def skip(t: Term, level: int) -> bool:
        return name not in t.frees and _sealed(t, level)

    return mk_lam(name.sort, _rebuilt(term, leaf, skip))


def replace_frees(term: Term, values: dict[Term, Term]) -> Term:
    """`term` with the given Frees replaced at once; a value is never searched again."""
    fits = all(free.sort == value.sort for free, value in values.items())
    require(fits, Reason.BAD_SORT, "a value for a letter")
    names = values.keys()
    return _rebuilt(term, lambda t, n: shift(values[t], n), lambda t, _: names.isdisjoint(t.frees))


def fill(pattern: Term, values: dict[str, Term], sorts: dict[str, Sort]) -> Term:
    """`pattern` with metavariables (by name) and space variables replaced at once."""

    def leaf(t: Term, level: int) -> Term:
        if isinstance(t, Bound):
            return mk_bound(t.index, replace_sort(t.sort, sorts))
        if not isinstance(t, Meta):
            return t
        require(t.name in values, Reason.BAD_INSTANCE, t.name)
        value = values[t.name]
        require(value.sort == replace_sort(t.sort, sorts), Reason.BAD_SORT, t.name)
        return shift(value, level)

    return _rebuilt(pattern, leaf, lambda t, _: not sorts and not t.meta, sorts)


def generalise(term: Term, metas: dict[Term, Term], sorts: dict[str, Sort]) -> Term:
    """`term` with Frees turned into the given Metas and base spaces into space variables."""

    def leaf(t: Term, level: int) -> Term:
        bound = isinstance(t, Bound)
        return mk_bound(t.index, replace_sort(t.sort, sorts)) if bound else metas.get(t, t)

    return _rebuilt(term, leaf, lambda t, _: False, sorts)


def all_of(variables: list[Term], body: Term) -> Term:
    """`∀ x₁ … xₖ. body` for Frees."""
    for variable in reversed(variables):
        body = mk("all", abstract(body, variable))
    return body


def subterms(*terms: Term) -> Iterator[Term]:
    """Every distinct term inside the given ones, themselves included."""
    seen: set[Term] = set()
    stack = list(terms)
    while stack:
        part = stack.pop()
        if part not in seen:
            seen.add(part)
            yield part
            stack += part.args if isinstance(part, App) else ()
            stack += (part.body,) if isinstance(part, Lam) else ()


def space_variables(*terms: Term) -> dict[str, str]:
    """A space variable for every base space in the terms."""
    found = set().union(*(leaves(part.sort) for part in subterms(*terms)))
    return {space: f"'{space}" for space in sorted(found)}


def closed_prop(term: Term) -> Term:
    """`term` if it is a proposition without loose or meta variables; refuses otherwise."""
    require(term.sort == PROP, Reason.BAD_SORT, "a proposition is needed")
    require(not term.loose and not term.meta, Reason.NOT_CLOSED)
    return term
