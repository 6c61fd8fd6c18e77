"""Built-in names with arguments: E, Var, Cov, KL, H, TV, law, σ, δ, log, exp, named laws, …"""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import expression as ex
from derive.elaborate import formula as fm
from derive.elaborate import operators as ops
from derive.elaborate.problem import ElabError, describe, fail
from derive.elaborate.scope import Scope
from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import Term, abstract, mk
from derive.syntax import tree as t

Suffixes = tuple[t.Node, ...]
ELEMENTARY = {"log": "log", "ln": "log", "exp": "exp", "sqrt": "sqrt", "abs": "abs"}
ELEMENTARY |= {name: name for name in ("sin", "cos", "tan", "arctan")}
LAWS: dict[str, tuple[Sort, ...]] = {
    "Normal": (NUM, NUM), "Exponential": (NUM,), "Uniform": (NUM, NUM), "Bernoulli": (NUM,),
    "Poisson": (NUM,), "Binomial": (NAT, NUM), "Geometric": (NUM,), "Gamma": (NUM, NUM),
    "Beta": (NUM, NUM),
}  # fmt: skip


def operator(base: t.Node, name: str, suffixes: Suffixes, scope: Scope) -> tuple[Term, Suffixes]:
    """The built-in `name` with its subscript and arguments, and the suffixes after them."""
    sub: t.Node | None = None
    if suffixes and isinstance(suffixes[0], t.Sub):
        sub, suffixes = suffixes[0].index, suffixes[1:]
    if name == "δ":
        if sub is None:
            raise fail(base, "δ needs a point", "δ_x")
        point = ex.elaborate(sub, scope)
        return mk("dirac", b.numeric(point) if point.sort == NAT else point), suffixes
    power = (
        suffixes[0] if suffixes and isinstance(suffixes[0], t.Sup) and len(suffixes) > 1 else None
    )
    if power is not None:
        suffixes = suffixes[1:]
    args = _arguments(base, name, suffixes)
    value = _apply(base, name, sub, args, scope)
    if power is not None:
        exponent = power.exponent
        value = ops.power(power, value, exponent, scope)
    return value, suffixes[1:]


def _arguments(base: t.Node, name: str, suffixes: Suffixes) -> tuple[t.Node, ...]:
    match suffixes:
        case (t.Call(args=args) | t.Bracket(args=args), *_):
            return args
    raise fail(base, f"{name} needs arguments", f"{name}(…)")


def _apply(
    base: t.Node, name: str, sub: t.Node | None, args: tuple[t.Node, ...], scope: Scope
) -> Term:
    match name:
        case "E":
            return expectation(base, sub, _one(base, args), scope)
        case "Var":
            return _moment("Var", base, sub, args, 1, scope)
        case "Cov":
            return _moment("Cov", base, sub, args, 2, scope)
        case "law":
            variable = variables(args, scope)
            return mk("law", probability(base, sub, variable.sort[1], scope), variable)
    if sub is not None:
        raise fail(sub, f"{name} takes no subscript")
    match name:
        case "KL":
            return mk("KL", *_two_measures(base, args, scope))
        case "TV":
            return mk("TV", *_two_measures(base, args, scope))
        case "H":
            if len(args) > 1:
                joint = variables(args, scope)
                return mk("H", mk("law", scope.ambient(base, joint.sort[1]), joint))
            return entropy(base, _one(base, args), scope)
        case "σ":
            return mk("sigma", variables(args, scope))
        case "min" | "max":
            if len(args) < 2:
                raise fail(base, f"{name} needs two or more arguments")
            return b.arithmetic(lambda *xs: mk(name, *xs), *[ex.numeric(a, scope) for a in args])
    if name in ELEMENTARY:
        head = ELEMENTARY[name]
        return b.arithmetic(lambda x: mk(head, x), ex.numeric(_one(base, args), scope))
    return named_law(base, name, args, scope)


def _one(base: t.Node, args: tuple[t.Node, ...]) -> t.Node:
    if len(args) != 1:
        raise fail(base, f"one argument is needed, {len(args)} are given")
    return args[0]


def named_law(base: t.Node, name: str, args: tuple[t.Node, ...], scope: Scope) -> Term:
    """`Normal(m, s²)` and its kind."""
    sorts = LAWS[name]
    if len(args) != len(sorts):
        raise fail(base, f"{name} takes {len(sorts)} arguments, {len(args)} are given")
    return mk(
        name,
        *[
            ex.index(a, scope) if s == NAT else ex.scalar(a, scope)
            for a, s in zip(args, sorts, strict=True)
        ],
    )


def probability(base: t.Node, sub: t.Node | None, space: Sort | None, scope: Scope) -> Term:
    """The measure of `E`, `Var`, `law`: the subscript, or the ambient one."""
    return scope.ambient(base, space) if sub is None else ex.measure(sub, scope, space)


def variables(args: tuple[t.Node, ...], scope: Scope) -> Term:
    """One random variable, or several as one variable with values in a product."""
    parts = [ex.elaborate(arg, scope) for arg in args]
    for part, arg in zip(parts, args, strict=True):
        if not b.is_fn(part):
            raise fail(arg, f"this is {describe(part.sort)}", "a random variable")
    return b.pair(*[indicator_of(part) for part in parts])


def indicator_of(part: Term) -> Term:
    """An event as the random variable that is its indicator."""
    return b.indicator(part) if b.is_set(part) else part


def expectation(base: t.Node, sub: t.Node | None, arg: t.Node, scope: Scope) -> Term:
    """`E[X]`, `E_Q[X]`, `E_{X~Q}[g(X)]`, `E[X | 𝒢]`, `E[X | Y]`."""
    match sub:
        case t.Relation(operands=(t.Name(text=name), law), relations=("~",), tail=None):
            measure = ex.measure(law, scope)
            inner, point = scope.bind_fresh(name, measure.sort[1])
            return mk("E", measure, abstract(ex.scalar(arg, inner), point))
    match arg:
        case t.Given(left=left, right=right):
            return conditional(base, sub, left, right, scope)
    value = random(base, sub, arg, scope)
    measure = probability(base, sub, value.sort[1] if b.is_fn(value) else None, scope)
    return mk("E", measure, _on(arg, value, measure))


def random(base: t.Node, sub: t.Node | None, arg: t.Node, scope: Scope) -> Term:
    """The argument of an expectation; the variable of `ω ↦ …` is a sample point."""
    if isinstance(arg, t.Lambda):
        measure = probability(base, sub, None, scope)
        return b.numeric(ex.elaborate(arg, scope, ("fn", measure.sort[1], NUM)))
    return ex.numeric(arg, scope)


def _on(arg: t.Node, value: Term, measure: Term) -> Term:
    """`value` as a numerical function on the space of `measure`."""
    try:
        function = b.on_space(value, measure.sort[1])
        if function.sort[2] != NUM:
            raise ElabError(f"this is {describe(value.sort)}", expected="a numerical function")
        return function
    except ElabError as problem:
        raise fail(arg, problem.message, problem.expected) from None


def conditional(
    base: t.Node, sub: t.Node | None, left: t.Node, right: t.Node, scope: Scope
) -> Term:
    """`E[X | 𝒢]` and `E[X | Y]`, a random variable."""
    if fm.is_formula(right):
        raise fail(
            right,
            "conditioning on a value of a variable is not defined",
            "a σ-algebra or a variable",
        )
    value = random(base, sub, left, scope)
    parts = right.items if isinstance(right, t.Tuple) else (right,)
    given = ex.elaborate(parts[0], scope) if len(parts) == 1 else None
    if given is None or (b.is_fn(given) and given.sort[2] != PROP):
        given = mk("sigma", variables(parts, scope))
    if not b.is_sig(given):
        raise fail(right, f"this is {describe(given.sort)}", "a σ-algebra or a random variable")
    measure = probability(base, sub, given.sort[1], scope)
    variable = _on(left, value, measure)
    return b.lam(measure.sort[1], lambda x: mk("cexp", measure, variable, given, x))


def _moment(
    head: str, base: t.Node, sub: t.Node | None, args: tuple[t.Node, ...], size: int, scope: Scope
) -> Term:
    if len(args) != size:
        raise fail(base, f"{head} takes {size} argument{'s' * (size > 1)}, {len(args)} are given")
    if any(isinstance(a, t.Given) for a in args):
        raise fail(base, f"a conditional {head} is not defined")
    values = [random(base, sub, a, scope) for a in args]
    space = next((v.sort[1] for v in values if b.is_fn(v)), None)
    measure = probability(base, sub, space, scope)
    return mk(head, measure, *[_on(a, v, measure) for a, v in zip(args, values, strict=True)])


def _two_measures(base: t.Node, args: tuple[t.Node, ...], scope: Scope) -> tuple[Term, Term]:
    match args:
        case (t.Divergence(left=left, right=right),) | (left, right):
            first = ex.measure(left, scope)
            return first, ex.measure(right, scope, first.sort[1])
    raise fail(base, "two measures are needed", "KL(P ‖ Q)")


def entropy(base: t.Node, arg: t.Node, scope: Scope) -> Term:
    """`H(P)` of a law, `H(X)` of a variable."""
    if isinstance(arg, t.Given):
        raise fail(arg, "conditional entropy is not defined")
    value = ex.elaborate(arg, scope)
    if b.is_fn(value):
        value = mk("law", scope.ambient(base, value.sort[1]), value)
    return mk("H", value)
