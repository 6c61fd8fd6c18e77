"""Witnesses that no computation shows: sets without a formula, each with where it is proved."""

from __future__ import annotations

from derive.models.witnesses.witness import Named

UNIT = "[0,1] with Lebesgue measure λ"

WITNESSES = (
    Named(
        "Vitali set", UNIT, {"V": "one point of every class of ℝ/ℚ in [0,1]"}, "V an event",
        "countably many shifts of V by rationals are disjoint and cover [0,1] inside [-1,2], so "
        "that λ(V) would be neither 0 nor positive: λ(V) has no value, nor has ∫ 1_V dλ, while "
        "|1_V - 1_{Vᶜ}| = 1 is integrable",
        "Folland §1.1; it needs the axiom of choice",
        ("integrable_of_dominated", "measurable_indicator_levelset", "measurable_piecewise"),
    ),
    Named(
        "singletons of a Vitali set", UNIT, {"f_t": "1_{t} for t in V", "V": "a Vitali set"},
        "a countable family",
        "every f_t is measurable, and sup_t f_t = 1_V is not",
        "Folland §1.1, §2.1", ("measurable_countable_sup_lim",),
    ),
    Named(
        "values on a Vitali set", "(0,1) with its Borel sets",
        {"f(x)": "x on V, -x off V", "V": "a Vitali set"}, "{f ≤ c} an event for every c",
        "each {f = c} is empty or a point, hence an event, and {f > 0} = V is none",
        "Folland §1.1, §2.1", ("measurable_of_generator",),
    ),
    Named(
        "diagonal of a Vitali set", "[0,1]² with its Borel sets",
        {"E": "{(x,x) : x in V}", "V": "a Vitali set"}, "E in the product σ-algebra",
        "every section of E is empty or a point; E itself is no event, for its preimage under "
        "x ↦ (x,x) is V",
        "Folland §2.5", ("measurable_sections", "measurable_pair"),
    ),
    Named(
        "subset of the Cantor set", "[0,1] with its Borel sets and λ",
        {"f": "0", "g": "1_S", "S": "a subset of the Cantor set that is not Borel"},
        "g measurable, or λ complete",
        "f = g λ-a.e., f is measurable, g is not; there are more subsets of the Cantor set than "
        "Borel sets",
        "Folland §1.6, §2.1", ("measurable_ae_limit", "integral_congr_ae"),
    ),
    Named(
        "Cantor homeomorphism", "[0,1] with Borel and Lebesgue sets",
        {"ψ(x)": "(x + F(x))/2, F the Cantor function", "g": "1_S",
         "S": "ψ⁻¹(W) with W inside ψ(C), λ(ψ(C)) = 1/2, W not measurable"},
        "the same σ-algebra between f and g",
        "g is Lebesgue measurable, for S lies in the null set C, and ψ⁻¹ is continuous; but "
        "g ∘ ψ⁻¹ = 1_W is not Lebesgue measurable",
        "Folland §2.1, exercise 9", ("measurable_comp",),
    ),
    Named(
        "Suslin's projection", "[0,1] × [0,1] with Borel sets, counting measure # on the second",
        {"f": "1_E", "E": "a Borel set whose projection to the first coordinate is not Borel"},
        "# σ-finite",
        "x ↦ ∫ f(x,y) #(dy) is positive exactly on the projection of E, so it is not measurable",
        "Kechris, Classical Descriptive Set Theory, §14",
        ("measurable_parameter_integral", "tonelli"),
    ),
    Named(
        "Sierpiński's order", "[0,1]² with Lebesgue measure",
        {"f": "1{x before y}", "before": "a well-order of [0,1] with countable initial segments"},
        "f jointly measurable",
        "∫ ∫ f dx dy = 0, for each y has countably many predecessors, and ∫ ∫ f dy dx = 1",
        "Folland §2.5; it needs the continuum hypothesis", ("tonelli", "fubini"),
    ),
)  # fmt: skip
