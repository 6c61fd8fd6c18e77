"""Exact search for multipliers: a target as a nonnegative combination of rows plus some c ≥ 0."""

from __future__ import annotations

from fractions import Fraction

MAX_PIVOTS = 400


def combination(
    target: dict, rows: list[tuple[dict, str]], strict: bool, exact: bool = False
) -> list[Fraction] | None:
    """Multipliers mᵢ with `target = Σ mᵢ rowᵢ + c`; mᵢ ≥ 0 except for rows of kind "eq"; c ≥ 0.

    If `strict`, c > 0 or a row of kind "lt" has mᵢ > 0. If `exact`, c = 0. Polynomials are dicts
    from monomials to Fractions or ints, `()` being the constant monomial.
    """
    columns: list[dict] = []
    owner: list[tuple[int, int]] = []
    bonus: list[int] = []
    for number, (row, kind) in enumerate(rows):
        columns.append(row)
        owner.append((number, 1))
        bonus.append(1 if kind == "lt" else 0)
        if kind == "eq":
            columns.append({m: -c for m, c in row.items()})
            owner.append((number, -1))
            bonus.append(0)
    if not exact:
        columns.append({(): Fraction(1)})
        owner.append((-1, 1))
        bonus.append(1)
    if not target and not any(columns):  # nothing to combine: all multipliers zero
        return None if strict else [Fraction(0)] * len(rows)
    monomials = list(dict.fromkeys([m for c in (target, *columns) for m in c]))
    solution = _solve(
        [[Fraction(c.get(m, 0)) for c in columns] for m in monomials],
        [Fraction(target.get(m, 0)) for m in monomials],
        bonus if strict else None,
    )
    if solution is None:
        return None
    out = [Fraction(0)] * len(rows)
    for (number, sign), value in zip(owner, solution, strict=True):
        if number >= 0:
            out[number] += sign * value
    return out


def _solve(
    matrix: list[list[Fraction]], right: list[Fraction], bonus: list[int] | None
) -> list[Fraction] | None:
    """x ≥ 0 with matrix·x = right (and bonus·x > 0), by the two-phase simplex with Bland's rule."""
    count = len(matrix[0]) if matrix else 0
    if not matrix:
        return [Fraction(0)] * count if bonus is None else None
    table = []
    for row, value in zip(matrix, right, strict=True):
        sign = -1 if value < 0 else 1
        table.append([sign * c for c in row] + [Fraction(0)] * len(matrix) + [sign * value])
    for i, row in enumerate(table):
        row[count + i] = Fraction(1)
    basis = [count + i for i in range(len(table))]
    first = [sum((row[j] for row in table), Fraction(0)) for j in range(count)]
    first += [Fraction(0)] * len(table) + [sum((row[-1] for row in table), Fraction(0))]
    if not _run(table, basis, first, count) or first[-1] != 0:
        return None
    _drive_out(table, basis, count)
    if bonus is not None:
        second = [Fraction(b) for b in bonus] + [Fraction(0)] * len(table) + [Fraction(0)]
        for i, b in enumerate(basis):
            if b < count and bonus[b]:
                second = [s - bonus[b] * r for s, r in zip(second, table[i], strict=True)]
        bounded = _run(table, basis, second, count)
        solution = _read(table, basis, count)
        if sum(b * x for b, x in zip(bonus, solution, strict=True)) > 0:
            return solution
        return _unbounded(table, basis, second, count) if not bounded else None
    return _read(table, basis, count)


def _run(table: list, basis: list, cost: list, count: int) -> bool:
    """Maximise until no column improves; False if unbounded or out of pivots."""
    for _ in range(MAX_PIVOTS):
        column = next((j for j in range(count) if cost[j] > 0), None)
        if column is None:
            return True
        ratios = [
            (row[-1] / row[column], basis[i], i) for i, row in enumerate(table) if row[column] > 0
        ]
        if not ratios:
            return False
        _pivot(table, basis, cost, min(ratios)[2], column)
    return False


def _pivot(table: list, basis: list, cost: list, i: int, column: int) -> None:
    scale = table[i][column]
    table[i] = [v / scale for v in table[i]]
    for k, row in enumerate(table):
        if k != i and row[column]:
            factor = row[column]
            table[k] = [v - factor * w for v, w in zip(row, table[i], strict=True)]
    factor = cost[column]
    if factor:
        cost[:] = [v - factor * w for v, w in zip(cost, table[i], strict=True)]
    basis[i] = column


def _drive_out(table: list, basis: list, count: int) -> None:
    for i, b in enumerate(basis):
        if b >= count:
            column = next((j for j in range(count) if table[i][j]), None)
            if column is not None:
                _pivot(table, basis, [Fraction(0)] * len(table[i]), i, column)


def _read(table: list, basis: list, count: int) -> list[Fraction]:
    out = [Fraction(0)] * count
    for i, b in enumerate(basis):
        if b < count:
            out[b] = table[i][-1]
    return out


def _unbounded(table: list, basis: list, cost: list, count: int) -> list[Fraction] | None:
    """A feasible point along an improving ray."""
    column = next(
        (j for j in range(count) if cost[j] > 0 and all(row[j] <= 0 for row in table)), None
    )
    if column is None:
        return None
    out = _read(table, basis, count)
    out[column] += 1
    for i, b in enumerate(basis):
        if b < count:
            out[b] -= table[i][column]
    return out
