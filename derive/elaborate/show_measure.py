"""Measures and what is made from them: masses, integrals, expectations, densities."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_definition
from derive.elaborate import show_number as sn
from derive.elaborate import show_set as ss
from derive.elaborate.printer import (
    ATOM,
    CROSS,
    FACTOR,
    PRODUCT,
    SUM,
    State,
    Text,
    Unprintable,
    between,
    conjuncts,
    is_ambient,
    wrap,
)  # fmt: skip
from derive.kernel.term import App, Free, Lam, Nat, Term, mk, mk_free


def functional(term: App, state: State) -> Text:
    """A symbol about measures, with its arguments."""
    args = term.args
    match term.head:
        case "mass":
            return f"{wrap(measure(args[0], state), ATOM)}({ss.event(args[1], state)})", ATOM
        case "condp":
            first, second = ss.event(args[1], state), ss.event(args[2], state)
            return f"{wrap(measure(args[0], state), ATOM)}({first} | {second})", ATOM
        case "int":
            return integral(args[0], args[1], state), PRODUCT
        case "E":
            return f"{_operator('E', args[0], state)}[{random(args[1], state)}]", ATOM
        case "Var" | "Cov":
            inside = ", ".join(random(x, state) for x in args[1:])
            return f"{_operator(term.head, args[0], state)}({inside})", ATOM
        case "cexp":
            given = args[2].args[0] if b.is_app(args[2], "sigma") else args[2]
            shown = random(given, state) if b.is_fn(given) else sn.number(given, state)[0]
            text = f"{_operator('E', args[0], state)}[{random(args[1], state)} | {shown}]"
            return _version(text, args, state)
        case "KL":
            return f"KL({measure(args[0], state)[0]} ‖ {measure(args[1], state)[0]})", ATOM
        case "TV":
            return f"TV({measure(args[0], state)[0]}, {measure(args[1], state)[0]})", ATOM
        case "H":
            return f"H({measure(args[0], state)[0]})", ATOM
        case "rn":
            return _version(f"{_d(args[0], state)}/{_d(args[1], state)}", args, state)
        case "sigma":
            return f"σ({variables(args[0], state)})", ATOM
    return measure(term, state)


def _version(text: str, args: tuple[Term, ...], state: State) -> Text:
    """A density or conditional expectation: alone where its sample point, the last of the
    arguments, is left out, otherwise with its argument."""
    *others, point = args
    if any(map(state.has_point, others)):
        raise Unprintable("a measure or a variable that depends on the point")
    if state.is_point(point):
        return text, ATOM
    return f"{text}({', '.join(sn.number(p, state)[0] for p in sn.coordinates(point))})", ATOM


def _operator(name: str, law: Term, state: State) -> str:
    """`E`, with a subscript unless the measure is the ambient one."""
    if is_ambient(law, state.scope):
        return name
    if isinstance(law, Free):
        return f"{name}_{law.name}"
    return f"{name}_{{{measure(law, state)[0]}}}"


def random(function: Term, state: State) -> str:
    """The argument of `E[…]`: without its sample point, or `ω ↦ …`."""
    text = sn.integrand(function, state)
    return sn.mapping(function, state)[0][1:-1] if text is None else text


def variables(function: Term, state: State) -> str:
    """The argument of `law(…)` and `σ(…)`: a variable, or several."""
    if isinstance(function, Lam) and b.is_app(function.body, "pair"):
        with state.pulled(function) as (_, body):
            return ", ".join(sn.number(part, state)[0] for part in sn.coordinates(body))
    return sn.function(function, state)[0]


def _d(term: Term, state: State) -> str:
    """`dμ`, `d(f·μ)`."""
    text = measure(term, state)[0]
    short = isinstance(term, Free) and len(term.name.rstrip("'0123456789")) == 1
    return f"d{text}" if short or text == "λ" else f"d({text})"


def measure(term: Term, state: State) -> Text:
    """A measure."""
    if not isinstance(term, App):
        return sn.number(term, state)
    if show_definition.is_defined(term):
        return show_definition.defined(term, state)
    args = term.args
    match term.head:
        case "leb":
            return ("lebesgue" if "λ" in state.taken else "λ"), ATOM
        case "count":
            return "counting", ATOM
        case "law":
            return f"{_operator('law', args[0], state)}({variables(args[1], state)})", ATOM
        case "push":
            return f"{_map(args[0], state)}_*{wrap(measure(args[1], state), ATOM)}", FACTOR
        case "dens":
            return (
                wrap(sn.function(args[0], state), FACTOR)
                + "·"
                + wrap(measure(args[1], state), FACTOR),
                PRODUCT,
            )
        case "restrict":
            region = ss.region(args[1], state)
            shown = region[0] if isinstance(args[1], Free) else f"{{{region[0]}}}"
            return f"{wrap(measure(args[0], state), ATOM)}|_{shown}", FACTOR
        case "dirac":
            point = sn.number(args[0], state)
            return f"δ_{point[0]}" if point[0].isalnum() else f"δ_{{{point[0]}}}", ATOM
        case "mscale":
            return (
                between(sn.number(args[0], state), "·", measure(args[1], state), FACTOR),
                PRODUCT,
            )
        case "madd":
            return " + ".join(wrap(measure(x, state), PRODUCT) for x in args), SUM
        case "pmeas":
            return (
                wrap(measure(args[0], state), CROSS)
                + " ⊗ "
                + wrap(measure(args[1], state), PRODUCT),
                CROSS,
            )
        case "mpow":
            return f"{wrap(measure(args[0], state), ATOM)}^{{⊗{_power(args[1], state)}}}", ATOM
        case "app":
            return sn.applied(args[0], args[1], state)
    if not args:
        return term.head, ATOM
    inside = ", ".join(
        sn.natural(x, state)[0] if x.sort == "nat" else sn.number(x, state)[0] for x in args
    )
    return f"{term.head}({inside})", ATOM


def _power(size: Term, state: State) -> str:
    text = sn.natural(size, state)
    return text[0] if isinstance(size, (Free, Nat)) else f"({text[0]})"


def _map(function: Term, state: State) -> str:
    """A map before `_*` or `⁻¹`: compositions as `S ∘ T`."""
    chain = composed(function)
    if chain is not None and len(chain) > 1:
        return "(" + " ∘ ".join(wrap(sn.function(f, state), ATOM) for f in chain) + ")"
    return wrap(sn.function(function, state), ATOM)


def composed(function: Term) -> list[Term] | None:
    """The maps of `λ x. S(T(x))`, outermost first; None if it is not a composition."""
    if not isinstance(function, Lam):
        return [function]
    point = b.fresh(function.sort[1])
    body, chain = b.app(function, point), []
    while b.is_app(body, "app") and point not in body.args[0].frees:
        chain.append(body.args[0])
        body = body.args[1]
    return chain if body is point and chain else None


# ---- integrals ----


def integral(law: Term, function: Term, state: State) -> str:
    """`∫ f dμ`, `∫_A f dμ`, `∫_a^b f(x) dx`, `∫ f(x) μ(dx)`."""
    lebesgue = b.is_app(law, "leb")
    if not lebesgue and not (state.has_variable(function) and isinstance(function, Lam)):
        region, rest = _region(function)
        text = sn.integrand(rest, state)
        if text is not None:
            return f"∫{_over(region, state)} {text} {_d(law, state)}"
    if isinstance(law.sort[1], tuple) and law.sort[1][0] == "prod":
        with state.opened_pair(function) as (names, body):
            with state.integrating(
                *(mk_free(n, x.sort) for n, x in zip(names, _parts(function), strict=True))
            ):
                inside = _inside(body, state)
            return f"∫ {inside} d({measure(law, state)[0]})({', '.join(names)})"
    with state.opened(function) as (name, point, body):
        head, body = _limits(body, point, state) if lebesgue else ("", body)
        closing = f"d{name}" if lebesgue else f"{wrap(measure(law, state), ATOM)}(d{name})"
        with state.integrating(point):
            return f"∫{head} {_inside(body, state)} {closing}"


def _parts(function: Term) -> list[Term]:
    """The coordinates of a point of the domain, for their sorts."""
    point = b.fresh(function.sort[1])
    found: list[Term] = []
    while isinstance(point.sort, tuple) and point.sort[0] == "prod":
        found.insert(0, mk("snd", point))
        point = mk("fst", point)
    return [point, *found]


def _inside(body: Term, state: State) -> str:
    text = sn.number(body, state)[0]
    return f"({text})" if text.startswith("∫") and not isinstance(body, Lam) else text


def _region(function: Term) -> tuple[Term | None, Term]:
    """The set A of `λ x. 1_A(x) f(x)` and the function f, if there is one such factor."""
    if not (isinstance(function, Lam) and b.is_app(function.body, "mul")):
        return None, function
    inside = [x for x in function.body.args if b.is_app(x, "iv")]
    if len(inside) != 1:
        return None, function
    prop = inside[0].args[0]
    rest = list(function.body.args)
    rest.remove(inside[0])
    if not any(index == 0 for index, _ in prop.loose):
        return None, function
    return b.abstract_body(function.domain, prop), b.abstract_body(
        function.domain, mk("mul", *rest)
    )


def _over(region: Term | None, state: State) -> str:
    if region is None:
        return ""
    text = ss.region(region, state)
    return f"_{text[0]}" if isinstance(region, Free) else f"_{{{text[0]}}}"


def _limits(body: Term, point: Term, state: State) -> tuple[str, Term]:
    """`_a^b` if the integrand has one factor `1{a ≤ x ≤ b}`."""
    if not b.is_app(body, "mul"):
        return "", body
    inside = [x for x in body.args if b.is_app(x, "iv") and interval_ends(x.args[0], point)]
    if len(inside) != 1:
        return "", body
    low, high = interval_ends(inside[0].args[0], point) or (point, point)
    rest = list(body.args)
    rest.remove(inside[0])
    return f"_{_script(low, state)}^{_script(high, state)}", mk("mul", *rest)


def _script(term: Term, state: State) -> str:
    text = sn.number(term, state)[0]
    return text if text.isalnum() or text == "∞" else f"{{{text}}}"


def interval_ends(prop: Term, point: Term) -> tuple[Term, Term] | None:
    """a and b of `a ≤ x and x ≤ b`."""
    parts = [p for p in conjuncts(prop) if b.is_app(p, "le")]
    if not len(parts) == len(conjuncts(prop)) == 2:
        return None
    low = [p.args[0] for p in parts if p.args[1] is point and point not in p.args[0].frees]
    high = [p.args[1] for p in parts if p.args[0] is point and point not in p.args[1].frees]
    return (low[0], high[0]) if len(low) == len(high) == 1 else None
