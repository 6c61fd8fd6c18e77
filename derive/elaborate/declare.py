"""`given` declarations: objects and the hypotheses that their types and adjectives add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.elaborate import adjectives, joint
from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import operators as ops
from derive.elaborate.joint import JOINT
from derive.elaborate.problem import fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, Sort, fn, meas, set_of
from derive.kernel.term import Num, Term, abstract, mk, mk_free
from derive.syntax import tree as t

Facts = Callable[[Term], list[Term]]


@dataclass(frozen=True)
class Declared:
    """An object of an item: name, Free, sort, the type in words, the label of its line."""

    name: str
    term: Term
    sort: Sort
    type: str
    label: str | None = None


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis; `origin` is the part of the source that states it, at `span`."""

    term: Term
    label: str | None
    origin: str
    span: t.Span
    names: tuple[str, ...] = ()

    @property
    def prop(self) -> Term:
        """The proposition."""
        return self.term


def declare(node: t.Declare, scope: Scope) -> tuple[list[Declared], list[Hypothesis]]:
    """The objects and hypotheses of one `given … : type, adjective, …` line."""
    sort, facts = read_type(node.type, scope)
    words = type_words(node.type)
    objects, found = [], []
    for name in node.names:
        if name in scope.declared:
            raise fail(node, f"{name} is declared twice")
        refuse_defined(node, name, scope)
        term = mk_free(name, sort)
        objects.append(Declared(name, term, sort, words, node.label))
        scope.values[name] = term
        scope.declared.add(name)
        if b.is_meas(term):
            scope.measures[name] = term
        found += [
            Hypothesis(p, node.label, f"{name} : {words}", node.type.span, (name,))
            for p in facts(term)
        ]
    for phrase in node.adjectives:
        found += _adjective(node, phrase, objects, scope)
    return objects, found


def refuse_defined(node: t.Node, name: str, scope: Scope) -> None:
    """An object cannot have the name of a definition: one name, one meaning."""
    if scope.notations.get(name) is not None:
        raise fail(node, f"{scope.notations.why_taken(name)}", "another name for the object")


def _adjective(
    node: t.Declare, phrase: t.AdjectivePhrase, objects: list[Declared], scope: Scope
) -> list[Hypothesis]:
    """The hypotheses of one adjective; a joint one speaks of the line as a whole."""
    word = _phrase_text(phrase)
    if phrase.word in JOINT:
        names = tuple(o.name for o in objects)
        props = joint.joint(phrase, phrase.word, [o.term for o in objects], scope)
        return [
            Hypothesis(p, node.label, f"{', '.join(names)} {word}", phrase.span, names)
            for p in props
        ]
    result = []
    for item in objects:
        subject = t.Name(item.name, span=phrase.span)
        for prop in adjectives.of_subjects(phrase, (subject,), phrase, scope):
            result.append(
                Hypothesis(prop, node.label, f"{item.name} {word}", phrase.span, (item.name,))
            )
    return result


def _phrase_text(phrase: t.AdjectivePhrase) -> str:
    parts = [phrase.word]
    match phrase.algebra:
        case t.Name(text=text) if phrase.word == "measurable":
            parts = [f"{text}-measurable"]
    match phrase.measure:
        case t.Name(text=text):
            parts.append(f"under {text}")
        case t.Node():
            parts.append("under …")
    if phrase.argument:
        parts.append(f"in {phrase.argument}")
    return " ".join(parts)


# ---- types ----


def read_type(node: t.TypePhrase, scope: Scope) -> tuple[Sort, Facts]:
    """The sort of a type, and what it says of an object."""
    match node:
        case t.TypePhrase(kind="sequence", of=of) if of is not None:
            return _sequence(of, scope)
        case t.TypePhrase(
            kind="measure" | "σ-finite measure" | "finite measure" | "probability" as kind,
            space=space,
        ):
            where = a_space(node, space, scope)
            return meas(where), lambda m: _measure_facts(kind, m)
        case t.TypePhrase(kind="σ-algebra", space=space):
            return ("sig", a_space(node, space, scope)), lambda _: []
        case t.TypePhrase(kind="event", space=space):
            return set_of(a_space(node, space, scope)), lambda a: [mk("mset", a), *_inside(a)]
        case t.TypePhrase(kind="subset", space=space):
            return set_of(a_space(node, space, scope)), _inside
        case t.TypePhrase(kind="function", space=space, target=target):
            return _function(node, space, target, scope)
        case t.TypePhrase(kind="random variable", space=space):
            return _random_variable(node, space, scope)
        case t.TypePhrase(kind="kernel", space=space, target=target):
            sort = fn(a_space(node, space, scope), meas(a_space(node, target, scope)))
            return sort, lambda k: [
                mk("measurable", k),
                b.all_points(sort[1], lambda x: mk("probability", b.app(k, x))),
            ]
        case t.TypePhrase(kind="real"):
            return NUM, lambda x: [mk("fin", x)]
        case t.TypePhrase(kind="natural number"):
            return NAT, lambda _: []
        case t.TypePhrase(kind="interval", space=space) if space is not None:
            return NUM, lambda x: interval_facts(space, x, scope)
        case t.TypePhrase(kind="point", space=space):
            return a_space(node, space, scope), b.real_parts
    raise fail(node, f"an object cannot have the type {node.kind}", "a type")


def a_space(node: t.Node, space: t.Node | None, scope: Scope) -> Sort:
    """The space in a type; none written means the ambient one."""
    if space is None:
        return scope.ambient_space()
    found = ops.space_of(space, scope)
    if found is None:
        raise fail(space, "this is not a space", "a space such as 𝒳 or ℝ")
    return found


def _inside(region: Term) -> list[Term]:
    """A set of reals has only finite members."""
    sort = region.sort[1]
    probe = b.guard(b.fresh(sort))
    if probe is None:
        return []
    return [b.all_points(sort, lambda x: mk("imp", b.app(region, x), b.inside(x)))]


def _measure_facts(kind: str, measure: Term) -> list[Term]:
    head = {
        "σ-finite measure": "sigma_finite",
        "finite measure": "finite_measure",
        "probability": "probability",
    }
    facts = [mk(head[kind], measure)] if kind in head else []
    space = measure.sort[1]
    if b.guard(b.fresh(space)) is not None:
        facts.append(mk("ae", measure, b.lam(space, b.inside)))
    return facts


def _sequence(of: t.TypePhrase, scope: Scope) -> tuple[Sort, Facts]:
    member, facts = read_type(of, scope)

    def of_sequence(value: Term) -> list[Term]:
        index = b.fresh(NAT)
        return [_for_index(p, index) for p in facts(b.app(value, index))]

    return fn(NAT, member), of_sequence


def _for_index(prop: Term, index: Term) -> Term:
    return mk("all", abstract(b.imp(b.from_one(index), prop), index))


def _function(
    node: t.Node, space: t.Node | None, target: t.Node | None, scope: Scope
) -> tuple[Sort, Facts]:
    domain = a_space(node, space, scope) if not isinstance(space, t.Interval) else NUM
    if isinstance(target, t.Interval):
        return fn(domain, NUM), lambda f: _values(f, lambda y: interval_facts(target, y, scope))
    return fn(domain, a_space(node, target, scope)), lambda f: _values(f, b.real_parts)


def _values(function: Term, facts: Facts) -> list[Term]:
    """`facts` of every value; finiteness only at finite arguments."""
    point = b.fresh(function.sort[1])
    result = []
    for fact in facts(b.app(function, point)):
        guard = b.guard(point) if b.is_app(fact, "fin") else None
        result.append(mk("all", abstract(b.imp(guard, fact), point)))
    return result


def _random_variable(node: t.Node, space: t.Node | None, scope: Scope) -> tuple[Sort, Facts]:
    origin = scope.ambient_space()
    if isinstance(space, t.Interval):

        def bounded(x: Term) -> list[Term]:
            return [mk("measurable", x), *_values(x, lambda y: interval_facts(space, y, scope))]

        return fn(origin, NUM), bounded
    target = NUM if space is None else a_space(node, space, scope)
    return fn(origin, target), lambda x: [mk("measurable", x), *_values(x, b.real_parts)]


def interval_facts(node: t.Node, value: Term, scope: Scope) -> list[Term]:
    """That `value` lies in an interval, each bound its own fact; infinite ends say nothing."""
    if not isinstance(node, t.Interval):
        raise fail(node, "this is not an interval", "an interval such as [0,1]")
    low, high = ex.scalar(node.low, scope), ex.scalar(node.high, scope)
    facts = []
    if _keeps_finite(low, node.low_closed) and _keeps_finite(high, node.high_closed):
        facts.append(mk("fin", value))
    if low is not b.MINUS_INF:
        facts.append(b.le(low, value) if node.low_closed else b.lt(low, value))
    if high is not b.INF:
        facts.append(b.le(value, high) if node.high_closed else b.lt(value, high))
    return facts


def _keeps_finite(end: Term, closed: bool) -> bool:
    return isinstance(end, Num) or not closed or end not in (b.INF, b.MINUS_INF)


def type_words(node: t.TypePhrase) -> str:
    """A type in words, for origins and messages."""
    match node:
        case t.TypePhrase(kind="sequence", of=of) if of is not None:
            return f"sequence of {type_words(of)}"
        case t.TypePhrase(kind="function", space=space, target=target):
            return f"{space_words(space)} → {space_words(target)}"
        case t.TypePhrase(kind="kernel", space=space, target=target):
            return f"kernel from {space_words(space)} to {space_words(target)}"
        case t.TypePhrase(kind="interval", space=space):
            return space_words(space)
        case t.TypePhrase(kind=kind, space=None):
            return kind
        case t.TypePhrase(kind=kind, space=space):
            word = (
                "of"
                if kind in ("subset", "point")
                else "on"
                if "measure" in kind or kind in ("probability", "σ-algebra")
                else "in"
            )
            return f"{kind} {word} {space_words(space)}"
    return node.kind


def space_words(node: t.Node | None) -> str:
    """A space as it is written."""
    match node:
        case t.Name(text=text) | t.Number(text=text):
            return text
        case t.Binary(op=op, left=left, right=right):
            return f"{space_words(left)} {op} {space_words(right)}"
        case t.Negative(operand=operand):
            return f"-{space_words(operand)}"
        case t.Interval(low=low, high=high, low_closed=first, high_closed=last):
            opens, closes = "[" if first else "(", "]" if last else ")"
            return f"{opens}{space_words(low)},{space_words(high)}{closes}"
        case t.Group(inner=inner):
            return f"({space_words(inner)})"
    return "…"
