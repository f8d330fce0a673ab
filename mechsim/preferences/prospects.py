r"""Forecasters of what each of several actions would lead to, one of which will be taken.

A type is one belief :math:`p_a` an action.  An alternative says which action is taken and what that
pays each forecaster in each outcome, so it is worth what the forecaster expects of that action:

.. math:: v_i(p, (a, s)) = \sum_o p_a(o)\, s_i(o).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import sequence, show
from .beliefs import Belief, Beliefs, distribution, expect

Forecast: TypeAlias = tuple[Belief, ...]
"""One belief an action."""


@dataclass(frozen=True)
class Taken:
    """``action`` is taken, and ``rewards[i][o]`` is what forecaster ``i`` gets in outcome ``o``."""

    action: int
    rewards: tuple[Any, ...]


@dataclass(frozen=True, repr=False)
class Prospects:
    """Forecasts of the outcomes of ``actions``.

    Parameters
    ----------
    actions : tuple of str
    outcome : Beliefs
        What an action may lead to, and the grid of beliefs, if they are on one.
    agents : tuple of str
        Who forecasts, in this order.

    Examples
    --------
    >>> half = 1 / 2
    >>> drug = Prospects(("old", "new"), Beliefs(("cured", "ill")))
    >>> drug.value(0, ((half, half), (1, 0)), Taken(1, ((8, 0),)))
    8
    """

    actions: tuple[str, ...]
    outcome: Beliefs
    agents: tuple[str, ...] = ("the forecaster",)

    def __post_init__(self) -> None:
        if len(set(self.actions)) != len(self.actions) or not self.actions:
            raise ValueError(f"actions is {self.actions}: there must be one, and names must differ")

    @property
    def states(self) -> tuple[str, ...]:
        """The outcomes."""
        return self.outcome.states

    def types(self, agent: int, /) -> tuple[Forecast, ...] | None:
        """Every combination of beliefs of the grid."""
        return None if self.outcome.steps is None else _listed(self.outcome, len(self.actions))

    def value(self, agent: int, type_: Forecast, alternative: Taken, /) -> Any:
        """The expected score, given the action."""
        return expect(type_[alternative.action], alternative.rewards[agent])

    def admits(self, alternative: object, /) -> bool:
        """Whether this is an action with scores."""
        return isinstance(alternative, Taken) and 0 <= alternative.action < len(self.actions)

    def read(self, given: Iterable[Any], /) -> tuple[Forecast, ...]:
        """One forecast, of one belief an action, for each forecaster.

        Raises
        ------
        ValueError
            If nobody reports, beliefs are too many or too few, or one is no distribution or off
            the grid.
        """
        rows = sequence(cast(object, given), "reports")
        if not rows:
            raise ValueError("reports is empty: at least one agent must report")
        found: list[Forecast] = []
        for agent, row in enumerate(rows):
            beliefs = sequence(row, f"reports[{agent}]")
            if len(beliefs) != len(self.actions):
                raise ValueError(
                    f"reports[{agent}] has {len(beliefs)} beliefs: "
                    f"it must have one for each of {', '.join(self.actions)}"
                )
            forecast = tuple(
                distribution(belief, f"reports[{agent}][{a}]", self.states)
                for a, belief in enumerate(beliefs)
            )
            for a, belief in enumerate(forecast):
                if belief not in (self.outcome.types(agent) or (belief,)):
                    raise ValueError(
                        f"reports[{agent}][{a}] is {self.outcome.tell_type(belief)}: "
                        f"it must be one of the beliefs of {self.outcome}"
                    )
            found.append(forecast)
        return tuple(found)

    def tell(self, alternative: Taken, /) -> str:
        """The action, and what it pays whom."""
        scored = (
            f"{name} gets {', '.join(map(show, scores))}"
            for name, scores in zip(self.agents, alternative.rewards, strict=False)
        )
        return f"{self.actions[alternative.action]} is taken; {'; '.join(scored)}"

    def tell_type(self, type_: Forecast, /) -> str:
        """The belief about each action."""
        told = zip(self.actions, type_, strict=True)
        return "; ".join(f"{name}: {self.outcome.tell_type(belief)}" for name, belief in told)

    def misreports(self, agent: int, reports: tuple[Forecast, ...], /) -> Iterator[Forecast]:
        """Lies about one action, as of `Beliefs`, and beliefs of actions exchanged."""
        truth = reports[agent]
        proposed: dict[Forecast, None] = {truth[k:] + truth[:k]: None for k in range(len(truth))}
        for action, belief in enumerate(truth):
            for lie in self.outcome.misreports(0, (belief, *truth)):
                proposed[(*truth[:action], lie, *truth[action + 1 :])] = None
        yield from (forecast for forecast in proposed if forecast != truth)

    def simpler(self, type_: Forecast, /) -> Iterator[Forecast]:
        """One belief of a coarser grid."""
        for action, belief in enumerate(type_):
            for other in self.outcome.simpler(belief):
                yield (*type_[:action], other, *type_[action + 1 :])

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[tuple[Forecast, ...]]:
        """Beliefs drawn as of `Beliefs`, independently for each action and agent."""
        size = agents * len(self.actions)
        drawn = self.outcome.profiles(max(size, 2), rng)
        for row in drawn:
            beliefs = iter(row[:size])
            yield tuple(tuple(islice(beliefs, len(self.actions))) for _ in range(agents))

    def __repr__(self) -> str:
        return f"Prospects({', '.join(self.actions)}; {self.outcome})"


@lru_cache(maxsize=16)
def _listed(outcome: Beliefs, actions: int) -> tuple[Forecast, ...]:
    return tuple(product(outcome.types(0) or (), repeat=actions))
