"""One question, one honest verdict: does this mechanism satisfy this axiom in this setting?

A finite setting is exhausted if the budget allows it, and then the verdict is a proof for that
number of agents and those types.  Otherwise profiles are searched, simple ones first: the
verdict is a refutation, replayed and shrunk, or the statement that the search found nothing.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from .._numbers import whole
from .._text import brief
from ..axioms import (
    Axiom,
    Exhaustion,
    OutcomeAxiom,
    Proved,
    Refuted,
    Survived,
    Tally,
    Verdict,
    check,
    lift,
    places,
    shrink,
)
from ..budget import Budget
from ..mechanism import Playable
from ..setting import Domain, Instance, Setting, is_searchable

SLACK = 4
"""A finite setting whose cases were estimated to fit may take this many times the budget."""


def verify(
    mechanism: Playable,
    axiom: Axiom | OutcomeAxiom,
    setting: Setting,
    *,
    agents: int,
    budget: Budget = Budget(),
) -> Verdict:
    """The strongest verdict on ``mechanism`` and ``axiom`` that the budget allows.

    Parameters
    ----------
    mechanism : callable
        Reports to an outcome or a lottery: one of the library's, or any function of a tuple.
    axiom : Axiom or OutcomeAxiom
        What to test.  An outcome axiom is read ex post: every outcome that may be drawn
        satisfies it.
    setting : Setting
        The types agents may have and what they like, for example ``Line(0, 1)``, where profiles
        are searched, or ``Line(0, 1).grid(4)``, where all of them can be tried.
    agents : int
        How many agents report.
    budget : Budget
        How many cases may be evaluated.

    Returns
    -------
    Verdict
        `Refuted` with a witness, `Proved` for the finite domain, `Survived`, `Unknown` or
        `Misbehaved`.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.facility import Mean
    >>> from mechsim.preferences import Line
    >>> print(verify(Mean(), Strategyproof(), Line(0, 1), agents=2))
    Mean fails Strategyproof on Line(0, 1): at (0, 1/2), agent 1 reports 1 instead of 1/2, \
which moves the outcome from 1/4 to 1/2 and gains it 1/4
    """
    whole(agents, "agents", least=1)
    if isinstance(setting, type) or not (hasattr(setting, "types") and hasattr(setting, "value")):
        raise ValueError(f"setting is {setting!r}: it must have types and value, as Line(0, 1)")
    if not callable(mechanism):
        raise ValueError(f"mechanism is {mechanism!r}: it must be a function of reports")
    named: tuple[str, ...] = getattr(setting, "agents", ())
    if named and len(named) != agents:
        raise ValueError(
            f"agents is {agents}: {brief(setting)} has {len(named)}, {', '.join(named)}"
        )
    if any(setting.types(agent) == () for agent in range(agents)):
        raise ValueError(f"setting is {brief(setting)}: an agent must have some type")
    if isinstance(mechanism, type):
        name = brief(mechanism)
        raise ValueError(f"mechanism is the class {name}: make one first, as in {name}()")
    read = lift(axiom)
    exhaust = _exhaustible(read, setting, agents, budget)
    if exhaust:
        found = check(read, mechanism, places(read, Domain(setting, agents)), SLACK * budget.cases)
    else:
        found = check(read, mechanism, _searched(setting, agents, budget), budget.cases)
    if isinstance(found, Refuted):
        return shrink(found)
    if not isinstance(found, Tally):
        return found
    where = f"{agents} {'agent' if agents == 1 else 'agents'} on {brief(setting)}"
    if exhaust and found.cases < SLACK * budget.cases and not found.rounded:
        return Proved(mechanism, read, Exhaustion(found.instances, found.cases), where)
    return Survived(mechanism, read, where, found.instances, found.cases, found.rounded)


def _exhaustible(axiom: Axiom, setting: Setting, agents: int, budget: Budget) -> bool:
    """Whether all cases of a finite setting fit into the budget, judged by one mixed profile."""
    types = [setting.types(agent) for agent in range(agents)]
    if not all(types):
        return False
    if hasattr(axiom, "instances"):
        return True
    mixed = tuple(listed[agent % len(listed)] for agent, listed in enumerate(types) if listed)
    there = islice(axiom.cases(Instance(setting, mixed)), budget.cases + 1)
    cases = max(sum(1 for _ in there), 1)
    return cases * Domain(setting, agents).size <= budget.cases


def _searched(setting: Setting, agents: int, budget: Budget) -> Iterator[Instance]:
    """Profiles to try: at most one for each case of the budget, should an axiom have no case."""
    rng = np.random.default_rng(budget.seed)
    types = [setting.types(agent) for agent in range(agents)]
    finite = [listed for listed in types if listed is not None]
    profiles: Iterator[tuple[Any, ...]]
    if len(finite) == agents:
        profiles = _drawn(finite, rng)
    elif is_searchable(setting):
        profiles = setting.profiles(agents, rng)
    else:
        raise ValueError(
            f"setting is {setting}: it must list its types or have profiles() to search"
        )
    for reports, _ in zip(profiles, range(budget.cases), strict=False):
        yield Instance(setting, reports)


def _drawn(types: list[tuple[Any, ...]], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    sizes = [len(listed) for listed in types]
    while True:
        places: list[int] = rng.integers(sizes).tolist()
        yield tuple(listed[place] for listed, place in zip(types, places, strict=True))
