"""The `with` of a reason: a term for each letter that it names."""

from __future__ import annotations

from derive.elaborate import expression as ex
from derive.elaborate.item import Item
from derive.elaborate.letters import children, is_open
from derive.elaborate.problem import fail
from derive.elaborate.scope import Scope
from derive.kernel.term import Term, abstract
from derive.syntax import tree as t


def read_instances(reason: t.Reason | None, item: Item) -> dict[str, Term]:
    """The terms of a `with`; `substitution` may use the variable of its own map."""
    if reason is None:
        return {}
    substitution = [n.text for n in reason.names] == ["substitution"]
    found: dict[str, Term] = {}
    for instance in reason.instances:
        if instance.name in found:
            raise fail(instance, f"{instance.name} is given twice")
        found[instance.name] = (
            _map(instance, item) if substitution else ex.elaborate(instance.term, item.scope)
        )
    return found


def _map(instance: t.Instance, item: Item) -> Term:
    """`y := a x + b`: a function of the one undeclared variable."""
    if isinstance(instance.term, t.Lambda):
        return ex.elaborate(instance.term, item.scope)
    unknown = sorted(_unknown_names(instance.term, item.scope))
    if len(unknown) != 1:
        raise fail(
            instance, "a substitution has one variable", "y := a x + b, with x the old variable"
        )
    inner, point = item.scope.bind_fresh(unknown[0], "num")
    return abstract(ex.numeric(instance.term, inner), point)


def _unknown_names(node: t.Node, scope: Scope) -> set[str]:
    found = set()
    if (
        isinstance(node, t.Name)
        and is_open(node.text, scope, frozenset())
        and not scope.is_operator(node.text)
    ):
        found.add(node.text)
    for child, bound in children(node):
        found |= _unknown_names(child, scope) - bound
    return found
