"""Readable random models: few points, small numbers, functions that are not constant."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.kernel.sort import NAT, NUM, PROP, Sort
from derive.models.extended import INF, NEG, Number
from derive.models.generate import coarser, partitioned
from derive.models.model import Model
from derive.models.outcome import NoValue, Undecided
from derive.models.refute.copies import Copies
from derive.models.spaces import Key, Measure, Seq, Space, Table, Value
from derive.models.wishes import Wishes

HALF = Fraction(1, 2)
NUMBERS = (0, 0, 1, 1, 1, 2, 2, -1, -1, 3, -2, HALF)
NONNEGATIVE = (0, 0, 1, 1, 1, 2, 2, 3, HALF)
WEIGHTS = (0, 1, 1, 1, 2, HALF)
PLACES = (0, 1, -1, 2, HALF)
ALPHABETS = ("abcd", "uvwz", "pqrs", "klmo", "ghij", "xyne")


class Versions(dict[tuple[Key, ...], Number]):
    """Values of densities where nothing determines them: none in a strict model."""

    def __init__(self, model: Model, seed: int = 0) -> None:
        super().__init__()
        self.model, self.random = model, Random(seed)

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: tuple[Key, ...]) -> Number:
        if self.model.strict:
            raise NoValue("a value that nothing determines")
        if not super().__contains__(key):
            signed = key[0] == "cexp"
            self[key] = self.random.choice((0, 1, 3, HALF, -2) if signed else (0, 1, 3, HALF))
        return super().__getitem__(key)


def strict_model(spaces: dict[str, Space], letters: dict[str, Value]) -> Model:
    """A model in which what has no value raises `NoValue`."""
    m = Model(spaces, letters)
    m.strict, m.null_values = True, Versions(m)
    return m


def total_model(
    spaces: dict[str, Space], letters: dict[str, Value], junk: Number, seed: int
) -> Model:
    """The same model with something arbitrary in place of what has no value."""
    m = Model(spaces, letters, junk)
    m.null_values = Versions(m, seed)
    return m


def alphabets(spaces: list[str], names: set[str]) -> dict[str, str]:
    """Names of points for each space, different from the names of the item."""
    free = [a for a in ALPHABETS if not names & set(a)] or list(ALPHABETS)
    return {space: free[i % len(free)] for i, space in enumerate(spaces)}


class Draw:
    """Draws spaces of at most `size` points and the values of letters."""

    def __init__(
        self,
        random: Random,
        wishes: Wishes,
        sorts: dict[str, Sort],
        size: int,
        coarse: float = 0.15,
    ) -> None:
        self.random, self.wishes, self.sorts, self.size = random, wishes, sorts, size
        self.copies: frozenset[str] = frozenset()
        self.coarse = size > 1 and random.random() < coarse
        self.infinite = random.random() < 0.25
        self.uniform = random.random() < 0.6

    def chance(self, probability: float) -> bool:
        """Whether an event of this probability happens."""
        return self.random.random() < probability

    def space(self, alphabet: str, first: bool) -> Space:
        """A space; the first has the size asked for, others at most that."""
        size = self.size if first or self.chance(0.6) else self.random.randint(1, self.size)
        points = alphabet[:size]
        if not self.coarse:
            return Space({p: p for p in points})
        return partitioned(points, self.random)

    def value(self, m: Model, name: str, sort: Sort) -> Value:
        """A value for a letter, sometimes made from that of another letter of its sort."""
        wanted = self.wishes.get(name, set())
        if name in self.copies:
            return self._copies(m, sort, wanted)
        twins = [v for n, v in m.letters.items() if n != name and self.sorts.get(n) == sort]
        if twins and self.chance(0.25):
            return self._near(self.random.choice(twins), m, sort, wanted)
        return self.any(m, sort, wanted)

    def _copies(self, m: Model, sort: Sort, wanted: set[str]) -> Copies:
        """Two terms that look at different coordinates of four points."""
        space = m.space(sort[2][1])
        if space is None:
            raise Undecided("an independent sequence")
        values = [self.any(m, sort[2][2], wanted) for _ in range(2)]
        other = values if self.chance(0.8) else [self.any(m, sort[2][2], wanted) for _ in range(2)]
        points = space.points
        if len(points) < 4 or len(space.blocks) < len(points):
            return Copies(tuple(Table(dict.fromkeys(points, v[0])) for v in (values, other)))
        one = {p: values[k // 2] for k, p in enumerate(points)}
        return Copies((Table(one), Table({p: other[k % 2] for k, p in enumerate(points)})))

    def _near(self, value: Value, m: Model, sort: Sort, wanted: set[str]) -> Value:
        if not isinstance(value, Table) or self.chance(0.3):
            return value
        if self.chance(0.5):
            return self._permuted(value)
        changed = dict(value.values)
        if changed:
            changed[self.random.choice(list(changed))] = self.any(m, sort[2], wanted)
        return Table(changed, value.default)

    def _permuted(self, value: Table) -> Table:
        values = list(value.values.values())
        self.random.shuffle(values)
        return Table(dict(zip(value.values, values, strict=True)), value.default)

    def number(self, wanted: set[str]) -> Number:
        """A small number; infinite ones only in some models."""
        signed = "nonnegative" not in wanted
        if self.infinite and not wanted & {"finite", "integrable"} and self.chance(0.3):
            return NEG if signed and self.chance(0.3) else INF
        return self.random.choice(NUMBERS if signed else NONNEGATIVE)

    def any(self, m: Model, sort: Sort, wanted: set[str]) -> Value:
        """A value of a sort."""
        if sort == NUM:
            return self.number(wanted)
        if sort == NAT:
            return self.random.choice((1, 2, 2, 2, 3, 0))
        if sort == PROP:
            return self.chance(0.5)
        if isinstance(sort, tuple) and sort[0] == "fn":
            return (
                self._sequence(m, sort[2], wanted)
                if sort[1] == NAT
                else self._function(m, sort[1], sort[2], wanted)
            )
        if isinstance(sort, tuple) and sort[0] == "meas":
            return self._measure(m, sort[1], wanted)
        if isinstance(sort, tuple) and sort[0] == "prod":
            return self.any(m, sort[1], wanted), self.any(m, sort[2], wanted)
        space = m.space(sort[1] if isinstance(sort, tuple) else sort)
        if space is None:
            raise Undecided(f"no values of {sort}")
        if isinstance(sort, tuple):
            return coarser(space, self.random)
        return self.random.choice(space.points)

    def _measure(self, m: Model, domain: Sort, wanted: set[str]) -> Measure:
        space = m.space(domain)
        if space is not None:
            keys = list(space.blocks)
        elif domain == NAT:
            keys = self.random.sample((1, 2, 3), self.random.choice((1, 2)))
        else:
            keys = list(dict.fromkeys(self._place(m, domain) for _ in range(self.size)))
        if "probability" in wanted:
            parts = [1] * len(keys)
            if not self.uniform:
                parts = [self.random.choice((0, 1, 1, 2, 3)) for _ in keys]
                parts[self.random.randrange(len(parts))] += 1
            return Measure({k: Fraction(p, sum(parts)) for k, p in zip(keys, parts, strict=True)})
        weights: list[Number] = [self.random.choice(WEIGHTS) for _ in keys]
        if self.infinite and not wanted & {"finite_measure", "sigma_finite"}:
            weights[self.random.randrange(len(weights))] = INF
        return Measure(dict(zip(keys, weights, strict=True)))

    def _place(self, m: Model, domain: Sort) -> Value:
        """A point at which something happens in an infinite space."""
        if domain == NUM:
            known = [v for v in m.letters.values() if isinstance(v, (int, Fraction))]
            known = [v for v in known if not isinstance(v, bool)]
            return self.random.choice(known if known and self.chance(0.3) else PLACES)
        if domain == NAT:
            return self.random.choice((1, 2))
        if isinstance(domain, tuple) and domain[0] == "prod":
            return self._place(m, domain[1]), self._place(m, domain[2])
        space = m.space(domain)
        if space is None:
            raise Undecided(f"no points of {domain}")
        return self.random.choice(space.points)

    def _function(self, m: Model, domain: Sort, target: Sort, wanted: set[str]) -> Value:
        space = m.space(domain)
        if space is None:
            places = {self._place(m, domain) for _ in range(self.random.choice((0, 1, 1, 2)))}
            default = self.any(m, target, wanted)
            return Table({p: self.any(m, target, wanted) for p in sorted(places)}, default)
        for _ in range(3):
            table = self._table(m, space, target, wanted)
            if len(space.points) == 1 or len(set(map(repr, table.values.values()))) > 1:
                break
        return table

    def _table(self, m: Model, space: Space, target: Sort, wanted: set[str]) -> Table:
        if "measurable" not in wanted and self.chance(0.7):
            return Table({p: self.any(m, target, wanted) for p in space.points})
        values: dict[Value, Value] = {}
        for block in space.blocks.values():
            value = self.any(m, target, wanted)
            values.update(dict.fromkeys(block, value))
        return Table({p: values[p] for p in space.points})

    def _sequence(self, m: Model, target: Sort, wanted: set[str]) -> Seq:
        count = self.random.choice((0, 1, 2, 2, 3))
        terms = [self.any(m, target, wanted) for _ in range(count + 1)]
        mode = self.random.random()
        if mode < 0.2:
            terms = terms[:1]
        elif mode < 0.7 and all(isinstance(t, Table) and t.default is None for t in terms):
            terms = self._shaped(terms, mode, target[2])
        elif mode < 0.5 and target == NUM:
            terms = sorted(terms, reverse=mode < 0.3)
        elif mode < 0.7 and target == NUM:
            terms[-1] = 0
        return Seq((terms[0], *terms[:-1]), (terms[-1],))

    def _shaped(self, terms: list[Table], mode: float, target: Sort) -> list[Table]:
        """Terms with one law, monotone terms, disjoint sets."""
        if mode < 0.35 or target not in (NUM, PROP):
            return [self._permuted(terms[0]) for _ in terms]
        zero: Value = False if target == PROP else 0
        points = list(terms[0].values)
        out = [terms[0]]
        for term in terms[1:]:
            last = out[-1]
            if mode < 0.45:
                out.append(Table({p: max(last(p), term(p)) for p in points}))
            elif mode < 0.55:
                out.append(Table({p: min(last(p), term(p)) for p in points}))
            else:
                used = {p for p in points if any(t(p) != zero for t in out)}
                out.append(Table({p: zero if p in used else term(p) for p in points}))
        return out if mode < 0.55 else [*out, Table(dict.fromkeys(points, zero))]
