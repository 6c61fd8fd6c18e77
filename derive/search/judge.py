"""Judge one step: find a proof, or say what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.elaborate.notation import written_out
from derive.kernel.core import Rule
from derive.kernel.refusal import Rejected
from derive.kernel.term import App, Term
from derive.search import missing
from derive.search.context import Context
from derive.search.engine import Engine
from derive.search.horn import Prover
from derive.search.proof import Proof, fewest_needs, hyp, needs, rules_used
from derive.search.reasons import DEFINITION_NAMES, FAMILIES, Names, Resolved, resolve
from derive.search.toolkit import Toolkit
from derive.search.unfolding import defined_heads, heads_of, unfolded_too
from derive.search.valued import values_after


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
    lacking: tuple[str, ...] = ()  # what is missing and no proposition
    unvalued: list[Term] = field(default_factory=list)
    counterexample: dict | None = None


def look_for_counterexample(judged: Judgement, goal: Term, item, rules) -> None:
    """What is not justified is refuted if a small model of the hypotheses makes it false.

    Under a missing condition stands what can go wrong without it: in a model of the hypotheses, or
    for the rule that asks for it.
    """
    if judged.verdict not in ("missing", "unjustified") or item.errors:
        return
    from derive.models.example import example_for_condition, example_for_step
    from derive.models.refute import refute

    try:
        givens, claim = [written_out(g) for g in item.givens], written_out(goal)
        found = refute(givens, claim)
        if found is not None:
            judged.verdict, judged.counterexample = "refuted", found.json()
        elif judged.verdict == "missing":
            shown = example_for_step(givens, claim)
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
    values, unvalued = values_after(prover, goal, proof, context)
    open_needs = [(missing.closed(n), n.rule) for n in needs(proof)] + [
        (v, "value") for v in unvalued
    ]
    if not open_needs:
        unused = _unused(words, proof, names)
        note = f"not needed: {', '.join(unused)}" if unused else ""
        return Judgement("checked", proof, values, used or [], words is None, message=note)

    def enough(conditions: list[Term]) -> bool:
        """Whether the step is checked once these hold."""
        facts = [hyp(c) for c in conditions]
        inner = Context(context, unfolded_too(facts), context.variables)
        again = proof
        if resolved is not None:
            again = _skeleton(prover, goal, resolved.toolkit, names, inner, resolved.count)
        if again is None or needs(again):
            return False
        return not values_after(prover, goal, again, inner)[1]

    gaps = missing.explain(prover, open_needs, context, item, goal, enough)
    if any(rule == "set_algebra" and prop in gaps.conditions for prop, rule in gaps.asked):
        return _unjustified(prover, goal, words, resolved, names, context)
    if _circular(prover, goal, _not_asked_by_theorem(gaps, words or [], names), context):
        return _unjustified(prover, goal, words, resolved, names, context)
    judged = Judgement(
        "missing", proof, values, used or [], words is None, gaps.conditions, gaps.asked
    )
    judged.unvalued = unvalued
    return judged


def _not_asked_by_theorem(gaps: missing.Missing, words: list[str], names: Names) -> list[Term]:
    """The conditions but those of a theorem of the file that is named: it asks what it asks."""
    rules = [r for word in words for r in names.library.rules_named(word)]
    own = {rule.name for rule in rules if isinstance(rule, Rule)}  # the rulebook's are unread
    asked = {prop for prop, rule in gaps.asked if rule in own}
    return [condition for condition in gaps.conditions if condition not in asked]


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


def _unused(words: list[str] | None, proof: Proof, names: Names) -> list[str]:
    used = set(rules_used(proof))
    out = []
    for word in words or ():
        if word in FAMILIES or word in DEFINITION_NAMES or word in names.labels:
            continue
        if word in names.definitions:
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
        return _unusable(resolved.unusable[0], words, names)
    if words is None:
        return Judgement("unjustified", message="no rule was found that gives this step")
    _, found = unnamed(prover, goal, names, context)
    named = ", ".join(words)
    if found:
        return Judgement(
            "unjustified", message=f"{named} does not give this step, but {', '.join(found)} does"
        )
    return Judgement("unjustified", message=f"{named} does not give this step")


def _unusable(word: str, words: list[str] | None, names: Names) -> Judgement:
    """A step whose reason is not proved, or is what the step is to prove."""
    if word in names.unproved:
        lacking = (f"theorem {word} is not proved",)
        return Judgement("missing", lacking=lacking, rules=words or [])
    why = f"{word} cannot be used here: it is not proved, or it is what is being proved"
    return Judgement("missing", message=why, rules=words or [])


SIMPLE = (
    ("algebra",),
    ("assumption",),
    ("set_algebra",),
    ("expectation", "variance", "covariance", "conditional_probability", "law"),
    ("linearity",),
    ("monotonicity",),
)
MAX_TRIED = 30
FEWER_STATES = 200


def unnamed(
    prover: Prover, goal: Term, names: Names, context: Context
) -> tuple[Proof | None, list[str]]:
    """A complete proof by one normal form or one rule, and its name."""
    defined = _defined(goal, names)
    for words in (*SIMPLE, *((*defined, *words) for words in ((), *SIMPLE) if defined)):
        proof = _complete(prover, goal, list(words), names, context)
        if proof is not None:
            shown = [w for w in words if w in FAMILIES or w in defined] or ["expectation"]
            return proof, shown
    for name in _fitting(goal, names):
        for words in ([name], ["expectation", name]):
            proof = _complete(prover, goal, words, names, context)
            if proof is not None:
                return proof, words
    return None, []


def _defined(goal: Term, names: Names) -> list[str]:
    """The names of the definitions of files that a goal needs to be written out."""
    heads = defined_heads(goal) if names.definitions else frozenset()
    return [name for name, head in names.definitions.items() if head in heads]


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
