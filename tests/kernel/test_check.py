"""Certificates: frames, names, values, publishing, defining; and hostile text."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from samples.kernel import benchmark, rejection

from derive.kernel.check import check_text
from derive.kernel.core import read_rules, term_text
from derive.kernel.refusal import Reason, Rejected
from derive.kernel.theory import Theory

samples = benchmark("sample_certificates")
Draft = samples.Draft
RULES = read_rules(samples.CORE)


def check(text, theory=None):
    """What the text proves."""
    text = text.text() if isinstance(text, Draft) else text
    return check_text(text, theory or Theory(RULES, {}))


def lines(*records):
    """A certificate of these records."""
    return "\n".join(map(json.dumps, records))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_the_samples_are_proved(name):
    proved = check(samples.SAMPLES[name](RULES))
    assert proved
    assert all(item.axioms <= set(RULES) for item in proved)


def test_every_record_is_used_in_a_sample():
    from derive.kernel.check import RECORDS

    texts = [make(RULES).text() for make in samples.SAMPLES.values()]
    used = {json.loads(line)[0] for text in texts for line in text.split("\n") if line}
    assert used == set(RECORDS)


REFL = [["free", "a", "num"], ["mk", "eq", 0, 0], ["item", "x", [], 1], ["refl", 0], ["qed", 0, []]]


def test_a_small_certificate():
    (item,) = check(lines(*REFL))
    assert (item.name, term_text(item.statement), item.axioms) == ("x", "(eq a a)", frozenset())


@pytest.mark.parametrize(
    "records, line, reason",
    [
        (REFL[:4],                                          4, Reason.NOT_PROVED),
        ([*REFL[:2], REFL[3]],                              3, Reason.BAD_RECORD),
        ([*REFL[:3], REFL[2]],                              4, Reason.BAD_RECORD),
        ([*REFL, ["qed", 0, []]],                           6, Reason.BAD_RECORD),
        ([*REFL, REFL[2]],                                  6, Reason.DUPLICATE),
        ([*REFL[:3], ["cite", "x"]],                        4, Reason.UNKNOWN_RULE),
        ([*REFL, ["publish", "y"]],                         6, Reason.UNKNOWN_RULE),
        ([*REFL, ["publish", "x"], ["publish", "x"]],       7, Reason.DUPLICATE),
        ([*REFL[:4], ["qed", 1, []]],                       5, Reason.BAD_INDEX),
        ([*REFL[:4], ["qed", True, []]],                    5, Reason.BAD_INDEX),
        ([*REFL[:4], ["qed", 0.0, []]],                     5, Reason.BAD_INDEX),
        ([*REFL[:4], ["qed", -1, []]],                      5, Reason.BAD_INDEX),
        ([*REFL[:4], ["qed", 0, [0]]],                      5, Reason.NO_VALUE),
        ([*REFL[:4], ["qed", 0]],                           5, Reason.BAD_RECORD),
        ([["mk", "true"], ["item", "x", [], 0], ["hyp", 0], ["qed", 0, []]], 4, Reason.NOT_GIVEN),
        ([["free", "a", "'a"]],                             1, Reason.BAD_SORT),
        ([["free", "a b", "num"]],                          1, Reason.BAD_RECORD),
        ([["free", "#0", "num"]],                           1, Reason.BAD_RECORD),
        ([["free", "?a", "num"]],                           1, Reason.BAD_RECORD),
        ([["free", "1", "num"]],                            1, Reason.BAD_RECORD),
        ([["free", "true", "prop"]],                        1, Reason.BAD_RECORD),
        ([["free", "inf", "num"]],                          1, Reason.BAD_RECORD),
        ([["free", "a\n", "num"]],                          1, Reason.BAD_RECORD),
        ([["free", "\ud800", "num"]],                       1, Reason.BAD_RECORD),
        ([["free", 3, "num"]],                              1, Reason.BAD_RECORD),
        ([["bound", True, "num"]],                          1, Reason.BAD_RECORD),
        ([["bound", 1.0, "num"]],                           1, Reason.BAD_RECORD),
        ([["bound", 500, "num"]],                           1, Reason.BAD_INDEX),
        ([["nat", -1]],                                     1, Reason.TOO_LARGE),
        ([["num", "1/0"]],                                  1, Reason.BAD_RECORD),
        ([["num", "1e9"]],                                  1, Reason.BAD_RECORD),
        ([["num", "٣"]],                                    1, Reason.BAD_RECORD),
        ([["num", 1]],                                      1, Reason.BAD_RECORD),
        ([["num", "10^10^10"]],                             1, Reason.BAD_RECORD),
        ([["num", "1" * 500]],                              1, Reason.BAD_RECORD),
        ([["mk"]],                                          1, Reason.BAD_RECORD),
        ([["mk", "nonsense"]],                              1, Reason.UNKNOWN_SYMBOL),
        ([["mk", "true", 0]],                               1, Reason.BAD_INDEX),
        ([["nonsense"]],                                    1, Reason.BAD_RECORD),
        ([[]],                                              1, Reason.BAD_RECORD),
        ([{}],                                              1, Reason.BAD_RECORD),
        ([None],                                            1, Reason.BAD_RECORD),
        ([["bound", 0, "num"], ["mk", "le", 0, 0], ["item", "x", [], 1]], 3, Reason.NOT_CLOSED),
        ([["free", "a", "num"], ["item", "x", [], 0]],      2, Reason.BAD_SORT),
        ([["free", "a", "num"], ["free", "a", "nat"], ["mk", "ofnat", 1], ["mk", "le", 0, 2],
          ["item", "x", [], 3]],                            5, Reason.DUPLICATE),
    ],
)  # fmt: skip
def test_refused_certificates(records, line, reason):
    text = lines(*records)
    assert rejection(reason, check, text)
    with pytest.raises(Rejected) as caught:
        check(text)
    assert caught.value.line == line


def _edited(**change):
    """A use of `fin_add` with some fields changed."""
    fields = {"name": "fin_add", "hash": RULES["fin_add"].hash, "sorts": {}, "pick": 0, **change}
    d = Draft({"a": "num", "b": "num"})
    d.item("x", ["(fin a)", "(fin b)"], "(fin (add a b))")
    premises = [d.hyp("(fin a)"), d.hyp("(fin b)")]
    terms = {"a": d.t("a"), "b": d.t("b"), **change.get("values", {})}
    for pick in (fields["pick"], 1):
        d.add("rule", fields["name"], fields["hash"], fields["sorts"], terms, premises, pick)
    d.frame("qed", 2, [3])
    return d


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"name": "own_axiom"},          Reason.UNKNOWN_RULE),
        ({"name": "fin_mul"},            Reason.RULE_CHANGED),
        ({"hash": "0" * 16},             Reason.RULE_CHANGED),
        ({"hash": None},                 Reason.BAD_RECORD),
        ({"sorts": {"num": "nat"}},      Reason.BAD_INSTANCE),
        ({"sorts": []},                  Reason.BAD_RECORD),
        ({"values": {"c": 0}},           Reason.BAD_INSTANCE),
        ({"values": {"a": 1}},           Reason.BAD_SORT),
        ({"pick": 1},                    Reason.NOT_PROVED),
        ({"pick": 7},                    Reason.BAD_INDEX),
        ({"pick": None},                 Reason.BAD_RECORD),
    ],
)  # fmt: skip
def test_an_edited_certificate(change, reason):
    assert check(_edited())
    assert rejection(reason, check, _edited(**change))


def test_an_embedded_axiom_is_no_record():
    assert rejection(Reason.BAD_RECORD, check, lines(["axiom", "own", [], 0]))
    assert rejection(Reason.BAD_RECORD, check, "(axiom own k (metas) (given) (show false))")


def test_an_item_may_not_rest_on_itself_or_on_a_later_one():
    d = Draft({"p": "prop"})
    d.item("first", [], "p")
    d.add("cite", "first")
    assert rejection(Reason.UNKNOWN_RULE, check, d)


def test_a_missing_value():
    d = Draft({"a": "num"})
    d.item("x", [], "(eq (log a) (log a))")
    d.frame("qed", d.add("refl", d.t("(log a)")), [])
    assert rejection(Reason.NO_VALUE, check, d)


def test_a_given_brings_its_values_and_they_are_reported():
    d = Draft({"a": "num"})
    d.item("x", ["(le 0 (log a))"], "(not (le a 0))")
    d.frame("qed", d.hyp("(not (le a 0))"), [])
    (item,) = check(d)
    assert [term_text(v) for v in item.values] == ["(not (le a 0))"]


def _published():
    """⊢ X = X over Ω with a given, published."""
    d = Draft({"X": ["fn", "Ω", "num"], "A": ["fn", "Ω", "prop"]})
    d.item("same", ["(all A)"], "(and (all A) (all (lam Ω (eq (app X #0) (app X #0)))))")
    given = d.hyp("(all A)")
    d.frame("qed", d.add("conj", [given, d.add("refl", d.t("X"))]), [])
    d.frame("publish", "same")
    return d


def test_a_published_theorem_holds_for_all_letters_and_spaces():
    theory = Theory(RULES, {})
    check(_published(), theory)
    rule = theory.rules["same"]
    assert rule.metas == {"A": ("fn", "'Ω", "prop"), "X": ("fn", "'Ω", "num")}
    assert rule.spaces == {"'Ω"}
    d = Draft({"S": ["fn", "Ψ", "num"], "B": ["fn", "Ψ", "prop"]})
    d.item("x", ["(all B)"], "(and (all B) (all (lam Ψ (eq (app S #0) (app S #0)))))")
    premise = d.hyp("(all B)")
    made = d.rule(theory.rules, "same", {"'a": "Ψ"}, {"A": "B", "X": "S"}, [premise])
    d.frame("qed", made, [])
    assert rejection(Reason.BAD_INSTANCE, check, d, theory.child())
    d.lines = [[*r[:3], {"'Ω": "Ψ"}, *r[4:]] if r[0] == "rule" else r for r in d.lines]
    assert check(d, theory.child())[0].axioms == frozenset()


def test_a_space_of_a_binder_alone_is_generalised_too():
    d = Draft({})
    d.item("x", [], "(imp (ex (lam Ω true)) (ex (lam Ω true)))")
    d.frame("qed", d.add("boolean", d.t("(imp (ex (lam Ω true)) (ex (lam Ω true)))"), []), [])
    d.frame("publish", "x")
    theory = Theory(RULES, {})
    check(d, theory)
    assert theory.rules["x"].spaces == {"'Ω"}


def test_computed_parts_taint_what_rests_on_them():
    d = Draft({})
    d.item("x", [], "(not (le (exp 1) 2))")
    d.frame("qed", d.add("computed", d.t("(not (le (exp 1) 2))"), "numeric"), [])
    d.frame("publish", "x")
    theory = Theory(RULES, {})
    check(d, theory)
    d = Draft({})
    d.item("y", [], "(not (le (exp 1) 2))")
    d.frame("qed", d.rule(theory.rules, "x", {}, {}, []), [])
    assert check(d, theory.child())[0].tags == {"numeric"}


@pytest.mark.parametrize(
    "params, body",
    [
        (["a"], "(add a b)"),
        (["a", "a"], "a"),
        (["(exp a)"], "a"),
        ([], "(iv (all (lam Ω (all (lam Ω (eq #0 #1))))))"),
        (["a"], "(iv (all (lam Ω (all (lam Ω (eq #0 #1))))))"),
    ],
)
def test_bad_definitions(params, body):
    """A space that the parameters do not fix would be generalised away from under the symbol."""
    d = Draft({"a": "num", "b": "num"})
    d.frame("define", "new", [d.t(p) for p in params], d.t(body))
    assert rejection(Reason.NOT_DEFINABLE, check, d)


def _defined():
    """A definition and its unfolding."""
    d = Draft({"A": ["fn", "Ω", "prop"], "μ": ["meas", "Ω"]})
    d.frame("define", "rest", [d.t("μ"), d.t("A")], d.t("(mass μ (lam Ω (not (app A #0))))"))
    return d


def test_a_definition_is_known_to_its_own_certificate_only():
    from derive.kernel.symbol import SYMBOLS

    before = set(SYMBOLS)
    check(_defined())
    (name,) = set(SYMBOLS) - before
    d = _defined()
    unfolded = d.add("unfold", d.t(f"({name} μ A)"))
    assert rejection(Reason.BAD_RECORD, check, d)  # a step outside an item
    stranger = Draft(d.letters)
    stranger.t(f"({name} μ A)")
    assert rejection(Reason.UNKNOWN_SYMBOL, check, stranger)
    assert unfolded == 0


def test_no_certificate_redefines_a_symbol():
    d = Draft({"a": "num"})
    d.frame("define", "exp", [d.t("a")], d.t("a"))
    d.item("x", [], "(eq (exp a) a)")
    d.add("unfold", d.t("(exp a)"))
    assert rejection(Reason.NOT_DEFINABLE, check, d)


@pytest.mark.parametrize(
    "text, reason",
    [
        ("[" * 100_000,                                          Reason.TOO_DEEP),
        ('["free","a",' + '["meas",' * 60_000 + '"a"' + "]" * 60_001, Reason.TOO_DEEP),
        ('["free","a",' + '["meas",' * 50 + '"a"' + "]" * 51,    Reason.BAD_SORT),
        ('["nat", 1' + "0" * 5_000 + "]",                        Reason.BAD_RECORD),
        ('["nat", 1e999]',                                       Reason.BAD_RECORD),
        ('["nat", NaN]',                                         Reason.BAD_RECORD),
        ('["rule", "r", "h", {"a": "num", "a": "nat"}, {}, [], 0]', Reason.DUPLICATE),
        ("[1, 2",                                                Reason.BAD_RECORD),
        ("\x00",                                                 Reason.BAD_RECORD),
        (" " * 2_000_000,                                        Reason.TOO_LARGE),
    ],
    ids=range(10),
)  # fmt: skip
def test_hostile_text(text, reason):
    assert rejection(reason, check, text)


def test_depth_a_hundred_thousand():
    text = "\n".join(['["free","a","num"]', *(f'["mk","exp",{i}]' for i in range(100_000))])
    assert rejection(Reason.TOO_DEEP, check, text)


def test_doubling_is_refused():
    text = "\n".join(['["free","a","num"]', *(f'["mk","pair",{i},{i}]' for i in range(60))])
    assert rejection(Reason.TOO_LARGE, check, text)


def test_boolean_and_value_explosions_end_quickly():
    start = time.perf_counter()
    equal = [["free", "p", "prop"], *(["mk", "eq", 0, i] for i in range(80))]
    equal += [["item", "x", [], 80], ["boolean", 80, []]]
    assert rejection(Reason.TOO_LARGE, check, lines(*equal))
    nest = [["free", "x", "num"]]
    for i in range(80):
        nest += [["mk", "log", 2 * i], ["mk", "mul", 0, 2 * i + 1]]
    nest += [["mk", "eq", 160, 160], ["item", "x", [], 161], ["refl", 160], ["qed", 0, []]]
    assert rejection(Reason.NO_VALUE, check, lines(*nest))
    assert time.perf_counter() - start < 10


def test_the_fuel_of_a_record_is_given_back():
    from derive.kernel.refusal import refuel

    check(lines(*REFL))
    before = refuel(1.0)
    refuel(before)
    assert before == float("inf")


def test_the_command_line_runs_isolated_and_optimised(tmp_path):
    good, bad = tmp_path / "good.cert", tmp_path / "bad.cert"
    good.write_text(lines(*REFL), encoding="utf-8")
    bad.write_text(lines(*REFL[:4]), encoding="utf-8")
    command = [sys.executable, "-I", "-O", "-m", "derive.kernel"]
    run = subprocess.run([*command, good], capture_output=True, text=True, encoding="utf-8")
    assert (run.returncode, run.stdout.split("\n")[0]) == (0, "proved    x")
    assert "letter    a : num" in run.stdout
    run = subprocess.run([*command, bad], capture_output=True, text=True, encoding="utf-8")
    assert (run.returncode, run.stdout.split(":")[:2]) == (1, ["rejected", " NOT_PROVED"])
    assert subprocess.run([*command, tmp_path / "none"], capture_output=True).returncode == 2


def test_two_thousand_random_changes():
    mutate = benchmark("mutate_certificates")
    texts = [make(RULES).text() for make in samples.SAMPLES.values()]
    verdicts = mutate.run(texts, Theory(RULES, {}), 2_000, seed=7)
    assert verdicts.total() == 2_000
    assert verdicts["BAD_INDEX"]
    assert verdicts["SAME"]


def test_the_second_reader_would_notice(monkeypatch):
    mutate = benchmark("mutate_certificates")
    text = samples.SAMPLES["logic"](RULES).text()
    real = mutate.check_text

    def lying(text, theory):
        first, *rest = real(text, theory)
        return [first._replace(statement=first.hypotheses[0]), *rest]

    monkeypatch.setattr(mutate, "check_text", lying)
    with pytest.raises(mutate.Unsound):
        mutate.judge(text, Theory(RULES, {}))
