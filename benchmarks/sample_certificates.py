"""Hand-made certificates over a small theory, which use every record; and a pen to write more."""

from __future__ import annotations

import json
import re

CORE = """
(axiom le_add structural
  (metas (a num) (b num) (c num) (d num))
  (given (le a b) (le c d))
  (show (le (add a c) (add b d))))
(axiom fin_add structural
  (metas (a num) (b num))
  (given (fin a) (fin b))
  (show (fin (add a b))))
(axiom fin_mul structural
  (metas (a num) (b num))
  (given (fin a) (fin b))
  (show (fin (mul a b))))
(axiom int_add fact
  (metas (μ (meas 'a)) (f (fn 'a num)) (g (fn 'a num)))
  (given (integrable μ f) (integrable μ g))
  (show (eq (int μ (lam 'a (add (app f #0) (app g #0)))) (add (int μ f) (int μ g)))))
(axiom ae_of_all fact
  (metas (μ (meas 'a)) (A (fn 'a prop)))
  (given (all A))
  (show (ae μ A)))
(axiom everywhere structural
  (metas)
  (given)
  (show (all (lam 'a (ex (lam 'a (eq #0 #1)))))))
"""


class Draft:
    """Writes the records of a certificate; `letters` maps free names to their sorts."""

    def __init__(self, letters: dict[str, object] | None = None) -> None:
        self.letters = letters or {}
        self.lines: list[list] = []
        self.known: dict[str, int] = {}
        self.steps = 0

    def add(self, *record: object) -> int:
        """One step (or frame); the number of the step."""
        self.lines.append(list(record))
        self.steps += 1
        return self.steps - 1

    def frame(self, *record: object) -> None:
        """A record that makes neither a term nor a step."""
        self.lines.append(list(record))

    def t(self, text: str) -> int:
        """The number of the term that core text denotes."""
        words = re.findall(r"[()]|[^\s()]+", text)
        form, rest = _form(words)
        if rest:
            raise ValueError(text)
        return self._term(form, [])

    def _term(self, form: object, binders: list) -> int:
        if isinstance(form, str) and form.startswith("#"):
            return self._line("bound", int(form[1:]), binders[int(form[1:])])
        if isinstance(form, str) and form in self.letters:
            return self._line("free", form, self.letters[form])
        if isinstance(form, str) and re.fullmatch(r"-?\d+(/\d+)?", form):
            return self._line("num", form)
        if isinstance(form, str):
            return self._line("mk", form)
        if form[0] == "nat":
            return self._line("nat", int(form[1]))
        if form[0] == "lam":
            return self._line("lam", form[1], self._term(form[2], [form[1], *binders]))
        return self._line("mk", form[0], *[self._term(part, binders) for part in form[1:]])

    def _line(self, *record: object) -> int:
        key = json.dumps(record)
        if key not in self.known:
            self.known[key] = len(self.known)
            self.lines.append(list(record))
        return self.known[key]

    def item(self, name: str, givens: list[str], show: str) -> None:
        """Open an item."""
        numbers = [self.t(given) for given in givens]
        self.frame("item", name, numbers, self.t(show))

    def hyp(self, text: str) -> int:
        """The step `φ ⊢ φ`."""
        return self.add("hyp", self.t(text))

    def rule(
        self, rules: dict, name: str, sorts: dict, values: dict, premises: list, pick: int = 0
    ) -> int:
        """An instance of a rule."""
        terms = {letter: self.t(text) for letter, text in values.items()}
        return self.add("rule", name, rules[name].hash, sorts, terms, premises, pick)

    def text(self) -> str:
        """The certificate."""
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in self.lines) + "\n"


def _form(words: list[str]) -> tuple[object, list[str]]:
    first, rest = words[0], words[1:]
    if first != "(":
        return first, rest
    parts = []
    while rest[0] != ")":
        part, rest = _form(rest)
        parts.append(part)
    return parts, rest[1:]


def linearity(rules: dict) -> Draft:
    """∫ (g + f) dμ = ∫ f dμ + ∫ g dμ."""
    real = ["fn", "Ω", "num"]
    d = Draft({"f": real, "g": real, "μ": ["meas", "Ω"]})
    both = "(int μ (lam Ω (add (app g #0) (app f #0))))"
    show = f"(eq {both} (add (int μ g) (int μ f)))"
    givens = ["(integrable μ f)", "(integrable μ g)"]
    d.item("sum", givens, show)
    premises = [d.hyp(given) for given in givens]
    values = {"μ": "μ", "f": "f", "g": "g"}
    picks = [d.rule(rules, "int_add", {"'a": "Ω"}, values, premises, k) for k in range(6)]
    d.frame("qed", picks[0], picks[1:])
    return d


def arithmetic(rules: dict) -> Draft:
    """Ring, linear, numeral, Boolean and quantifier steps about reals."""
    d = Draft({"a": "num", "b": "num", "p": "prop", "q": "prop", "n": "nat"})
    fins = ["(fin a)", "(fin b)"]
    square = "(pow (mul 2 a) (nat 2))", "(mul 4 (pow a (nat 2)))"
    d.item("square", fins, "(eq {} {})".format(*square))
    fact = d.hyp("(fin a)")
    equal = d.add("ring", d.t(square[0]), d.t(square[1]), [fact])
    two = d.add("numeral", d.t("(fin 2)"), [])
    double = d.rule(rules, "fin_mul", {}, {"a": "2", "b": "a"}, [two, fact])
    values = {"(or (fin (mul 2 a)) (le 0 (mul 2 a)))": double, "(or (fin a) (le 0 a))": fact}
    d.frame("qed", equal, [d.add("boolean", d.t(v), [step]) for v, step in values.items()])
    d.item("between", [*fins, "(le a b)", "(not (le b 1))"], "(not (le (mul 2 b) (add a 1)))")
    facts = [d.hyp(fin) for fin in fins]
    order = [d.hyp("(le a b)"), d.hyp("(not (le b 1))")]
    goal = d.t("(not (le (mul 2 b) (add a 1)))")
    d.frame("qed", d.add("linear", goal, order, ["1", "1"], facts), [])
    d.item("signs", fins, "(and (fin (add a b)) (eq (mul b (add a b)) (add (mul a b) (mul b b))))")
    facts = [d.hyp(fin) for fin in fins]
    finite = d.add("numeral", d.t("(fin (add a b))"), facts)
    equal = d.add("ring", d.t("(mul b (add a b))"), d.t("(add (mul a b) (mul b b))"), facts)
    d.frame("qed", d.add("conj", [finite, equal]), facts)
    parts = ["(not (le 1/2 1/3))", "(fin (add 1 2))", "(eq (nadd (nat 1) (nat 2)) (nat 3))"]
    d.item("half", [], f"(and {' '.join(parts)})")
    steps = [d.add("numeral", d.t(part), []) for part in parts]
    d.frame("qed", d.add("conj", steps), [])
    return d


def logic(_: dict) -> Draft:
    """Every logical step, a definition, and a cited item."""
    sets = ["fn", "Ω", "prop"]
    d = Draft({"A": sets, "B": sets, "x": "Ω", "y": "Ω", "p": "prop", "q": "prop"})
    d.item("swap", ["(imp p q)", "(all A)"], "(imp p (and q (app A x)))")
    implication, every = d.hyp("(imp p q)"), d.hyp("(all A)")
    here = d.hyp("p")
    point = d.add("spec", every, d.t("x"))
    pair = d.add("conj", [d.add("mp", implication, here), point])
    d.frame("qed", d.add("discharge", d.t("p"), pair), [])
    d.frame("publish", "swap")
    d.item("equal", ["(all (lam Ω (eq (app A #0) (app B #0))))", "(all A)"], "(all B)")
    same, every = d.hyp("(all (lam Ω (eq (app A #0) (app B #0))))"), d.hyp("(all A)")
    context = d.t("(lam (fn Ω prop) (all #0))")
    d.frame("qed", d.add("subst", same, 1, every, context, False), [])
    d.frame("define", "both", [d.t("A"), d.t("B")], d.t("(lam Ω (and (app A #0) (app B #0)))"))
    d.item("again", ["(all A)", "(imp p q)", "p"], "(and (all (lam Ω (or p (app A #0)))) (eq x x))")
    cited = d.add("cite", "swap")
    got = d.add("mp", cited, d.hyp("p"))
    left = d.add("split", got, 0)
    goal = d.t("(or p (app A y))")
    every = d.add("gen", d.t("y"), d.add("boolean", goal, [d.hyp("p"), left]))
    d.frame("qed", d.add("conj", [every, d.add("refl", d.t("x"))]), [])
    return d


def others(rules: dict) -> Draft:
    """Rules with premises, unfolding, and a computed value."""
    d = Draft({"X": ["fn", "Ω", "num"], "P": ["meas", "Ω"], "a": "num", "b": "num"})
    d.item("sums", ["(le a b)", "(fin a)", "(fin b)"], "(fin (add a b))")
    premises = [d.hyp("(fin a)"), d.hyp("(fin b)")]
    values = {"a": "a", "b": "b"}
    proof = d.rule(rules, "fin_add", {}, values, premises)
    d.frame("qed", proof, [d.rule(rules, "fin_add", {}, values, premises, 1)])
    d.item("mean", ["(has_integral P X)"], "(eq (E P X) (int P X))")
    proof = d.add("unfold", d.t("(E P X)"))
    d.frame("qed", proof, [d.hyp("(has_integral P X)")])
    d.item("limit", [], "(not (le 1 (exp -1)))")
    d.frame("qed", d.add("computed", d.t("(not (le 1 (exp -1)))"), "numeric"), [])
    return d


SAMPLES = {"linearity": linearity, "arithmetic": arithmetic, "logic": logic, "others": others}
