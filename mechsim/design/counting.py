"""All rules that satisfy axioms, one after the other."""

from collections.abc import Iterable, Iterator
from typing import Any

from .._numbers import show
from ..axioms import Axiom, OutcomeAxiom
from ..setting import Setting
from .choices import OutOfTime
from .impossible import end_of, pose, write
from .refutation import solved, solver
from .rules import SomeRule


def every_rule(
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
    seconds: float | None = None,
) -> Iterator[SomeRule]:
    """Each rule that satisfies ``axioms`` on a finite setting, once; arguments as `impossible`.

    Rules are different if they choose differently at some profile.  Each takes one call of a
    solver, which is told not to find it again.

    Raises
    ------
    TimeoutError
        If ``seconds`` are over before it is known that there is no other rule.

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
    end = end_of(seconds)
    question = pose(axioms, setting, agents, alternatives)
    late = f"seconds is {show(seconds)}: they were over while rules were sought"
    try:
        chosen = write(question, unique=True, end=end)
    except OutOfTime:
        raise TimeoutError(late) from None
    with solver(chosen.listed(), asked=end is not None) as engine:
        while found := solved(engine, (), end):
            true = frozenset(v for v in engine.get_model() if v > 0)
            rule = SomeRule.of(question, chosen, true)
            yield rule
            rows = range(len(rule.outcomes))
            engine.add_clause(
                sorted({-int(chosen.singles[row, rule.outcomes[row]]) for row in rows})
            )
    if found is None:
        raise TimeoutError(late)


def count_rules(
    axioms: Iterable[Axiom | OutcomeAxiom],
    setting: Setting,
    *,
    agents: int,
    alternatives: Iterable[Any] | None = None,
    seconds: float | None = None,
) -> int:
    """How many rules satisfy ``axioms``; see `every_rule`."""
    found = every_rule(axioms, setting, agents=agents, alternatives=alternatives, seconds=seconds)
    return sum(1 for _ in found)
