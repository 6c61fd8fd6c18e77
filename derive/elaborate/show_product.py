"""Sums, products and fractions as text."""

from __future__ import annotations

from derive.elaborate import build as b
from derive.elaborate import show_number as sn
from derive.elaborate.printer import ATOM, FACTOR, PRODUCT, SUM, State, Text, wrap
from derive.kernel.term import App, Free, Num, Term, mk, mk_num


def is_negative(term: Term) -> bool:
    """Whether `term` prints with a minus in front."""
    match term:
        case Num(value=value):
            return value < 0
        case App(head="mul", args=(Num(value=value), *rest)):
            return value < 0 and not any(isinstance(x, Num) for x in rest)
    return False


def opposite(term: Term) -> Term:
    """What stands after the minus."""
    match term:
        case Num(value=value):
            return mk_num(-value)
        case App(args=(Num(value=value), *rest)):
            return mk("mul", *rest) if value == -1 else mk("mul", mk_num(-value), *rest)
    return term


def addition(term: App, state: State) -> Text:
    """A sum, positive terms first."""
    plus = sorted((x for x in term.args if not is_negative(x)), key=lambda x: _sum_key(x, state))
    minus = sorted((x for x in term.args if is_negative(x)), key=lambda x: _sum_key(x, state))
    text = " + ".join(_summand(x, state, k == len(plus) - 1) for k, x in enumerate(plus))
    for x in minus:
        sign = " - " if text else "-"
        text += sign + _summand(opposite(x), state, x is minus[-1])
    return text, SUM


def _sum_key(term: Term, state: State) -> tuple[bool, bool, str, str]:
    text = sn.number(term, state)[0]
    inner = not state.has_point(term) if state.points else False
    return (isinstance(term, Num), inner, text.lstrip("-(0123456789 "), text)


def _summand(term: Term, state: State, last: bool) -> str:
    text = sn.number(term, state)
    return wrap(text, PRODUCT)


def product(term: App, state: State) -> Text:
    """A product: numerals, then names, then the rest; reciprocals as divisors."""
    if is_negative(term):
        return "-" + wrap(sn.number(opposite(term), state), PRODUCT), SUM
    over = [x for x in term.args if b.is_app(x, "inv")]
    top = [x for x in term.args if not b.is_app(x, "inv")]
    under = [x.args[0] for x in over]
    single = len(top) == 1 and isinstance(top[0], Num)
    if single and (top[0] is b.ONE or any(isinstance(x, Num) for x in under)):
        return " · ".join(wrap(sn.number(x, state), FACTOR) for x in term.args), PRODUCT
    text = factors(top, state) if top else "1"
    first = not top
    for x in sorted(under, key=lambda u: isinstance(u, Num)):
        if isinstance(x, Num) and (first or single):
            return " · ".join(wrap(sn.number(y, state), FACTOR) for y in term.args), PRODUCT
        text += ("/" if first else " / ") + divisor(x, state)
        first = False
    return text, PRODUCT


def factors(parts: list[Term], state: State) -> str:
    """Factors side by side, with a dot where juxtaposition could be read otherwise."""
    several = sum(isinstance(x, Num) for x in parts) > 1
    ordered = sorted(parts, key=lambda x: _factor_key(x, state))
    text = ""
    for k, part in enumerate(ordered):
        piece = sn.number(part, state)
        loose = piece[1] < FACTOR and not (
            k == 0 and isinstance(part, Num) and part.value > 0 and not several
        )
        shown = f"({piece[0]})" if loose else piece[0]
        text += _glue(ordered[k - 1] if k else None, text, shown, state) + shown
    return text


def _factor_key(term: Term, state: State) -> tuple[int, bool, bool, str]:
    text = sn.number(term, state)[0]
    simple = isinstance(term, Free) or (b.is_app(term, "pow") and isinstance(term.args[0], Free))
    kind = 0 if isinstance(term, Num) else 1 if simple else 3 if "/d" in text else 2
    return (kind, len(text) > 12, text[0] == "∫", text)


def _glue(before: Term | None, text: str, shown: str, state: State) -> str:
    if before is None:
        return ""
    unit = isinstance(before, Num) and before.value in (0, 1)
    plain = isinstance(before, (Num, Free)) or (
        b.is_app(before, "ofnat") and isinstance(before.args[0], Free)
    )
    bracket = shown[0] in "([|√"
    both_numbers = text[-1].isdigit() and shown[0].isdigit()
    quotient = ("d" in text[-12:] and "/d" in text) or "/d" in shown
    if (
        unit
        or (bracket and not plain)
        or both_numbers
        or shown[0] == "|"
        or shown[0].isdigit()
        or quotient
    ):
        return " · "
    return " "


def inverse(term: Term, state: State) -> Text:
    """`1/x`, or `3⁻¹` of a numeral."""
    if isinstance(term, Num):
        return wrap(sn.number(term, state), ATOM) + "⁻¹", FACTOR
    return "1/" + divisor(term, state), PRODUCT


def divisor(term: Term, state: State) -> str:
    """What stands under a fraction line."""
    text = sn.number(term, state)
    return f"({text[0]})" if "/d" in text[0] else wrap(text, FACTOR)
