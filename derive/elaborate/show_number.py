"""Numbers as text: sums, products, powers, sums over indices, integrals, expectations."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_definition, show_product
from derive.elaborate import show_measure as sm
from derive.elaborate import show_set as ss
from derive.elaborate.names import superscript
from derive.elaborate.printer import (
    ATOM,
    FACTOR,
    POINTWISE,
    PRODUCT,
    SUM,
    State,
    Text,
    Unprintable,
    conjuncts,
    wrap,
)  # fmt: skip
from derive.kernel.term import App, Free, Lam, Nat, Num, Term, mk

BIG = {"sum": "∑", "prodn": "∏", "sup": "sup", "inff": "inf"}
LIMIT = frozenset(["lim", "limsup", "liminf"])


def number(term: Term, state: State) -> Text:
    """A number, a natural number, a point, or what is left without the sample point."""
    match term:
        case Num(value=value):
            text = str(value)
            return text, SUM if value < 0 else ATOM if value.denominator == 1 else PRODUCT
        case Nat(value=value):
            return str(value), ATOM
        case Free(name=name):
            if state.is_point(term):
                raise Unprintable(name)
            return name, ATOM
        case Lam():
            return function(term, state)
        case App() as symbol:
            if show_definition.is_defined(symbol):
                return show_definition.defined(symbol, state)
            if state.has_point(symbol) and symbol.head not in POINTWISE:
                raise Unprintable(symbol.head)
            return application(symbol, state)
    raise Unprintable(type(term).__name__)


def application(term: App, state: State) -> Text:
    """A symbol with its arguments."""
    args = term.args
    match term.head:
        case "inf":
            return "∞", ATOM
        case "pi":
            return "π", ATOM
        case "add":
            return show_product.addition(term, state)
        case "mul":
            return show_product.product(term, state)
        case "inv":
            return show_product.inverse(args[0], state)
        case "pow":
            return f"{wrap(number(args[0], state), ATOM)}{exponent(args[1], state)}", FACTOR
        case "rpow":
            return f"{wrap(number(args[0], state), ATOM)}^{{{number(args[1], state)[0]}}}", FACTOR
        case "sqrt":
            return f"√{_root(args[0], state)}", FACTOR
        case "abs":
            return absolute(args[0], state)
        case "exp" | "log" | "sin" | "cos" | "tan" | "arctan":
            return f"{term.head}({number(args[0], state)[0]})", ATOM
        case "max" | "min":
            return f"{term.head}({', '.join(number(a, state)[0] for a in args)})", ATOM
        case "ofnat":
            return natural(args[0], state)
        case "nadd" | "nmul" | "nfact":
            return natural(term, state)
        case "iv":
            return ss.indicator(args[0], state), ATOM
        case "pair":
            return f"({', '.join(number(a, state)[0] for a in coordinates(term))})", ATOM
        case "app":
            return applied(args[0], args[1], state)
        case "deriv":
            return derivative(args[0], args[1], state)
        case "finv":
            return f"{wrap(function(args[0], state), ATOM)}⁻¹({number(args[1], state)[0]})", ATOM
        case "sum" | "prodn" | "sup" | "inff":
            return big(BIG[term.head], args[0], args[1], state)
        case "lim" | "limsup" | "liminf":
            return limit(term.head, args[0], state)
    return sm.functional(term, state)


def exponent(power: Term, state: State) -> str:
    """A natural exponent."""
    match power:
        case Nat(value=value):
            return superscript(value)
        case Free(name=name):
            return f"^{name}"
    return f"^{{{natural(power, state)[0]}}}"


def _root(term: Term, state: State) -> str:
    text = number(term, state)
    simple = isinstance(term, (Free, Num)) and text[1] == ATOM
    return text[0] if simple else f"({text[0]})"


def absolute(term: Term, state: State) -> Text:
    """`|x|`, or `abs(…)` around text that has bars itself."""
    text = number(term, state)[0]
    return (f"abs({text})" if "|" in text or "‖" in text else f"|{text}|"), ATOM


def natural(term: Term, state: State) -> Text:
    """A natural number."""
    match term:
        case Nat(value=value):
            return str(value), ATOM
        case App(head="nadd", args=args):
            parts = sorted((natural(a, state) for a in args), key=lambda x: (x[0].isdigit(), x[0]))
            return " + ".join(wrap(p, PRODUCT) for p in parts), SUM
        case App(head="nmul", args=args):
            parts = sorted(
                (natural(a, state) for a in args), key=lambda x: (not x[0].isdigit(), x[0])
            )
            return " · ".join(wrap(p, FACTOR) for p in parts), PRODUCT
        case App(head="nfact", args=(inner,)):
            return wrap(natural(inner, state), ATOM) + "!", ATOM
    return number(term, state)


# ---- functions and their values ----


def coordinates(term: Term) -> list[Term]:
    """The coordinates of a point written as nested pairs."""
    if b.is_app(term, "pair"):
        return [*coordinates(term.args[0]), term.args[1]]
    return [term]


def applied(function_: Term, point: Term, state: State) -> Text:
    """`f(x)`, `a_n`, or `f` alone where the point is left out."""
    if state.is_point(point):
        if state.has_point(function_):
            raise Unprintable("a function that depends on the point")
        return function(function_, state)
    name = wrap(function(function_, state), ATOM)
    if function_.sort[1] == "nat":
        index = natural(point, state)
        simple = isinstance(point, (Free, Nat))
        return f"{name}_{index[0]}" if simple else f"{name}_{{{index[0]}}}", ATOM
    parts = coordinates(point)
    return f"{name}({', '.join(number(p, state)[0] for p in parts)})", ATOM


def function(term: Term, state: State) -> Text:
    """A function: its name, an expression without its sample point, or `x ↦ …`."""
    if not isinstance(term, Lam):
        return number(term, state) if not b.is_set(term) else ss.region(term, state)
    if term.sort[2] == "prop":
        return ss.region(term, state)
    if state.pull and not state.has_point(term):
        try:
            with state.pulled(term) as (point, body):
                if point in body.frees:
                    return number(body, state)
        except Unprintable:
            pass
    elif state.has_point(term):
        raise Unprintable("a function that depends on the point")
    return mapping(term, state)


def mapping(term: Term, state: State) -> Text:
    """`x ↦ body`."""
    if isinstance(term.sort[1], tuple) and term.sort[1][0] == "prod":
        with state.opened_pair(term) as (names, body):
            return f"(({', '.join(names)}) ↦ {number(body, state)[0]})", ATOM
    with state.opened(term) as (name, _, body):
        return f"({name} ↦ {number(body, state)[0]})", ATOM


def integrand(term: Term, state: State) -> str | None:
    """A function on a known space without its variable; a constant as its value."""
    if not isinstance(term, Lam):
        return function(term, state)[0]
    if state.has_point(term) or not state.pull:
        return None
    try:
        with state.pulled(term) as (_, body):
            return number(body, state)[0]
    except Unprintable:
        return None


# ---- big operators and derivatives ----


def big(sign: str, region: Term, body: Term, state: State) -> Text:
    """`∑_{i=1}^n a_i`."""
    if state.has_point(region):
        raise Unprintable("an index set that depends on the point")
    with state.opened(body) as (name, index, inside):
        return f"{sign}{index_range(name, index, region, state)} {_reach(inside, state)}", PRODUCT


def _reach(body: Term, state: State) -> str:
    return wrap(number(body, state), PRODUCT)


def index_range(name: str, index: Term, region: Term, state: State) -> str:
    """`_n`, `_{i=a}^b`, `_{x∈S}`."""
    if region.sort[1] == "nat":
        found = bounds(conjuncts(b.app(region, index)), index)
        if found is not None:
            return range_text(name, *found, state)
    return f"_{{{name}∈{wrap(ss.region(region, state), SUM)}}}"


def bounds(props: tuple[Term, ...], index: Term) -> tuple[Term, Term | None] | None:
    """The lower and upper bound of an index, if the propositions are just these."""
    here = mk("ofnat", index)
    low = [p.args[0] for p in props if b.is_app(p, "le") and p.args[1] is here]
    high = [p.args[1] for p in props if b.is_app(p, "le") and p.args[0] is here]
    if len(low) != 1 or len(high) > 1 or len(low) + len(high) != len(props):
        return None
    if any(index in x.frees for x in low + high):
        return None
    return low[0], (high[0] if high else None)


def range_text(name: str, low: Term, high: Term | None, state: State) -> str:
    """The index of a big operator over a range."""
    if high is None:
        return f"_{name}" if low is b.ONE else f"_{{{name}={number(low, state)[0]}}}^∞"
    top = number(high, state)
    simple = top[1] == ATOM and top[0].isalnum()
    return f"_{{{name}={number(low, state)[0]}}}^{top[0] if simple else '{' + top[0] + '}'}"


def limit(sign: str, sequence: Term, state: State) -> Text:
    """`lim_n a_n`."""
    with state.opened(sequence) as (name, _, body):
        return f"{sign}_{name} {_reach(body, state)}", PRODUCT


def derivative(body: Term, at: Term, state: State) -> Text:
    """`d/dθ f(θ)` at a variable θ, `g'(x)` of a function at a point."""
    if (
        isinstance(at, Free)
        and at not in body.frees
        and not state.is_point(at)
        and isinstance(body, Lam)
    ):
        inside = b.app(body, at)
        return f"∂/∂{at.name} {_reach(inside, state)}", PRODUCT
    if not isinstance(body, Lam):
        return f"{wrap(function(body, state), ATOM)}'({number(at, state)[0]})", ATOM
    raise Unprintable("a derivative of this shape")
