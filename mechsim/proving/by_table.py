"""Strategyproofness on a large finite setting, decided by a table of outcomes."""

from typing import Any

from ..axioms import Axiom, Exhaustion, Proved, Refuted, Strategyproof, Verdict, shrink
from ..axioms._memory import Misbehaviour, watched
from ..axioms._patience import ticking
from ..axioms.checking import replayed, try_case
from ..axioms.verdict import Misbehaved, Played, Unknown
from ..mechanism import Playable
from ..setting import Domain, Instance, Setting, Undecided
from .quest import Stopped
from .tables import tabulated

MANY = 50_000
"""Fewer misreports are tried one by one, which needs no compiled code."""


def is_tabular(axiom: Axiom, setting: Setting, agents: int) -> bool:
    """Whether this question is one for a table: many misreports, types and numbers for all."""
    if axiom != Strategyproof() or getattr(setting, "gain", None) is not None:
        return False
    types = [setting.types(agent) for agent in range(agents)]
    if any(listed != types[0] for listed in types):
        return False
    return Domain(setting, agents).size * agents * (len(types[0] or ()) - 1) > MANY


def by_table(
    mechanism: Playable, axiom: Axiom, setting: Any, agents: int, where: str
) -> Verdict | None:
    """The verdict, or None where outcomes are not worth fractions."""
    recalled = watched(mechanism, setting)

    def ask(reports: tuple[Any, ...]) -> Any:
        try:
            return recalled(reports)
        except Misbehaviour as why:
            raise Stopped(Instance(setting, reports), why) from why

    with ticking():
        try:
            table = tabulated(ask, setting, agents)
        except Stopped as end:
            return Misbehaved(mechanism, axiom, Played(end.instance), str(end.why))
        fickle = replayed(axiom, mechanism, recalled, setting)
        try:
            best = table.best_lie()
        except Undecided as why:
            return Unknown(mechanism, axiom, str(why), 0)
        if fickle is not None or best is None:
            return fickle
        _, lie = best
        if lie is None:
            certificate = Exhaustion(table.ids.size, table.misreports)
            scope = f"{where}, in exact arithmetic"
            return Proved(mechanism, axiom, certificate, scope, (), Domain(setting, agents))
        found = try_case(axiom, mechanism, lie, recalled)
        return shrink(found) if isinstance(found, Refuted) else found
