"""Properties of declared objects that may be what a condition wants."""

from __future__ import annotations

from derive.kernel.letter import all_of
from derive.kernel.sign import INFINITY, ZERO
from derive.kernel.sort import NUM, PROP
from derive.kernel.term import App, Free, Lam, Term, abstract, mk, mk_free, mk_nat
from derive.kernel.value import ONE


def candidates(prop: Term, item):
    """Properties of declared objects that may be what a condition wants, likeliest first."""
    objects = {f for f in prop.frees if "·" not in f.name}
    measures = [f for f in objects if _is(f, "meas")] or [
        d.term for d in item.objects if _is(d.term, "meas")
    ]
    functions = sorted(
        (f for f in objects if _is(f, "fn") and f.sort[2] == NUM and f.sort[1] != "nat"),
        key=lambda f: f.name,
    )
    sets = sorted((f for f in objects if _is(f, "fn") and f.sort[2] == PROP), key=lambda f: f.name)
    numbers = sorted((f for f in objects if f.sort == NUM), key=lambda f: f.name)
    seen: set[Term] = set()
    for candidate in _ordered(prop, measures, functions, sets, numbers, objects):
        if candidate is not None and candidate not in seen:
            seen.add(candidate)
            yield candidate


def _ordered(prop: Term, measures, functions, sets, numbers, objects):
    for function in functions:
        for measure in measures:
            if measure.sort[1] == function.sort[1]:
                yield mk("integrable", measure, function)
    for function in functions:
        for measure in measures:
            if measure.sort[1] == function.sort[1]:
                yield square_integrable(measure, function)
    for measure, body in _integrals(prop):
        yield mk("integrable", measure, body)
    for measure, region in _masses(prop):
        if _closed_set(region):
            yield _below_infinity(mk("mass", measure, region))
            yield mk("not", mk("eq", mk("mass", measure, region), ZERO))
            yield mk("not", mk("le", mk("mass", measure, region), ZERO))
            yield mk("mset", region)
    for function in functions:
        yield mk("measurable", function)
        yield _everywhere(function, lambda x: mk("le", ZERO, x))
        yield _everywhere(function, lambda x: mk("not", mk("le", x, ZERO)))
    for item in sets:
        yield mk("mset", item)
    for first in sets:
        for second in sets:
            if first is not second and first.sort == second.sort:
                yield _pointwise([first, second], lambda a, b: mk("imp", a, b))
    for i, first in enumerate(sets):
        for second in sets[i + 1 :]:
            if first.sort == second.sort:
                yield _pointwise(
                    [first, second], lambda a, b: mk("eq", mk("and", a, b), mk("false"))
                )
    yield from _families(objects, sets)
    for number in numbers:
        yield mk("fin", number)
        yield mk("le", ZERO, number)
        yield mk("not", mk("le", number, ZERO))
        yield mk("not", mk("eq", number, ZERO))
        yield mk("le", number, ZERO)
    for first in numbers:
        for second in numbers:
            if first is not second:
                yield mk("le", first, second)
                yield mk("not", mk("le", second, first))
    for measure in measures:
        yield mk("finite_measure", measure)
        yield mk("sigma_finite", measure)
        yield mk("probability", measure)
        for other in measures:
            if other is not measure and other.sort == measure.sort:
                yield mk("ac", measure, other)
    for first in functions:
        for second in functions:
            if first is not second and first.sort == second.sort:
                yield _pointwise([first, second], lambda a, b: mk("le", a, b))
    for function in functions:
        yield mk("bounded", function)
        yield _everywhere(function, lambda x: mk("fin", x))
    for number in _numeric_parts(prop):
        yield mk("fin", number)
        yield mk("le", ZERO, number)
        yield mk("not", mk("eq", number, ZERO))


def square_integrable(measure: Term, function: Term) -> Term:
    """∫ f² dμ exists and is finite."""
    point = _free("x·", function.sort[1])
    square = mk("pow", mk("app", function, point), mk_nat(2))
    return mk("integrable", measure, abstract(square, point))


def dominations(prop: Term, context, item):
    """ν ≪ μ, of what is asked ν-a.e. where something is known μ-a.e."""
    while isinstance(prop, App) and prop.head in ("all", "imp"):
        inner = prop.args[-1]
        prop = inner.body if isinstance(inner, Lam) else inner
    if not (isinstance(prop, App) and prop.head == "ae" and isinstance(prop.args[0], Free)):
        return
    here = prop.args[0]
    known = {
        f.prop.args[0]
        for f in context.all_facts()
        if isinstance(f.prop, App) and f.prop.head == "ae"
    }
    for declared in item.objects:
        other = declared.term
        if other in known and other is not here and other.sort == here.sort:
            yield mk("ac", here, other)


def _families(objects, sets):
    """Sequences of sets: events, disjoint, covering."""
    for family in sorted(
        (f for f in objects if _is(f, "fn") and f.sort[1] == "nat" and _is_set_sort(f.sort[2])),
        key=lambda f: f.name,
    ):
        space = family.sort[2][1]
        n, m, x = _free("n·", "nat"), _free("m·", "nat"), _free("x·", space)
        from_one = mk("le", ONE, mk("ofnat", n))
        at = mk("app", mk("app", family, n), x)
        yield all_of([n], mk("imp", from_one, mk("mset", mk("app", family, n))))
        other = mk("app", mk("app", family, m), x)
        apart = mk("and", from_one, mk("le", ONE, mk("ofnat", m)), mk("not", mk("eq", n, m)))
        yield all_of([n, m], mk("imp", apart, all_of([x], mk("not", mk("and", at, other)))))
        union = mk("ex", abstract(mk("and", from_one, at), n))
        for region in sets:
            if region.sort == family.sort[2]:
                yield all_of([x], mk("imp", mk("app", region, x), union))
        yield all_of([x], mk("eq", union, mk("true")))


def _free(name: str, sort) -> Term:
    return mk_free(name, sort)


def _is(term: Term, constructor: str) -> bool:
    return isinstance(term.sort, tuple) and term.sort[0] == constructor


def _is_set_sort(sort) -> bool:
    return isinstance(sort, tuple) and sort[0] == "fn" and sort[2] == PROP


def _everywhere(function: Term, claim) -> Term:
    point = _free("x·", function.sort[1])
    return all_of([point], claim(mk("app", function, point)))


def _pointwise(functions: list[Term], claim) -> Term:
    point = _free("x·", functions[0].sort[1])
    return all_of([point], claim(*[mk("app", f, point) for f in functions]))


def _below_infinity(term: Term) -> Term:
    return mk("not", mk("le", INFINITY, term))


def _closed_set(region: Term) -> bool:
    return not region.loose


def _subterms(term: Term) -> list[Term]:
    out: list[Term] = []
    stack = [term]
    while stack:
        part = stack.pop()
        if not part.loose and not any("·" in f.name for f in part.frees):
            out.append(part)
        if isinstance(part, App):
            stack.extend(part.args)
        elif isinstance(part, Lam):
            stack.append(part.body)
    return out


def _integrals(prop: Term):
    for part in _subterms(prop):
        if isinstance(part, App) and part.head in ("int", "E", "has_integral", "integrable"):
            yield part.args[0], part.args[1]


def _masses(prop: Term):
    for part in _subterms(prop):
        if isinstance(part, App) and part.head == "mass":
            yield part.args


def _numeric_parts(prop: Term):
    for part in _subterms(prop):
        if part.sort == NUM and isinstance(part, App) and part.head not in ("inf",):
            yield part
