"""Undeclared letters: where one may stand, and over what it then ranges (rulings S3, L36)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.elaborate import build as b
from derive.elaborate.problem import describe, fail
from derive.elaborate.scope import CONSTANTS, Letter, Scope
from derive.kernel.sort import NAT, Sort
from derive.kernel.term import mk_free
from derive.syntax import tree as t


def find_letters(
    nodes: Iterable[t.Node], scope: Scope, only: set[str] | None = None
) -> list[Letter]:
    """The licensed undeclared letters of the formulas, in order of their first place."""
    places: dict[str, Sort] = {}
    for node in nodes:
        for name, sort, at in _places(node, scope, frozenset()):
            if only is not None and name not in only:
                continue
            if places.setdefault(name, sort) != sort:
                first, second = describe(places[name]), describe(sort)
                raise fail(
                    at, f"{name} stands for {first} and for {second}", f"a declaration of {name}"
                )
    return [letter(name, sort) for name, sort in places.items()]


def without(scope: Scope, names: tuple[str, ...]) -> Scope:
    """The scope in which `names` mean nothing."""
    inner = scope
    for name in names:
        if name in scope.values:
            inner = inner.with_letters([])
            inner.values = {k: v for k, v in inner.values.items() if k != name}
    return inner


def domain_of(names: tuple[str, ...], body: t.Node, scope: Scope, otherwise: Sort) -> Sort:
    """The domain of `names ↦ body`: what the places say where the names are bare arguments, or
    coordinates of a point that lies in a declared set."""
    inner = without(scope, names)
    sorts = dict(_memberships(body, inner))
    sorts.update((x.name, x.free.sort) for x in find_letters([body], inner, only=set(names)))
    domain = sorts.get(names[0], otherwise)
    for name in names[1:]:
        domain = ("prod", domain, sorts.get(name, otherwise))
    return domain


def letter(name: str, sort: Sort) -> Letter:
    """The letter `name` over `sort`; an index is at least 1, a real is finite."""
    free = mk_free(name, sort)
    return Letter(name, free, b.from_one(free) if sort == NAT else b.guard(free))


def _places(
    node: t.Node, scope: Scope, bound: frozenset[str]
) -> Iterator[tuple[str, Sort, t.Node]]:
    """Every licensing place: a bare index of a sequence, a bare argument of a declared function."""
    match node:
        case t.Suffixed(base=t.Name(text=name), suffixes=suffixes) if name not in bound:
            value = scope.value(name)
            if value is not None:
                yield from _suffix_places(value.sort, suffixes, scope, bound)
    for child, names in children(node):
        yield from _places(child, scope, bound | names)


def _memberships(node: t.Node, scope: Scope) -> Iterator[tuple[str, Sort]]:
    """The names in `(x, y) ∈ C` with the sorts of their places."""
    match node:
        case t.Relation(operands=(point, t.Name(text=text)), relations=("∈",)):
            value = scope.value(text)
            parts = point.items if isinstance(point, t.Tuple) else (point,)
            if value is not None and b.is_set(value):
                wanted = argument_sorts(value.sort[1], len(parts))
                yield from (
                    (part.text, sort)
                    for part, sort in zip(parts, wanted, strict=False)
                    if isinstance(part, t.Name)
                )
    for child, _ in children(node):
        yield from _memberships(child, scope)


def _suffix_places(
    sort: Sort, suffixes: tuple[t.Node, ...], scope: Scope, bound: frozenset[str]
) -> Iterator[tuple[str, Sort, t.Node]]:
    for suffix in suffixes:
        match suffix, sort:
            case t.Sub(index=index), ("fn", "nat", target):
                wanted: list[Sort] = [NAT]
                args: tuple[t.Node, ...] = (index,)
            case t.Call(args=args), ("fn", domain, target) if target != "prop":
                wanted = argument_sorts(domain, len(args))
            case _:
                return
        for arg, place in zip(args, wanted, strict=False):
            if isinstance(arg, t.Name) and is_open(arg.text, scope, bound):
                yield arg.text, place, arg
        sort = target


def argument_sorts(domain: Sort, size: int) -> list[Sort]:
    """The sorts of the coordinates of a point, as many as there are arguments."""
    result: list[Sort] = []
    while len(result) < size - 1 and isinstance(domain, tuple) and domain[0] == "prod":
        result.insert(0, domain[2])
        domain = domain[1]
    return [domain, *result] if len(result) == size - 1 else []


def is_open(name: str, scope: Scope, bound: frozenset[str]) -> bool:
    """Whether `name` means nothing yet."""
    known = scope.value(name) is not None or name in bound or name in CONSTANTS
    return not known and scope.space(name) is None and scope.notation(name) is None


def children(node: t.Node) -> Iterable[tuple[t.Node, frozenset[str]]]:
    """The children of a node with the names bound in each; a derivative's name stays open,
    because its point is the value of that name outside."""
    nothing: frozenset[str] = frozenset()
    if type(node) not in _BINDING:
        return [(part, nothing) for part in _plain_children(node)]
    return _binding_children(node)


_BINDING = frozenset((t.Big, t.Integral, t.Lambda, t.SetOf, t.ForAll, t.HasProperty, t.Suffixed))


def _binding_children(node: t.Node) -> Iterator[tuple[t.Node, frozenset[str]]]:
    """The children of a node that may bind names."""
    nothing: frozenset[str] = frozenset()
    match node:
        case t.Big(index=index, body=body):
            for part in (index.low, index.high, index.domain):
                if part is not None:
                    yield part, nothing
            yield body, frozenset((index.name,))
        case t.Integral(body=body, differential=closing):
            yield body, _integration_names(closing)
            for part in (closing.measure, node.region, node.low, node.high):
                if part is not None and not (part is closing.measure and isinstance(part, t.Name)):
                    yield part, nothing
        case t.Lambda(names=names, body=body):
            yield body, frozenset(names)
        case t.SetOf(name=name, domain=domain, condition=condition):
            yield domain, nothing
            yield condition, frozenset((name,))
        case t.ForAll(names=names, domain=domain, body=body):
            if domain is not None:
                yield domain, nothing
            yield body, frozenset(names)
        case t.HasProperty(subjects=subjects, adjective=phrase):
            argument = frozenset((phrase.argument,)) if phrase.argument else nothing
            for subject in subjects:
                yield subject, argument
            yield phrase, nothing
        case t.Suffixed(
            base=t.Name(text="E"), suffixes=(t.Sub(index=t.Relation() as drawn), *rest)
        ):
            variable = drawn.operands[0]
            yield drawn.operands[1], nothing
            for part in rest:
                yield part, frozenset((variable.text,)) if isinstance(variable, t.Name) else nothing
        case _:
            for part in _plain_children(node):
                yield part, nothing


def _integration_names(closing: t.Differential) -> frozenset[str]:
    if isinstance(closing.measure, t.Name) and not closing.names:
        return frozenset((closing.measure.text,))
    return frozenset(closing.names)


def _plain_children(node: t.Node) -> Iterator[t.Node]:
    for field in node.__match_args__:
        value = getattr(node, field)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, t.Node):
                yield part


def occurs(name: str, node: t.Node) -> bool:
    """Whether `name` stands somewhere in `node` outside binders of the same name."""
    if isinstance(node, t.Name) and node.text == name:
        return True
    return any(name not in names and occurs(name, child) for child, names in children(node))


def calls_in(node: t.Node) -> Iterator[tuple[str, tuple[t.Node, ...]]]:
    """The names that are called in `node`, each time with its arguments."""
    match node:
        case t.Suffixed(base=t.Name(text=text), suffixes=(t.Call(args=args), *_)):
            yield text, args
    for child, _ in children(node):
        yield from calls_in(child)
