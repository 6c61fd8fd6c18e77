"""Relative entropy, which the kernel gives no value and refutation can still compute."""

from __future__ import annotations

from derive.kernel.term import App
from derive.models.compilation import Code, Environment, builds, compiled
from derive.models.extended import INF, Number, add, finite, logarithm, mul, reciprocal
from derive.models.model import Model
from derive.models.outcome import Undecided
from derive.models.spaces import Value


@builds("KL")
def _divergence(term: App) -> Code:
    left, right = map(compiled, term.args)

    def code(m: Model, e: Environment) -> Value:
        p, q = left(m, e), right(m, e)
        if add(p.weights.values()) != 1 or not all(map(finite, q.weights.values())):
            raise Undecided("KL")
        total: list[Number] = []
        for key, weight in p.weights.items():
            if q(key) == 0:
                return INF
            total.append(mul((weight, logarithm(mul((weight, reciprocal(q(key))))))))
        return add(total)

    return code
