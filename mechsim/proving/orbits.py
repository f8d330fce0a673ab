r"""One profile of each kind: what need not be tried where a mechanism is granted symmetries.

If :math:`f` is anonymous and agents differ in nothing but their types, whatever goes wrong at a
profile goes wrong at every rearrangement of it, so one rearrangement is enough:
:math:`\binom{m+n-1}{n}` profiles of :math:`m` types instead of :math:`m^n`.  If it is neutral, the
same holds for renamed profiles.  A verdict reached this way names what it took for granted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from math import comb
from typing import Any

from .._text import brief
from ..axioms import Anonymous, Neutral
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..setting import Domain, Instance, Undecided, utility

GRANTED = (Anonymous(), Neutral())
"""What may be taken for granted."""


@dataclass(frozen=True)
class Orbits:
    """The profiles of ``domain``, one for each that symmetries tell apart.

    Parameters
    ----------
    domain : Domain
        All agents must have the same types.
    assuming : sequence of Anonymous or Neutral
        What is granted of the mechanism.
    """

    domain: Domain
    assuming: Sequence[Any]

    def __post_init__(self) -> None:
        for axiom in self.assuming:
            if axiom not in GRANTED:
                told = " and ".join(map(brief, GRANTED))
                raise ValueError(f"assuming has {brief(axiom)}: only {told} can be granted")
        types = [self.domain.setting.types(agent) for agent in range(self.domain.agents)]
        if any(listed != types[0] for listed in types):
            raise ValueError(
                f"setting is {brief(self.domain.setting)}: its agents have different types, so "
                "they cannot trade places"
            )

    @property
    def types(self) -> tuple[Any, ...]:
        """Those of every agent."""
        found: tuple[Any, ...] = self.domain.setting.types(0)
        return found

    @property
    def most(self) -> int:
        """At most so many profiles are tried: renamings may leave out some of them."""
        points, agents = len(self.types), self.domain.agents
        anonymous = Anonymous() in self.assuming
        return comb(points + agents - 1, agents) if anonymous else points**agents

    def __iter__(self) -> Iterator[Instance]:
        places = range(len(self.types))
        every: Iterator[tuple[int, ...]]
        if Anonymous() in self.assuming:
            every = combinations_with_replacement(places, self.domain.agents)
        else:
            every = product(places, repeat=self.domain.agents)
        renamings = self._renamings()
        for profile in every:
            if all(profile <= self._ordered(renamed[k] for k in profile) for renamed in renamings):
                reports = tuple(self.types[place] for place in profile)
                yield Instance(self.domain.setting, reports)

    def require_alike(self, mechanism: Playable) -> None:
        """Raise `ValueError` if agents of one type like what ``mechanism`` does differently.

        Then they cannot trade places, and one profile of each kind is not enough.
        """
        if Anonymous() not in self.assuming:
            return
        setting, compared = self.domain.setting, set[Any]()
        for instance in self:
            lottery = play(mechanism, instance.reports)
            for outcome in lottery.support if is_finite(lottery) else ():
                if outcome not in compared:
                    compared.add(outcome)
                    self._compare(setting, outcome)

    def _compare(self, setting: Any, outcome: Any) -> None:
        for type_ in self.types:
            try:
                values = [
                    utility(setting, agent, type_, outcome) for agent in range(self.domain.agents)
                ]
            except Undecided:  # only an order is known, which is the same for all
                continue
            if any(value != values[0] for value in values):
                raise ValueError(
                    f"assuming has Anonymous: agents of {brief(setting)} with the same type like "
                    f"{Instance(setting, ()).tell(outcome)} differently, so they cannot trade "
                    "places"
                )

    def _ordered(self, profile: Iterator[int]) -> tuple[int, ...]:
        return tuple(sorted(profile)) if Anonymous() in self.assuming else tuple(profile)

    def _renamings(self) -> list[list[int]]:
        """For each renaming, the place of the type that each type becomes."""
        if Neutral() not in self.assuming:
            return []
        place = {type_: k for k, type_ in enumerate(self.types)}
        found = self.domain.setting.renamings()
        return [[place[renaming.type_(type_)] for type_ in self.types] for renaming in found]
