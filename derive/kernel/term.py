"""Terms: interned, sorted, β-normal and η-short, with de Bruijn binders.

A term is made only here, so equal terms are identical objects (`is`). `Free`, `Bound` and `Meta`
are different classes and never equal. `Lam` is the only binder: a set is a predicate, an integrand
a function. Depth and size are bounded, so recursion over a term is safe; the work of one record of
a certificate is bounded by `spend`.
"""

from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

from derive.kernel.refusal import Reason, require, spend
from derive.kernel.sort import NAT, NUM, Sort, fn, match_sort, replace_sort, show_sort
from derive.kernel.symbol import SYMBOLS

MAX_DEPTH, MAX_SIZE, MAX_BITS = 200, 200_000, 4_096


class Term:
    """A term: its sort, what occurs in it, its measures, and the fields of its class.

    `loose` holds (index, sort) of bound variables without a binder inside; `frees` its Frees;
    `meta` whether it has a Meta; `key` orders the arguments of AC symbols, by structure, not age.
    """

    __slots__ = ("depth", "digest", "frees", "key", "loose", "meta", "size", "sort")
    sort: Sort
    size: int
    depth: int
    loose: frozenset
    frees: frozenset
    meta: bool
    key: tuple
    digest: bytes


class Free(Term):
    """A `name`d constant of an item, or an eigenvariable."""

    __slots__ = ("name",)
    name: str


class Bound(Term):
    """The variable of the binder `index` levels up."""

    __slots__ = ("index",)
    index: int


class Meta(Term):
    """A letter `name` of a rule, to be instantiated."""

    __slots__ = ("name",)
    name: str


class Num(Term):
    """A rational literal with its Fraction `value`."""

    __slots__ = ("value",)
    value: Fraction


class Nat(Term):
    """A natural number literal with its int `value`."""

    __slots__ = ("value",)
    value: int


class Lam(Term):
    """`λ x : domain. body`, where Bound(0) in `body` is x."""

    __slots__ = ("body", "domain")
    domain: Sort
    body: Term


class App(Term):
    """A symbol `head` applied to its `args`."""

    __slots__ = ("args", "head")
    head: str
    args: tuple[Term, ...]


_TABLE: dict[tuple, Term] = {}
_NONE: frozenset = frozenset()
_COMPUTES = frozenset(("app", "eq", "fst", "not", "ofnat", "pair", "snd"))
_KEY = attrgetter("key")


def _made(key: tuple, term: Term, text: str, sort: Sort, parts: tuple) -> Term:
    """A new `term`, given the fields of its class: measure, bound and enter it under its key."""
    kind, size, depth, digests = type(term), 1, 0, _prefix(text, sort)
    loose, frees, meta = _NONE, _NONE, kind is Meta
    for part in parts:
        size += part.size
        depth = max(depth, part.depth)
        loose = (loose | part.loose if loose else part.loose) if part.loose else loose
        frees = (frees | part.frees if frees else part.frees) if part.frees else frees
        meta = meta or part.meta
        digests += part.digest
    require(depth < MAX_DEPTH, Reason.TOO_DEEP)
    require(size <= MAX_SIZE, Reason.TOO_LARGE, "a term")
    term.sort, term.size, term.depth, term.loose, term.meta = sort, size, depth + 1, loose, meta
    term.frees = frozenset((term,)) if kind is Free else frees
    term.digest = blake2b(digests, digest_size=12).digest()
    term.key = (0 if kind in (Num, Nat) else size, text, term.digest)
    _TABLE[key] = term
    return term


@lru_cache(maxsize=10_000)
def _prefix(text: str, sort: Sort) -> bytes:
    """What the digest of a term tells before its parts: its own text and its sort."""
    return f"{text}\0{show_sort(sort)}\0".encode()


def mk_free(name: str, sort: Sort) -> Term:
    """The free variable `name` of a sort."""
    key = (Free, name, sort)
    if key not in _TABLE:
        term = Free()
        term.name = name
        _made(key, term, "F" + name, sort, ())
    return _TABLE[key]


def mk_meta(name: str, sort: Sort) -> Term:
    """The metavariable `name` of a sort."""
    key = (Meta, name, sort)
    if key not in _TABLE:
        term = Meta()
        term.name = name
        _made(key, term, "?" + name, sort, ())
    return _TABLE[key]


def mk_bound(index: int, sort: Sort) -> Term:
    """The bound variable `index` levels up, which ranges over `sort`."""
    key = (Bound, index, sort)
    if key not in _TABLE:
        require(0 <= index < MAX_DEPTH, Reason.BAD_INDEX, index)
        term = Bound()
        term.index = int(index)
        _made(key, term, f"#{index}", sort, ()).loose = frozenset(((index, sort),))
    return _TABLE[key]


def mk_num(value: Fraction | int) -> Term:
    """A rational literal of sort num."""
    return _TABLE.get((Num, value)) or _literal(Num, Fraction(value), NUM)


def mk_nat(value: int) -> Term:
    """A natural number literal."""
    return _TABLE.get((Nat, value)) or _literal(Nat, int(value), NAT)


def _literal(kind: type, value: Fraction | int, sort: Sort) -> Term:
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    require(bits <= MAX_BITS and (kind is Num or value >= 0), Reason.TOO_LARGE, "a number")
    term = kind()
    term.value = value
    return _made((kind, value), term, str(value), sort, ())


def mk_lam(domain: Sort, body: Term) -> Term:
    """`λ x : domain. body`; `λ x. f x` is `f`."""
    key = (Lam, domain, body)
    if key in _TABLE:
        return _TABLE[key]
    require(all(i or s == domain for i, s in body.loose), Reason.BAD_SORT, "a bound variable")
    match body:
        case App(head="app", args=(function, Bound(index=0))) if all(i for i, _ in function.loose):
            return shift(function, -1)
    term = Lam()
    term.domain, term.body = domain, body
    _made(key, term, "λ", fn(domain, body.sort), (body,))
    term.loose = frozenset([(index - 1, sort) for index, sort in body.loose if index])
    return term


def members(head: str, term: Term) -> tuple[Term, ...]:
    """What an AC symbol joins in `term`: its arguments, or the term alone."""
    return term.args if isinstance(term, App) and term.head == head else (term,)


def mk(head: str, *args: Term) -> Term:
    """The symbol `head` applied to `args`, sort-checked, β-reduced and in AC order."""
    found = _TABLE.get((head, args))
    if found is not None:
        return found
    require(head in SYMBOLS, Reason.UNKNOWN_SYMBOL, head)
    symbol = SYMBOLS[head]
    if symbol.ac:
        args = tuple(sorted([part for a in args for part in members(head, a)], key=_KEY))
        found = args[0] if len(args) == 1 else _TABLE.get((head, args))
    require(len(args) == len(symbol.args) or (symbol.ac and len(args) > 0), Reason.BAD_RECORD, head)
    found = found or (_reduced(head, args) if head in _COMPUTES else None)
    if found is None:
        sort = _result(head, tuple([a.sort for a in args]))
        found = App()
        found.head, found.args = head, args
        _made((head, args), found, head, sort, args)
    return found


@lru_cache(maxsize=10_000)
def _result(head: str, sorts: tuple[Sort, ...]) -> Sort:
    """The sort of a symbol applied to terms of these sorts, as many as it takes; it must fit."""
    symbol, found = SYMBOLS[head], {}
    wanted = symbol.args * len(sorts) if symbol.ac else symbol.args
    fits = all(match_sort(s, sort, found) for s, sort in zip(wanted, sorts, strict=True))
    require(fits, Reason.BAD_SORT, head)
    return replace_sort(symbol.result, found)


def _reduced(head: str, args: tuple) -> Term | None:
    """What `head(args)` computes to, if it is a redex of the logic; arithmetic is not folded."""
    match head, args:
        case "app", (Lam() as function, value) if function.domain == value.sort:
            return instantiate(function.body, value)
        case ("not", (App(head="not", args=(inner,)),)):
            return inner
        case ("fst" | "snd", (App(head="pair", args=both),)):
            return both[head == "snd"]
        case "pair", (App(head="fst", args=(left,)), App(head="snd", args=(right,))):
            return left if left is right else None
        case "ofnat", (Nat(value=value),):
            return mk_num(value)
        case "eq", (Term(sort=("fn", domain, _) as sort), Term(sort=other)) if sort == other:
            sides = [mk("app", shift(side, 1), mk_bound(0, domain)) for side in args]
            return mk("all", mk_lam(domain, mk("eq", *sides)))
    return None


def rebuilt(term: Term, leaf: object, skip: object, sorts: dict | None = None) -> Term:
    """`term` with each leaf replaced by `leaf(it, binders above it)`, in one pass.

    Subterms for which `skip` says so are left alone; what a leaf becomes is never searched again.
    Spaces in the sorts of binders and bound variables are replaced by `sorts`.
    """
    memo: dict = {}

    def walk(part: Term, level: int) -> Term:
        if skip(part, level):
            return part
        compound = isinstance(part, App)
        if not compound and not isinstance(part, Lam):
            respaced = sorts and isinstance(part, Bound)
            sort = replace_sort(part.sort, sorts) if respaced else part.sort
            return mk_bound(part.index, sort) if respaced else leaf(part, level)
        done = memo.get((part, level))
        if done is None:
            if compound:
                spend(1 + len(part.args))
                done = mk(part.head, *[walk(a, level) for a in part.args])
            else:
                spend(2)
                domain = replace_sort(part.domain, sorts) if sorts else part.domain
                done = mk_lam(domain, walk(part.body, level + 1))
            memo[part, level] = done
        return done

    return walk(term, 0)


def _sealed(term: Term, level: int) -> bool:
    """Whether `term`, under `level` binders, has no bound variable that reaches above them."""
    return not term.loose or all(index < level for index, _ in term.loose)


def shift(term: Term, by: int) -> Term:
    """`term` with its loose indices raised by `by`."""
    raised = by != 0 and len(term.loose) > 0
    return rebuilt(term, lambda t, _: mk_bound(t.index + by, t.sort), _sealed) if raised else term


def instantiate(body: Term, value: Term) -> Term:
    """`body` with Bound(0) replaced by `value`, once; other loose indices go down by one."""

    def leaf(t: Term, level: int) -> Term:
        return shift(value, level) if t.index == level else mk_bound(t.index - 1, t.sort)

    return rebuilt(body, leaf, _sealed)


def abstract(term: Term, name: Term) -> Term:
    """`λ name. term` for a Free `name`."""

    def leaf(t: Term, level: int) -> Term:
        return mk_bound(level if t is name else t.index + 1, t.sort)

    body = rebuilt(term, leaf, lambda t, level: name not in t.frees and _sealed(t, level))
    return mk_lam(name.sort, body)
