"""The few logical rules that search itself builds with, by role; and which rules chain unasked."""

from __future__ import annotations

from derive.kernel.core import Rule
from derive.kernel.refusal import Rejected
from derive.kernel.sort import match_sort
from derive.kernel.step import decides
from derive.kernel.term import App, Lam, Term, mk, mk_lam, mk_nat, mk_num
from derive.search.proof import Proof, by_rule, numeral

NOT_AUTOMATIC = frozenset(
    (
        "ae_of_all",
        "ae_mp",
        "ae_and",
        "ae_ac",
        "ae_of_null",
        "ae_of_prob_one",
        "ae_countable_conjunction",
        "markov_measure_div",
    )
)


class Structure:
    """Access to the a.e. calculus, congruence of integrals and indicator values by name."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self.rules = rules

    def automatic(self, rule: Rule) -> bool:
        """Whether chaining may use a rule unasked: predicates always, order facts if structural."""
        conclusion = rule.conclusions[0]
        if rule.name in NOT_AUTOMATIC or rule.kind in ("congruence", "definition"):
            return False
        head = conclusion.head if isinstance(conclusion, App) else ""
        return head != "eq"

    def equates(self, rule: Rule) -> bool:
        """Whether a rule is an equation."""
        conclusion = rule.conclusions[0]
        return isinstance(conclusion, App) and conclusion.head == "eq"

    def ae_of_all(self, measure: Term, everywhere: Proof) -> Proof | None:
        """μ-a.e. φ from ∀x. φ."""
        rule = self.rules.get("ae_of_all")
        if rule is None:
            return None
        function = everywhere.prop.args[0]
        return _instance(rule, {"μ": measure, "A": function}, [everywhere])

    def ae_mp(self, implication: Proof, first: Proof) -> Proof | None:
        """μ-a.e. ψ from μ-a.e. (φ ⟹ ψ) and μ-a.e. φ."""
        rule = self.rules.get("ae_mp")
        measure, arrow = implication.prop.args
        premise = first.prop.args[1]
        if rule is None or not isinstance(arrow, Lam):
            return None
        conclusion = mk_lam(arrow.domain, arrow.body.args[1])
        values = {"μ": measure, "A": premise, "B": conclusion}
        return _instance(rule, values, [first, implication])

    def ae_ac(self, dominated: Proof, first: Proof) -> Proof | None:
        """ν-a.e. φ from ν ≪ μ and μ-a.e. φ."""
        rule = self.rules.get("ae_ac")
        if rule is None:
            return None
        smaller, larger = dominated.prop.args
        values = {"ν": smaller, "μ": larger, "A": first.prop.args[1]}
        return _instance(rule, values, [dominated, first])

    def indicator_value(self, indicator: Term, condition: Proof, value: int) -> Proof:
        """1{φ} = 1 from φ, or = 0 from ¬φ; the rules speak of a set, here a constant one."""
        rule = self.rules["indicator_one" if value else "indicator_zero"]
        space = next(s[1] for s in rule.metas.values() if isinstance(s, tuple))
        return by_rule(
            rule,
            {space: "nat"},
            {"A": mk_lam("nat", indicator.args[0]), "x": mk_nat(0)},
            [condition],
        )

    def computed(self, term: App) -> Proof | None:
        """|t| = t or -t, max(s, t) = s or t, min(s, t) likewise, for numbers without letters."""
        if term.head == "abs":
            (inner,) = term.args
            cases = [("abs_of_nonneg", {"a": inner}, mk("le", mk_num(0), inner))]
            cases.append(("abs_of_nonpos", {"a": inner}, mk("le", inner, mk_num(0))))
        else:
            pairs = [term.args, term.args[::-1]] if len(term.args) == 2 else []
            cases = [(f"{term.head}_eq", {"a": a, "b": b}, mk("le", a, b)) for a, b in pairs]
        for name, values, premise in cases:
            if decides_safely(premise):
                return by_rule(self.rules[name], {}, values, [numeral(premise)])
        return None

    def absolute(self, prover, term: App, context, depth: int) -> list[Proof]:
        """t ≤ |t|, -|t| ≤ t, and |a + b| ≤ |a| + |b| where a or b is finite."""
        inner = term.args[0]
        out = [by_rule(self.rules[n], {}, {"a": inner}, []) for n in ("le_abs", "neg_abs_le")]
        if isinstance(inner, App) and inner.head == "add" and len(inner.args) == 2:
            for a, b in (inner.args, inner.args[::-1]):
                finite = prover.prove(mk("fin", b), context, depth + 2)
                if finite is not None:
                    rule = self.rules["abs_triangle"]
                    out.append(by_rule(rule, {}, {"a": a, "b": b}, [finite]))
                    break
        return out

    def product_nonnegative(self, left: Proof, right: Proof) -> Proof | None:
        """0 ≤ ab from 0 ≤ a and 0 ≤ b."""
        rule = self.rules.get("nonneg_mul")
        if rule is None:
            return None
        return by_rule(rule, {}, {"a": left.prop.args[1], "b": right.prop.args[1]}, [left, right])


def decides_safely(goal: Term) -> bool:
    """Whether rational arithmetic decides a goal (no refusal)."""
    try:
        return decides(goal)
    except Rejected:
        return False


def _instance(rule: Rule, values: dict[str, Term], premises: list[Proof]) -> Proof:
    """An instance of a rule by its letters' values, which fix the spaces."""
    sorts: dict = {}
    for name, value in values.items():
        match_sort(rule.metas[name], value.sort, sorts)
    return by_rule(rule, sorts, values, premises)
