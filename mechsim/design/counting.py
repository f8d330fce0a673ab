"""All rules that satisfy axioms, one after the other."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..axioms import Axiom, OutcomeAxiom
from ..setting import Setting
from .impossible import pose, write
from .refutation import solver
from .rules import SomeRule


def every_rule(
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
) -> Iterator[SomeRule]:
    """Each rule that satisfies ``axioms`` on a finite setting, once; arguments as `impossible`.

    Rules are different if they choose differently at some profile.  Each takes one call of a
    solver, which is told not to find it again.

    Examples
    --------
    Moulin (1980) counts the strategyproof rules by their phantoms: one each of two places, for two
    agents between three.

    >>> from mechsim import Anonymous, Line, SinglePeaked, Strategyproof
    >>> from mechsim.axioms import Unanimous
    >>> line = Line(0, 2, tastes=SinglePeaked()).grid(2)
    >>> axioms = [Strategyproof(), Unanimous(), Anonymous()]
    >>> len(list(every_rule(axioms, line, agents=2, alternatives=line.points)))
    3
    """
    question = pose(axioms, setting, agents, alternatives)
    chosen = write(question, unique=True)
    with solver(chosen.listed()) as engine:
        while engine.solve():
            true = frozenset(v for v in engine.get_model() if v > 0)
            rule = SomeRule.of(question, chosen, true)
            yield rule
            rows = range(len(rule.outcomes))
            engine.add_clause(
                sorted({-int(chosen.singles[row, rule.outcomes[row]]) for row in rows})
            )


def count_rules(
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
) -> int:
    """How many rules satisfy ``axioms``; see `every_rule`."""
    found = every_rule(axioms, setting, agents=agents, alternatives=alternatives)
    return sum(1 for _ in found)
