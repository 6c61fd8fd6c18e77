"""Predicates in words: `X integrable`, `P ≪ Q`, `X_n → X in probability`."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_measure as sm
from derive.elaborate import show_number as sn
from derive.elaborate import show_set as ss
from derive.elaborate.printer import ATOM, UNION, State, Unprintable, between, is_ambient, wrap
from derive.kernel.term import App, Free, Lam, Term

PLAIN = {
    "measurable": "measurable", "bounded": "bounded", "injective": "injective",
    "continuous": "continuous",
    "differentiable": "differentiable", "convex": "convex", "finite_measure": "finite",
    "sigma_finite": "σ-finite", "probability": "probability", "mset": "event", "fin": "finite",
    "countable": "countable", "finite_set": "finite", "iindep": "independent",
    "pindep": "pairwise independent",
}  # fmt: skip


def predicate(term: App, state: State) -> str:
    """Predicates in words."""
    head, args = term.head, term.args
    if state.has_point(term) and head not in ("fin", "tendsto"):
        raise Unprintable(head)
    match head:
        case "integrable":
            return _under(args[0], args[1], "integrable", state)
        case "has_integral":
            if is_ambient(args[0], state.scope):
                return f"E[{sm.random(args[1], state)}] has a value"
            return f"{sm.integral(args[0], args[1], state)} has a value"
        case "has_sum":
            return f"({sn.big('∑', args[0], args[1], state)[0]}) has a value"
        case "has_limit":
            return f"({sn.limit('lim', args[0], state)[0]}) has a value"
        case "ac":
            return f"{_m(args[0], state)} ≪ {_m(args[1], state)}"
        case "indep":
            return (
                f"{_variable(args[1], state)} ⫫ {_variable(args[2], state)}{_law(args[0], state)}"
            )
        case "indep_sig":
            return between(sn.number(args[1], state), "⫫", sn.number(args[2], state), UNION)
        case "subsig":
            return between(sn.number(args[0], state), "⊆", sn.number(args[1], state), UNION)
        case "gmeasurable":
            return f"{_variable(args[1], state)} {wrap(sn.number(args[0], state), ATOM)}-measurable"
        case "iindep" | "pindep":
            return f"{_variable(args[1], state)} {PLAIN[head]}"
        case "tendsto":
            return _converges(args[0], args[1], state)
        case "cprob":
            return _random_limit(args[1], args[2], "in probability", state)
        case "cdist":
            return _random_limit(args[1], args[2], "in distribution", state)
        case "clp":
            power = sn.number(args[1], state)[0]
            return _random_limit(
                args[2], args[3], f"in L^{power if power.isalnum() else '{' + power + '}'}", state
            )
    if head in ("continuous", "differentiable", "convex") and isinstance(args[0], Lam):
        with state.opened(args[0]) as (name, _, body):
            return f"{wrap(sn.number(body, state), UNION)} {head} in {name}"
    if head == "probability":  # `P ⊗ Q probability` would be read as P ⊗ (Q probability)
        return f"{wrap(sm.measure(args[0], state), ATOM)} probability"
    if head in PLAIN:
        return f"{_subject(args[0], state)} {PLAIN[head]}"
    inside = ", ".join(sn.number(a, state)[0] for a in args)
    return f"{head}({inside})"


def _m(term: Term, state: State) -> str:
    return wrap(sm.measure(term, state), UNION)


def _subject(term: Term, state: State) -> str:
    if b.is_set(term):
        return wrap(ss.region(term, state), UNION)
    if b.is_fn(term):
        return wrap(sn.function(term, state), UNION)
    return wrap(sm.measure(term, state) if b.is_meas(term) else sn.number(term, state), UNION)


def _law(law: Term, state: State) -> str:
    return (
        ""
        if not isinstance(law, Free) or is_ambient(law, state.scope) or law.name == "P"
        else f" under {law.name}"
    )


def _variable(term: Term, state: State) -> str:
    """A random variable; an indicator of an event as the event."""
    if isinstance(term, Lam) and b.is_app(term.body, "iv"):
        return wrap(ss.region(b.abstract_body(term.domain, term.body.args[0]), state), UNION)
    return wrap(sn.function(term, state), UNION)


def _under(law: Term, function: Term, word: str, state: State) -> str:
    text = sn.integrand(function, state)
    shown = wrap(sn.function(function, state), UNION) if text is None else text
    if is_ambient(law, state.scope) and not _other_measure(law, state):
        return f"{shown} {word}"
    return f"{shown} {word} under {wrap(sm.measure(law, state), UNION)}"


def _other_measure(law: Term, state: State) -> bool:
    return any(m is not law and m.sort == law.sort for m in state.scope.measures.values())


def _converges(sequence: Term, target: Term, state: State) -> str:
    with state.opened(sequence) as (_, _, body):
        return f"{wrap(sn.number(body, state), UNION)} → {wrap(sn.number(target, state), UNION)}"


def _random_limit(sequence: Term, target: Term, mode: str, state: State) -> str:
    with state.opened(sequence) as (_, _, body):
        shown = sn.integrand(target, state)
        limit = shown if shown is not None else sn.function(target, state)[0]
        return f"{wrap(sn.function(body, state), UNION)} → {limit} {mode}"
