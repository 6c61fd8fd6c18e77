"""Fingerprints: a term modulo a prime, a key for equality by algebra and never a proof."""

from __future__ import annotations

from hashlib import blake2b

from derive.kernel.symbol import SYMBOLS
from derive.kernel.term import App, Lam, Nat, Num, Term, mk
from derive.search.polynomial import MAX_KNOWN, is_ring

PRIME = (1 << 61) - 1
_PRINTS: dict[Term, int] = {}


def fingerprint(term: Term) -> int:
    """Equal for terms that algebra makes equal, at any depth; different for most others."""
    found = _PRINTS.get(term)
    if found is None:
        if len(_PRINTS) >= MAX_KNOWN:
            _PRINTS.clear()
        found = _PRINTS[term] = _fingerprint(term)
    return found


def _fingerprint(term: Term) -> int:
    match term:
        case Num():
            return term.value.numerator * pow(term.value.denominator, -1, PRIME) % PRIME
        case Lam():
            return _hash("λ", str(term.domain), fingerprint(term.body))
        case App(head="add"):
            return sum(map(fingerprint, term.args)) % PRIME
        case App(head="mul"):
            out = 1
            for argument in term.args:
                out = out * fingerprint(argument) % PRIME
            return out
        case App(head="inv"):
            base = fingerprint(term.args[0])
            return pow(base, -1, PRIME) if base else _hash("inv", 0)
        case App(head="pow"):
            return _power_print(*term.args)
        case App(head="ofnat") if is_ring(term):
            inner = term.args[0]
            return fingerprint(
                mk("add" if inner.head == "nadd" else "mul", *[mk("ofnat", a) for a in inner.args])
            )
        case App() if term.args:
            parts = [fingerprint(a) for a in term.args]
            return _hash(term.head, *(sorted(parts) if SYMBOLS[term.head].ac else parts))
    return int.from_bytes(term.digest[:8], "big") % PRIME


def _power_print(base: Term, exponent: Term) -> int:
    if isinstance(exponent, Nat):
        return pow(fingerprint(base), exponent.value, PRIME)
    if isinstance(exponent, App) and exponent.head == "nadd":
        out = 1
        for part in exponent.args:
            out = out * _power_print(base, part) % PRIME
        return out
    return _hash("pow", fingerprint(base), fingerprint(exponent))


def _hash(*parts: object) -> int:
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), "big") % PRIME
