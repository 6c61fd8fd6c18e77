"""The panel: 30 steps which both derive and sympy can express, 20 of algebra, 10 of integrals and expectations.

A step is a text in the language, and a function that builds `lhs - rhs` in sympy over fresh symbols.
Names in braces become fresh ones each time, so that nothing is found in a table. No difference is 0
by the mere building of it in sympy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

Build = Callable[[Any, Callable[[str], Any]], Any]


class Step(NamedTuple):
    """One step in both worlds. `by_hand` is what a knowing user of sympy would call instead of simplify."""

    name: str
    given: str
    left: str
    right: str
    reason: str
    letters: str
    build: Build
    by_hand: str = "expand"

    def text(self, number: int) -> str:
        """The file to check, with names of its own."""
        names = {letter: f"{letter}{number}" for letter in self.letters.split()}
        lines = [f"given {line}" for line in self.given.split("; ")]
        lines += [self.left, f"  = {self.right}     by {self.reason}"]
        return "\n".join(lines).format_map(names) + "\n"


def _algebra(
    name: str, left: str, right: str, build: Build, letters: str, *, kind: str, by_hand: str
) -> Step:
    declared = ", ".join("{" + letter + "}" for letter in letters.split())
    left, right = _braced(left, letters), _braced(right, letters)
    return Step(name, f"{declared} : {kind}", left, right, "algebra", letters, build, by_hand)


_real = partial(_algebra, kind="real", by_hand="expand")
_positive = partial(_algebra, kind="positive real", by_hand="together")


def _braced(text: str, letters: str) -> str:
    """Single letters of a step, marked as names to replace."""
    out, known, word = "", set(letters.split()), ""
    for char in text + " ":
        if char.isalpha():
            word += char
            continue
        out += "{" + word + "}" if word in known else word
        word = ""
        out += char
    return out.strip()


ALGEBRA = [
    _real(
        "square of a sum",
        "(a + b)^2",
        "a^2 + 2 a b + b^2",
        lambda s, v: (v("a") + v("b")) ** 2 - (v("a") ** 2 + 2 * v("a") * v("b") + v("b") ** 2),
        "a b",
    ),
    _real(
        "difference of squares",
        "(a + b) (a - b)",
        "a^2 - b^2",
        lambda s, v: (v("a") + v("b")) * (v("a") - v("b")) - (v("a") ** 2 - v("b") ** 2),
        "a b",
    ),
    _real(
        "cube of a sum",
        "(a + b)^3",
        "a^3 + 3 a^2 b + 3 a b^2 + b^3",
        lambda s, v: (
            (v("a") + v("b")) ** 3
            - (v("a") ** 3 + 3 * v("a") ** 2 * v("b") + 3 * v("a") * v("b") ** 2 + v("b") ** 3)
        ),
        "a b",
    ),
    _real(
        "polarisation",
        "(x + y)^2 - (x - y)^2",
        "4 x y",
        lambda s, v: (v("x") + v("y")) ** 2 - (v("x") - v("y")) ** 2 - 4 * v("x") * v("y"),
        "x y",
    ),
    _real(
        "difference of cubes",
        "a^3 - b^3",
        "(a - b) (a^2 + a b + b^2)",
        lambda s, v: (
            v("a") ** 3
            - v("b") ** 3
            - (v("a") - v("b")) * (v("a") ** 2 + v("a") * v("b") + v("b") ** 2)
        ),
        "a b",
    ),
    _real(
        "square of three terms",
        "(a + b + c)^2",
        "a^2 + b^2 + c^2 + 2 a b + 2 a c + 2 b c",
        lambda s, v: (
            (v("a") + v("b") + v("c")) ** 2
            - (
                v("a") ** 2
                + v("b") ** 2
                + v("c") ** 2
                + 2 * v("a") * v("b")
                + 2 * v("a") * v("c")
                + 2 * v("b") * v("c")
            )
        ),
        "a b c",
    ),
    _real(
        "two brackets",
        "a (b + c) - b (a + c)",
        "c (a - b)",
        lambda s, v: (
            v("a") * (v("b") + v("c")) - v("b") * (v("a") + v("c")) - v("c") * (v("a") - v("b"))
        ),
        "a b c",
    ),
    _real(
        "two squares",
        "(a^2 + b^2) (c^2 + d^2)",
        "(a c - b d)^2 + (a d + b c)^2",
        lambda s, v: (
            (v("a") ** 2 + v("b") ** 2) * (v("c") ** 2 + v("d") ** 2)
            - (v("a") * v("c") - v("b") * v("d")) ** 2
            - (v("a") * v("d") + v("b") * v("c")) ** 2
        ),
        "a b c d",
    ),
    _real(
        "completed square",
        "x^2 + 2 b x + c",
        "(x + b)^2 + c - b^2",
        lambda s, v: (
            v("x") ** 2
            + 2 * v("b") * v("x")
            + v("c")
            - ((v("x") + v("b")) ** 2 + v("c") - v("b") ** 2)
        ),
        "x b c",
    ),
    _real(
        "variance of a coin",
        "p (1 - p)",
        "p - p^2",
        lambda s, v: v("p") * (1 - v("p")) - (v("p") - v("p") ** 2),
        "p",
    ),
    _real(
        "at least one of two",
        "1 - (1 - p) (1 - q)",
        "p + q - p q",
        lambda s, v: 1 - (1 - v("p")) * (1 - v("q")) - (v("p") + v("q") - v("p") * v("q")),
        "p q",
    ),
    _real(
        "geometric sum",
        "(1 - x) (1 + x + x^2 + x^3)",
        "1 - x^4",
        lambda s, v: (1 - v("x")) * (1 + v("x") + v("x") ** 2 + v("x") ** 3) - (1 - v("x") ** 4),
        "x",
    ),
    _real(
        "four factors",
        "(a - b) (a + b) (a^2 + b^2)",
        "a^4 - b^4",
        lambda s, v: (
            (v("a") - v("b")) * (v("a") + v("b")) * (v("a") ** 2 + v("b") ** 2)
            - (v("a") ** 4 - v("b") ** 4)
        ),
        "a b",
    ),
    _real(
        "sum of exponents",
        "exp(a) exp(b)",
        "exp(a + b)",
        lambda s, v: s.exp(v("a")) * s.exp(v("b")) - s.exp(v("a") + v("b")),
        "a b",
    ),
    _positive(
        "cancelled factor",
        "(x y + x z)/x",
        "y + z",
        lambda s, v: (v("x") * v("y") + v("x") * v("z")) / v("x") - (v("y") + v("z")),
        "x y z",
    ),
    _positive(
        "parts of one",
        "s/(s + t) + t/(s + t)",
        "1",
        lambda s, v: v("s") / (v("s") + v("t")) + v("t") / (v("s") + v("t")) - 1,
        "s t",
    ),
    _positive(
        "difference of inverses",
        "1/s - 1/(s + t)",
        "t/(s (s + t))",
        lambda s, v: 1 / v("s") - 1 / (v("s") + v("t")) - v("t") / (v("s") * (v("s") + v("t"))),
        "s t",
    ),
    _positive(
        "common denominator",
        "a/b + c/b",
        "(a + c)/b",
        lambda s, v: v("a") / v("b") + v("c") / v("b") - (v("a") + v("c")) / v("b"),
        "a b c",
    ),
    _positive(
        "posterior of a coin",
        "a s/(a s + b t) + b t/(a s + b t)",
        "1",
        lambda s, v: (
            v("a") * v("s") / (v("a") * v("s") + v("b") * v("t"))
            + v("b") * v("t") / (v("a") * v("s") + v("b") * v("t"))
            - 1
        ),
        "a b s t",
    ),
    _positive(
        "logarithm of a product",
        "log(s t)",
        "log(s) + log(t)",
        lambda s, v: s.log(v("s") * v("t"), evaluate=False) - s.log(v("s")) - s.log(v("t")),
        "s t",
        by_hand="expand",
    ),
]


def _integral(body: Callable[[Any, Any, Callable], Any]) -> Build:
    """Over functions f, g of one variable, on the whole line."""

    def build(s: Any, v: Callable[[str], Any]) -> Any:
        x = v("x")
        functions = {name: s.Function(v(name).name)(x) for name in ("f", "g")}

        def integral(term: Any) -> Any:
            return s.Integral(term, (x, -s.oo, s.oo))

        return body(functions["f"], functions["g"], integral, v)

    return build


def _random(body: Callable[..., Any]) -> Build:
    """Over random symbols X, Y, of which nothing is known."""

    def build(s: Any, v: Callable[[str], Any]) -> Any:
        from sympy import stats
        from sympy.stats.rv import RandomSymbol

        return body(stats, RandomSymbol(v("X").name), RandomSymbol(v("Y").name), v)

    return build


_F = "{μ} : measure on 𝒳; {f}, {g} : 𝒳 → ℝ, integrable under {μ}; {a}, {b} : real"
_X = "{X}, {Y} : random variable, integrable; {a}, {b} : real"
_X2 = "{X}, {Y} : random variable, square-integrable; {a}, {b} : real"
_FL, _XL = "μ f g a b x", "X Y a b"

MEASURE = [
    Step(
        "integral of a sum",
        _F,
        "∫ {f} + {g} d{μ}",
        "∫ {f} d{μ} + ∫ {g} d{μ}",
        "linearity",
        _FL,
        _integral(lambda f, g, i, v: i(f + g) - i(f) - i(g)),
    ),
    Step(
        "integral of a difference",
        _F,
        "∫ {f} - {g} d{μ}",
        "∫ {f} d{μ} - ∫ {g} d{μ}",
        "linearity",
        _FL,
        _integral(lambda f, g, i, v: i(f - g) - i(f) + i(g)),
    ),
    Step(
        "constant factor",
        _F,
        "∫ {a} {f} d{μ}",
        "{a} ∫ {f} d{μ}",
        "linearity",
        _FL,
        _integral(lambda f, g, i, v: i(v("a") * f) - v("a") * i(f)),
    ),
    Step(
        "linear combination",
        _F,
        "∫ {a} {f} + {b} {g} d{μ}",
        "{a} ∫ {f} d{μ} + {b} ∫ {g} d{μ}",
        "linearity",
        _FL,
        _integral(lambda f, g, i, v: i(v("a") * f + v("b") * g) - v("a") * i(f) - v("b") * i(g)),
    ),
    Step(
        "another variable",
        _F,
        "∫ 2 {f}({x}) + {g}({x}) {μ}(d{x})",
        "2 ∫ {f} d{μ} + ∫ {g} d{μ}",
        "linearity",
        _FL,
        _integral(lambda f, g, i, v: i(2 * f + g) - 2 * i(f) - i(g)),
    ),
    Step(
        "expectation of a sum",
        _X,
        "E[{X} + {Y}]",
        "E[{X}] + E[{Y}]",
        "linearity",
        _XL,
        _random(lambda r, x, y, v: r.Expectation(x + y) - r.Expectation(x) - r.Expectation(y)),
    ),
    Step(
        "expectation of a X + b",
        _X,
        "E[{a} {X} + {b}]",
        "{a} E[{X}] + {b}",
        "linearity",
        _XL,
        _random(
            lambda r, x, y, v: (
                r.Expectation(v("a") * x + v("b")) - v("a") * r.Expectation(x) - v("b")
            )
        ),
    ),
    Step(
        "expectation of 2 X - 3 Y + 1",
        _X,
        "E[2 {X} - 3 {Y} + 1]",
        "2 E[{X}] - 3 E[{Y}] + 1",
        "linearity",
        _XL,
        _random(
            lambda r, x, y, v: (
                r.Expectation(2 * x - 3 * y + 1) - 2 * r.Expectation(x) + 3 * r.Expectation(y) - 1
            )
        ),
    ),
    Step(
        "variance of a X + b",
        _X2,
        "Var({a} {X} + {b})",
        "{a}^2 Var({X})",
        "variance_affine",
        _XL,
        _random(lambda r, x, y, v: r.Variance(v("a") * x + v("b")) - v("a") ** 2 * r.Variance(x)),
    ),
    Step(
        "variance of a sum",
        _X2,
        "Var({X} + {Y})",
        "Var({X}) + Var({Y}) + 2 Cov({X}, {Y})",
        "variance_of_sum",
        _XL,
        _random(
            lambda r, x, y, v: (
                r.Variance(x + y) - r.Variance(x) - r.Variance(y) - 2 * r.Covariance(x, y)
            )
        ),
    ),
]

STEPS = [*ALGEBRA, *MEASURE]


def sympy_difference(step: Step, number: int) -> Any:
    """`lhs - rhs` over symbols that no table of sympy knows."""
    import sympy

    positive = "positive real" in step.given

    def symbol(letter: str) -> Any:
        return sympy.Symbol(f"{letter}{number}", real=True, positive=positive or None)

    return step.build(sympy, symbol)
