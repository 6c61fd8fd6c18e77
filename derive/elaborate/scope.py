"""The names in scope: declared objects, the ambient probability space, binders, built-in names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from derive.elaborate import build as b
from derive.elaborate.notation import NONE, Notation, Notations
from derive.elaborate.problem import fail, near
from derive.kernel.sort import NAT, NUM, Sort, meas
from derive.kernel.term import Term, mk, mk_free
from derive.syntax.tree import Node

AMBIENT_SPACE = "Ω"
OPERATORS = frozenset(
    [
        "E",
        "Var",
        "Cov",
        "KL",
        "TV",
        "H",
        "law",
        "log",
        "ln",
        "exp",
        "sqrt",
        "abs",
        "sin",
        "cos",
        "tan",
        "arctan",
        "min",
        "max",
        "σ",
        "δ",
        "Normal",
        "Exponential",
        "Uniform",
        "Bernoulli",
        "Poisson",
        "Binomial",
        "Geometric",
        "Gamma",
        "Beta",
    ]
)
"""Built-in names that need arguments; a declaration of the same name shadows them."""
CONSTANTS = frozenset(["∞", "π", "e", "λ", "lebesgue", "counting", "P", "Ω", "ℱ", "ℝ", "ℕ", "∅"])
SPACE_SORTS: dict[str, Sort] = {"ℝ": NUM, "ℕ": NAT}


@dataclass(frozen=True)
class Letter:
    """An undeclared letter that stands for every value: its Free and what restricts it."""

    name: str
    free: Term
    guard: Term | None


@dataclass
class Scope:
    """What names mean at some place of an item; binders make an inner scope."""

    values: dict[str, Term] = field(default_factory=dict)
    spaces: set[str] = field(default_factory=set)
    probabilities: dict[str, Term] = field(default_factory=dict)
    measures: dict[str, Term] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    notations: Notations = NONE

    def bind(self, name: str, value: Term) -> Scope:
        """The scope inside a binder of `name`; a declared name is shadowed, with a warning."""
        if name in self.declared and name in self.values:
            note = f"{name} is bound here and hides the declared {name}"
            if note not in self.warnings:
                self.warnings.append(note)
        inner = replace(self, values={**self.values, name: value})
        inner.declared = self.declared - {name}
        inner.measures = {k: v for k, v in self.measures.items() if k != name}
        return inner

    def bind_fresh(self, name: str, sort: Sort) -> tuple[Scope, Term]:
        """The scope inside a binder of `name`, and the fresh Free that stands for it."""
        point = b.fresh(sort)
        return self.bind(name, point), point

    def with_letters(self, letters: list[Letter]) -> Scope:
        """The scope in which undeclared letters have a meaning."""
        if not letters:
            return self
        return replace(self, values={**self.values, **{x.name: x.free for x in letters}})

    def is_operator(self, name: str) -> bool:
        """Whether `name` is a built-in that takes arguments here."""
        return name in OPERATORS and name not in self.values

    def notation(self, name: str) -> Notation | None:
        """The definition that `name` stands for here."""
        hidden = name in self.values or name in self.spaces
        return None if hidden else self.notations.get(name)

    def known(self) -> list[str]:
        """Every name that means something here."""
        return [*self.values, *self.spaces, *OPERATORS, *CONSTANTS, *self.notations.meanings]

    # ---- the ambient space ---------------------------------------------------------------

    def ambient_space(self) -> Sort:
        """Where random variables and events live."""
        if "P" in self.probabilities:
            return self.probabilities["P"].sort[1]
        return AMBIENT_SPACE

    def ambient(self, node: Node, space: Sort | None = None) -> Term:
        """The measure of a plain `E`, `Var`, `a.s.`; `space` is where its argument lives."""
        declared = self.probabilities
        if "P" in declared:
            return declared["P"]
        there = [p for p in declared.values() if space is None or p.sort[1] == space]
        if len(there) == 1 and (len(declared) == 1 or space is not None):
            return there[0]
        if not there and space in (None, AMBIENT_SPACE) and "P" not in self.values:
            return self.built_in_probability()
        names = ", ".join(declared) or "none"
        raise fail(
            node, f"which probability is meant? declared: {names}", "a subscript, as in E_Q[X]"
        )

    def built_in_probability(self) -> Term:
        """The ambient P of an item that declares none."""
        return mk_free("P", meas(AMBIENT_SPACE))

    def only_measure(self, node: Node, space: Sort) -> Term:
        """The measure that `integrable` alone speaks of, for a function on `space`."""
        ambient = self.probabilities.get("P")
        candidates = {m for m in self.measures.values() if m.sort[1] == space}
        if ambient is not None and ambient.sort[1] == space:
            candidates.add(ambient)
        if space == AMBIENT_SPACE and not self.probabilities and "P" not in self.values:
            candidates.add(self.built_in_probability())
        if len(candidates) == 1:
            return candidates.pop()
        raise fail(node, "which measure is meant?", "`integrable under μ`")

    # ---- names ---------------------------------------------------------------------------

    def space(self, name: str) -> Sort | None:
        """The space called `name`, if any."""
        if name in self.values:
            return None
        if name in SPACE_SORTS:
            return SPACE_SORTS[name]
        if name in self.spaces:
            return name
        return (
            AMBIENT_SPACE
            if name == AMBIENT_SPACE and self.ambient_space() == AMBIENT_SPACE
            else None
        )

    def value(self, name: str) -> Term | None:
        """What is declared or bound under `name`; `g'` is the derivative of a real function g."""
        found = self.values.get(name)
        stem = name.rstrip("'")
        if found is not None or stem == name:
            return found
        found = self.values.get(stem)
        if found is None or found.sort != ("fn", NUM, NUM):
            return None
        for _ in name[len(stem) :]:
            found = b.derivative(found)
        return found

    def resolve(self, node: Node, name: str, expected: Sort | None = None) -> Term:
        """What `name` means standing alone."""
        value = self.value(name)
        if value is not None:
            return value
        space = self.space(name)
        if space is not None:
            return b.whole(space)
        built_in = self._constant(node, name, expected)
        if built_in is not None:
            return built_in
        if name in OPERATORS:
            raise fail(node, f"{name} needs arguments", f"{name}(…)")
        if name in self.notations.unusable:
            raise fail(node, self.notations.unusable[name], "a name that is defined above")
        raise fail(node, f"{name} is not declared", "a declared name", near(name, self.known()))

    def _constant(self, node: Node, name: str, expected: Sort | None) -> Term | None:
        match name:
            case "∞":
                return b.INF
            case "π":
                return mk("pi")
            case "e":
                return mk("exp", b.ONE)
            case "λ" | "lebesgue":
                return mk("leb")
            case "P":
                return self._built_in_p(node)
            case "∅":
                return b.empty(self._space_of(node, name, expected))
            case "counting":
                return mk("count", b.lam(self._space_of(node, name, expected), lambda _: b.TRUE))
        return None

    def _others_on_omega(self) -> list[str]:
        return [n for n, p in self.probabilities.items() if p.sort[1] == AMBIENT_SPACE]

    def _built_in_p(self, node: Node) -> Term:
        """P where it is not declared; beside another probability on Ω, `E` would not mean it."""
        others = self._others_on_omega()
        if others:
            wanted = f"`given P, {', '.join(others)} : probability on Ω`"
            raise fail(node, f"P is not declared, and {others[0]} is declared on Ω", wanted)
        return self.built_in_probability()

    def _space_of(self, node: Node, name: str, expected: Sort | None) -> Sort:
        if isinstance(expected, tuple) and expected[0] in ("fn", "meas"):
            return expected[1]
        raise fail(
            node, f"in which space is {name} meant?", f"{name} beside something that says its space"
        )

    def measure_named(self, name: str) -> Term | None:
        """The measure that `d…` with this name means: declared ones, then built-in ones."""
        value = self.values.get(name)
        if value is not None:
            return value if b.is_meas(value) else None
        if name in ("λ", "lebesgue"):
            return mk("leb")
        built_in = name == "P" and not self._others_on_omega()
        return self.built_in_probability() if built_in else None
