r"""Non-dictatorship: nobody always gets what it likes best.

.. math:: \forall i\ \exists \theta:\ f(\theta) \ne \mathrm{top}_i(\theta_i).

An outcome that the agent likes as well as its top counts as its top.

References
----------
Gibbard. Manipulation of voting schemes: a general result. Econometrica 41, 1973.
Satterthwaite. Strategy-proofness and Arrow's conditions. Journal of Economic Theory 10, 1975.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from ..lottery import is_finite
from ..mechanism import Playable, play
from ..setting import Domain, Instance, require, unpriced
from ._base import Undecided
from ._chosen import Chosen, Literal, Sets, Words


@dataclass(frozen=True)
class Dictator:
    """``agent`` ought not to get its way everywhere; ``instance`` is one of the profiles."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")


@dataclass(frozen=True)
class NonDictatorial:
    """No agent gets what it likes best, surely, at all profiles of a finite setting.

    What agents like best the setting knows by ``top(agent, type)``, or it is what is worth most to
    them of ``alternatives(agents)``.  The violation is 1 if one always gets it.
    """

    def instances(self, setting: Any, agents: int, /) -> Iterator[Instance]:
        """One profile: the question is about all of them together."""
        yield next(iter(Domain(setting, agents)))

    def cases(self, instance: Instance, /) -> Iterator[Dictator]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Dictator(instance, agent)

    def violation(self, mechanism: Playable, case: Dictator, /) -> Any:
        """1 if the agent always gets what it likes best, 0 if not."""
        setting, agents = case.instance.setting, case.instance.agents
        if not all(map(setting.types, range(agents))):
            raise Undecided("whether somebody is a dictator is asked of finite settings only")
        best_of = _tops(setting, agents)
        for instance in Domain(setting, agents):
            best = best_of(case.agent, instance.profile[case.agent])
            lottery = play(mechanism, instance.reports)
            if not is_finite(lottery):
                raise Undecided("a lottery does not list what it may draw")
            here = case.agent, instance.profile[case.agent], best
            if any(not _as_good(setting, *here, outcome) for outcome in lottery.support):
                return Fraction(0)
        return Fraction(1)

    def clauses(self, chosen: Chosen, /) -> None:
        """One an agent: something else than it likes best is chosen at some profile."""
        setting, every = chosen.setting, chosen.everywhere()
        best_of = _tops(setting, chosen.agents)
        for agent in range(chosen.agents):
            loses: Sets = np.empty((len(chosen.types[agent]), len(chosen.alternatives)), dtype=bool)
            for k, type_ in enumerate(chosen.types[agent]):
                best = best_of(agent, type_)
                loses[k] = [
                    not _as_good(setting, agent, type_, best, o) for o in chosen.alternatives
                ]
            place, other = np.nonzero(loses[every[:, agent]])
            chosen.somewhere(self, every[place], other)

    def explain(self, mechanism: Playable, case: Dictator, /) -> str:
        """Who is the dictator."""
        return f"{case.instance.name(case.agent)} gets what it likes best at every profile"

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """That the agent does not get its way somewhere."""
        agents = range(len(words.types))
        best_of = _tops(words.setting, len(words.types))

        def loses(agent: int, literal: Literal) -> bool:
            type_ = words.types[agent][literal.profile[agent]]
            outcome = words.alternatives[literal.members[0]]
            return not _as_good(words.setting, agent, type_, best_of(agent, type_), outcome)

        agent = next(a for a in agents if all(loses(a, literal) for literal in literals))
        return f"somewhere {words.world.name(agent)} does not get what it likes best"


def _tops(setting: Any, agents: int) -> Callable[[int, Any], Any]:
    """What an agent likes best: as the setting says, or the first that is worth most to it.

    Raises
    ------
    Undecided
        If the setting neither says it nor lists alternatives.
    """
    if hasattr(setting, "top"):
        top: Callable[[int, Any], Any] = setting.top
        return top
    require(setting, "alternatives")
    try:
        listed = tuple(setting.alternatives(agents))
    except ValueError as why:
        raise Undecided(f"what is liked best is not known, as {why}") from None

    @cache
    def best(agent: int, type_: Any) -> Any:
        return max(listed, key=lambda outcome: setting.value(agent, type_, outcome))

    return best


def _as_good(setting: Any, agent: int, type_: Any, best: Any, outcome: Any) -> bool:
    """Whether the outcome is the best one, or liked as well."""
    if outcome == best:
        return True
    try:
        worths = [setting.value(agent, type_, one) for one in (best, unpriced(outcome))]
    except Undecided:
        return False
    return bool(worths[0] == worths[1])
