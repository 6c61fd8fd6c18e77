"""Judge one step: find a proof, or say what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.kernel.refusal import Rejected
from derive.kernel.term import App, Term
from derive.kernel.value import obligations
from derive.search import missing
from derive.search.context import Context
from derive.search.engine import Engine
from derive.search.horn import Prover
from derive.search.proof import Proof, by_rule, fewest_needs, needs, rules_used, walk
from derive.search.reasons import DEFINITION_NAMES, FAMILIES, Names, Resolved, resolve
from derive.search.toolkit import Toolkit
from derive.search.unfolding import heads_of


@dataclass
class Judgement:
    """What became of one step."""

    verdict: str
    proof: Proof | None = None
    values: list[Proof] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    found: bool = False
    missing: list[Term] = field(default_factory=list)
    asked: list[tuple[Term, str]] = field(default_factory=list)
    message: str = ""
    unvalued: list[Term] = field(default_factory=list)
    counterexample: dict | None = None


def look_for_counterexample(judged: Judgement, goal: Term, item, rules) -> None:
    """What is not justified is refuted if a small model of the hypotheses makes it false.

    Under a missing condition stands what can go wrong without it: in a model of the hypotheses, or
    for the rule that asks for it.
    """
    from derive.models.example import example_for_condition, example_for_step
    from derive.models.refute import refute

    if judged.verdict not in ("missing", "unjustified") or item.errors:
        return
    try:
        found = refute(item.givens, goal)
        if found is not None:
            judged.verdict, judged.counterexample = "refuted", found.json()
        elif judged.verdict == "missing":
            shown = example_for_step(item.givens, goal)
            judged.counterexample = shown or example_for_condition(judged.asked, rules)
    except (Rejected, RecursionError):
        return


def judge(
    prover: Prover,
    goal: Term,
    words: list[str] | None,
    instances: dict[str, Term],
    names: Names,
    context: Context,
    item,
) -> Judgement:
    """Judge the closed proposition of a step with its reason (None: find one)."""
    if words is None:
        proof, used = unnamed(prover, goal, names, context)
        resolved = None
    else:
        resolved = resolve(words, instances, names, context)
        if resolved.strange:
            word = resolved.strange[0]
            why = f"`with {word} := …`: no rule named here has a letter {word} of that kind"
            return Judgement("unjustified", message=why)
        proof = _skeleton(prover, goal, resolved.toolkit, names, context, resolved.count)
        used = words
    if proof is None:
        return _unjustified(prover, goal, words, resolved, names, context)
    values, lacking = prove_values(prover, goal, with_consequences(proof, context))
    open_needs = [(missing.closed(n), n.rule) for n in needs(proof)] + [
        (v, "value") for v in lacking
    ]
    if not open_needs:
        unused = _unused(words, proof, names)
        note = f"not needed: {', '.join(unused)}" if unused else ""
        return Judgement("checked", proof, values, used or [], words is None, message=note)
    gaps = missing.explain(prover, open_needs, context, item)
    if any(rule == "set_algebra" and prop in gaps.conditions for prop, rule in gaps.asked):
        return _unjustified(prover, goal, words, resolved, names, context)
    if _circular(prover, goal, gaps.conditions, context):
        return _unjustified(prover, goal, words, resolved, names, context)
    judged = Judgement(
        "missing", proof, values, used or [], words is None, gaps.conditions, gaps.asked
    )
    judged.unvalued = lacking
    return judged


def _circular(prover: Prover, goal: Term, conditions: list[Term], context: Context) -> bool:
    """Whether a condition is only the step itself over again."""
    inner = context.assuming([goal])
    for condition in conditions:
        prover.fresh_budget(100)
        if (
            isinstance(condition, App)
            and condition.head in ("le", "not", "eq")
            and prover.prove(condition, inner) is not None
        ):
            return True
    return False


def _skeleton(
    prover: Prover, goal: Term, toolkit: Toolkit, names: Names, context: Context, count: int
) -> Proof | None:
    prover.fresh_budget()
    engine = Engine(prover, toolkit, names.library)
    budgets = range(min(count, 3) + 2)
    return fewest_needs(engine.attempt(goal, context, budget) for budget in budgets)


def with_consequences(proof: Proof, context: Context) -> Context:
    """The context with all else that the rules of a complete proof give: values above all."""
    if needs(proof):
        return context
    facts = []
    for node in walk(proof):
        if node.op == "rule" and not any("·" in f.name for f in node.prop.frees):
            rule, sorts, values, pick = node.data
            facts += [
                by_rule(rule, sorts, values, list(node.parts), k)
                for k in range(len(rule.conclusions))
                if k != pick
            ]
    return Context(context, facts, context.variables) if facts else context


def prove_values(prover: Prover, goal: Term, context: Context) -> tuple[list[Proof], list[Term]]:
    """Proofs of what gives the statement a value, and what could not be proved of it."""
    proofs, lacking = [], []
    for demand in obligations(goal):
        prover.fresh_budget()
        proof = prover.prove(demand, context)
        if proof is None:
            lacking.append(demand)
        else:
            proofs.append(proof)
    return proofs, lacking


def _unused(words: list[str] | None, proof: Proof, names: Names) -> list[str]:
    used = set(rules_used(proof))
    out = []
    for word in words or ():
        if word in FAMILIES or word in DEFINITION_NAMES or word in names.labels:
            continue
        if not used & {r.name for r in names.library.rules_named(word)}:
            out.append(word)
    return out


def _unjustified(
    prover: Prover, goal: Term, words, resolved: Resolved | None, names: Names, context: Context
) -> Judgement:
    if resolved is not None and resolved.later:
        return Judgement(
            "unjustified", message=f"{', '.join(resolved.later)}: a known fact, not yet a rule here"
        )
    if resolved is not None and resolved.unusable:
        word = resolved.unusable[0]
        why = f"{word} cannot be used here: it is not proved, or it is what is being proved"
        return Judgement("missing", message=why, missing=[], rules=words or [])
    if words is None:
        return Judgement("unjustified", message="no rule was found that gives this step")
    _, found = unnamed(prover, goal, names, context)
    named = ", ".join(words)
    if found:
        return Judgement(
            "unjustified", message=f"{named} does not give this step, but {', '.join(found)} does"
        )
    return Judgement("unjustified", message=f"{named} does not give this step")


SIMPLE = (
    ("algebra",),
    ("assumption",),
    ("set_algebra",),
    ("expectation", "variance", "covariance", "conditional_probability"),
    ("linearity",),
    ("monotonicity",),
)
MAX_TRIED = 30
FEWER_STATES = 200


def unnamed(
    prover: Prover, goal: Term, names: Names, context: Context
) -> tuple[Proof | None, list[str]]:
    """A complete proof by one normal form or one rule, and its name."""
    for words in SIMPLE:
        proof = _complete(prover, goal, list(words), names, context)
        if proof is not None:
            shown = [w for w in words if w in FAMILIES] or ["expectation"]
            return proof, shown
    for name in _fitting(goal, names):
        for words in ([name], ["expectation", name]):
            proof = _complete(prover, goal, words, names, context)
            if proof is not None:
                return proof, words
    return None, []


def _complete(
    prover: Prover, goal: Term, words: list[str], names: Names, context: Context
) -> Proof | None:
    resolved = resolve(words, {}, names, context)
    prover.fresh_budget(300)
    engine = Engine(prover, resolved.toolkit, names.library)
    for budget in (0, 1):
        proof = engine.attempt(goal, context, budget, FEWER_STATES)
        if proof is not None and not needs(proof):
            return proof
    return None


def _fitting(goal: Term, names: Names) -> list[str]:
    """Rules whose symbols all occur in the goal, the most specific first."""
    mine = heads_of(goal) | {"app", "E", "int"}
    scored = []
    for name, clauses in names.library.clauses.items():
        if name in names.forbidden or not clauses:
            continue
        conclusion = clauses[0].conclusion
        if not isinstance(conclusion, App) or conclusion.head not in ("eq", "le", "not", "ae"):
            continue
        heads = heads_of(conclusion)
        if heads <= mine and len(heads - {"app", "eq", "le", "not", "add", "mul"}) > 0:
            scored.append((-len(heads), name))
    return [name for _, name in sorted(scored)[:MAX_TRIED]]
