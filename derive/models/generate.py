"""Random models of premises: drawn with the premises' wishes, then mended where a premise fails."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.kernel.term import App, Lam, Term
from derive.models.compilation import compiled
from derive.models.definitions import definition
from derive.models.extended import INF, NEG, Number
from derive.models.mend import mended
from derive.models.model import JUNK, Model
from derive.models.outcome import Undecided
from derive.models.spaces import Measure, Seq, Sigma, Space, Table, Value
from derive.models.wishes import Wishes, letters_in

SIZES = (1, 2, 2, 2, 3, 3, 3, 4)
NUMBERS = (0, 0, 0, 1, 1, 1, 2, -1, -1, -2, Fraction(1, 2), Fraction(-1, 2), 3, INF, INF, NEG, NEG)
POSITIVE = (0, 0, 1, 1, 2, Fraction(1, 2), 3, INF, INF)
WEIGHTS = (0, 0, 1, 1, Fraction(1, 2), 2, INF)
PARTIAL = ("inv", "pow", "rpow", "sqrt", "log", "sum", "lim", "mass", "int")


class Failed(Exception):
    """No model of the premises was found in this try."""


def space_names(sorts: list[Sort]) -> list[str]:
    """The base spaces and space variables of sorts."""
    found: dict[str, None] = {}

    def walk(sort: Sort) -> None:
        if isinstance(sort, str):
            if sort not in (NUM, NAT, PROP):
                found[sort] = None
        else:
            for part in sort[1:]:
                walk(part)

    for sort in sorts:
        walk(sort)
    return list(found)


def sorts_in(term: Term) -> list[Sort]:
    """The sorts of a term's binders."""
    if isinstance(term, Lam):
        return [term.domain, *sorts_in(term.body)]
    return [s for a in term.args for s in sorts_in(a)] if isinstance(term, App) else []


def partitioned(points: str, random: Random) -> Space:
    """A space of these points with a random partition."""
    labels = [random.randrange(len(points)) for _ in points]
    return Space({p: points[labels.index(k)] for p, k in zip(points, labels, strict=True)})


def coarser(space: Space, random: Random) -> Sigma:
    """A random σ-algebra of events of a space."""
    labels = {key: random.randrange(len(space.blocks)) for key in space.blocks}
    return Sigma({p: labels[key] for p, key in space.block.items()})


class Draw:
    """Draws spaces and values from a source of randomness."""

    def __init__(self, random: Random, wishes: Wishes, sorts: dict[str, Sort]) -> None:
        self.random, self.wishes, self.sorts = random, wishes, sorts
        self.few: tuple[Number, ...] | None = None
        if random.random() < 0.5:
            few = [random.choice(NUMBERS) for _ in range(random.choice((1, 2, 3)))]
            self.few = (*few, random.choice((0, 1, INF, NEG, NEG)))

    def junk(self) -> dict[str, Number]:
        """A value for each partial symbol, often one that occurs elsewhere in the model."""
        values = JUNK if self.few is None or self.random.random() < 0.3 else (*self.few, 0, 1, INF)
        return {symbol: self.random.choice(values) for symbol in PARTIAL}

    def space(self) -> Space:
        """A space of one to four points with a random partition."""
        size = self.random.choice(SIZES)
        points = "abcd"[:size]
        if self.random.random() < 0.25:
            return Space({p: p for p in points})
        return partitioned(points, self.random)

    def value(self, m: Model, name: str, sort: Sort) -> Value:
        """A value for a letter: new, or near the value of another letter of its sort."""
        wanted = self.wishes.get(name, set())
        twins = [v for n, v in m.letters.items() if n != name and self.sorts.get(n) == sort]
        if twins and self.random.random() < 0.2:
            return self._near(self.random.choice(twins), m, sort, wanted)
        return self.any(m, sort, wanted)

    def number(self, wanted: set[str]) -> Number:
        """A number of the grid."""
        values: tuple[Number, ...] = NUMBERS
        if "nonnegative" in wanted and self.random.random() < 0.95:
            values = POSITIVE
        if "finite" in wanted or ("integrable" in wanted and self.random.random() < 0.85):
            values = tuple(v for v in values if not isinstance(v, float))
        shared = [v for v in self.few or () if v in values]
        return self.random.choice(shared or values)

    def any(self, m: Model, sort: Sort, wanted: set[str]) -> Value:
        """A random value of a sort."""
        if sort == NUM:
            return self.number(wanted)
        if sort == NAT:
            return self.random.choice((0, 1, 1, 2, 2, 3))
        if sort == PROP:
            return self.random.random() < 0.5
        if isinstance(sort, tuple) and sort[0] == "fn":
            return self._function(m, sort[1], sort[2], wanted)
        if isinstance(sort, tuple) and sort[0] == "meas":
            return self._measure(m, sort[1], wanted)
        space = m.space(sort[1] if isinstance(sort, tuple) and sort[0] == "sig" else sort)
        if space is None:
            raise Undecided(f"no values of {sort}")
        if isinstance(sort, tuple) and sort[0] == "sig":
            return coarser(space, self.random)
        return self.random.choice(space.points)

    def _measure(self, m: Model, domain: Sort, wanted: set[str]) -> Measure:
        space = m.space(domain)
        if space is None:
            raise Undecided("a measure on an infinite space")
        keys = list(space.blocks)
        choices = self.random.choice((WEIGHTS, WEIGHTS, (0, 0, 1, 2), (0, 0, INF)))
        weights: list[Number] = [self.random.choice(choices) for _ in keys]
        if wanted & {"probability", "finite_measure", "sigma_finite"}:
            weights = [2 if w == INF else w for w in weights]
        if "probability" in wanted or self.random.random() < 0.15:
            parts = [self.random.choice((0, 1, 1, 2, 3)) for _ in keys]
            parts[self.random.randrange(len(parts))] += 1
            weights = [Fraction(p, sum(parts)) for p in parts]
        return Measure({k: w for k, w in zip(keys, weights, strict=True) if w != 0})

    def _function(self, m: Model, domain: Sort, target: Sort, wanted: set[str]) -> Value:
        if domain == NAT:
            return self._sequence(m, target, wanted)
        space = m.space(domain)
        if space is None:
            points = self.random.sample((-1, 0, Fraction(1, 2), 1, 2), 2)
            return Table(
                {p: self.any(m, target, wanted) for p in points}, self.any(m, target, wanted)
            )
        palette = [self.any(m, target, wanted) for _ in range(self.random.choice((1, 2, 2, 3, 4)))]
        if "measurable" not in wanted and self.random.random() < 0.6:
            return Table({p: self.random.choice(palette) for p in space.points})
        values: dict[Value, Value] = {}
        for block in space.blocks.values():
            value = self.random.choice(palette)
            fellows = self._fellows(m, target, value)
            values.update({p: self.random.choice(fellows) for p in block})
        return Table({p: values[p] for p in space.points})

    def _fellows(self, m: Model, target: Sort, value: Value) -> list[Value]:
        """The values that no event tells from this one."""
        space = m.space(target)
        return (
            [value]
            if space is None or target == PROP
            else [p for p in space.points if space.block[p] == space.block[value]]
        )

    def _sequence(self, m: Model, target: Sort, wanted: set[str]) -> Seq:
        start = self.random.choice((0, 1, 2, 2, 3, 4))
        period = self.random.choice((1, 1, 1, 2))
        terms = [self.any(m, target, wanted) for _ in range(start + period)]
        mode = self.random.random()
        if mode < 0.25:
            terms = [*terms[:start], terms[-1]]
            period = 1
            if target == NUM:
                terms[-1] = 0
        domain = m.space(target[1]) if isinstance(target, tuple) and target[0] == "fn" else None
        if domain is not None and target[2] == PROP and mode < 0.75:
            terms = self._shaped(domain, terms[: start + 1], mode)
            period = 1
        if target == NUM and 0.3 < mode < 0.5:
            terms.sort()
        return Seq(tuple(terms[: len(terms) - period]), tuple(terms[len(terms) - period :]))

    def _shaped(self, space: Space, terms: list[Table], mode: float) -> list[Table]:
        """Disjoint, increasing or decreasing sequences of sets."""
        seen, out = Table(dict.fromkeys(space.points, mode > 0.6)), []
        for place, term in enumerate(terms):
            if place == 0:
                out.append(term)
            elif mode < 0.45:
                last = place == len(terms) - 1
                out.append(Table({p: term(p) and not seen(p) and not last for p in space.points}))
                seen = Table({p: seen(p) or term(p) for p in space.points})
            elif mode <= 0.6:
                seen = Table({p: seen(p) or term(p) for p in space.points})
                out.append(seen)
            else:
                seen = Table({p: seen(p) and term(p) for p in space.points})
                out.append(seen)
        return out if len(out) > 1 else [*out, Table(dict.fromkeys(space.points, False))]

    def _near(self, value: Value, m: Model, sort: Sort, wanted: set[str]) -> Value:
        if isinstance(value, Table) and self.random.random() < 0.7:
            changed = dict(value.values)
            changed[self.random.choice(list(changed))] = self.any(m, sort[2], wanted)
            return Table(changed, value.default)
        return value


class Search:
    """Models of premises, for letters of given sorts."""

    def __init__(
        self,
        metas: dict[str, Sort],
        premises: tuple[Term, ...],
        others: tuple[Term, ...],
        wishes: Wishes,
    ) -> None:
        self.sorts = metas
        sorts = [*metas.values(), *(s for t in (*premises, *others) for s in sorts_in(t))]
        self.spaces = space_names(sorts)
        self.codes = [compiled(p) for p in premises]
        self.letters = [sorted(letters_in(p)) for p in premises]
        self.wishes = wishes
        self.definitions = [definition(p) for p in premises]

    def model(self, random: Random) -> Model:
        """A random model in which every premise is true; raises `Failed` or `Undecided`."""
        draw = Draw(random, self.wishes, self.sorts)
        m = Model({name: draw.space() for name in self.spaces}, {}, draw.junk())
        for name, sort in self.sorts.items():
            m.letters[name] = draw.value(m, name, sort)
        if not mended(m, self, draw):
            raise Failed
        return m

    def first_false(self, m: Model) -> int | None:
        """The place of the first premise that is not true in a model; raises `Undecided`."""
        for place, code in enumerate(self.codes):
            if not code(m, ()):
                return place
        return None
