r"""Experts who can be hired to find out about the state of the world.

World :math:`w` has probability :math:`P(w)` and state :math:`\theta(w)`.  Expert :math:`i` picks
an effort :math:`b_i` at cost :math:`c_i(b_i)` and sees signal :math:`s_i` with probability
:math:`P(s_i \mid w, b_i)`, independently of the others given the world:

.. math:: P(\theta, s \mid b) = \sum_{w : \theta(w) = \theta} P(w) \prod_i P(s_i \mid w, b_i).

Only the state can be paid on.  Where worlds are states, signals are independent given the state;
where several worlds share a state, signals may be correlated beyond it.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, ClassVar

from .._numbers import Number, sequence, show, show_all
from ..algorithms.balls import ball
from .beliefs import Belief, expect


@dataclass(frozen=True)
class World:
    """A way the world may be, with the state that one gets to see of it."""

    state: str
    probability: Fraction


@dataclass(frozen=True)
class Effort:
    """What an expert may do, what that costs it, and the signals it brings.

    ``likelihood[w][k]`` is the probability of the expert's signal ``k`` in world ``w``.
    """

    name: str
    cost: Fraction
    likelihood: tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Expert:
    """Somebody who may be hired, the signals it can report, and its efforts."""

    name: str
    signals: tuple[str, ...]
    efforts: tuple[Effort, ...]


@dataclass(frozen=True)
class ContractTerms:
    """Expert ``i`` is asked for ``efforts[i]`` and gets ``rewards[i][k]`` in state ``k``."""

    efforts: tuple[str, ...]
    rewards: tuple[Any, ...]


@dataclass(frozen=True, repr=False)
class Acquisition:
    """A prior over worlds, and experts.  An expert's type is the signal it has seen.

    Parameters
    ----------
    worlds : tuple of World
        Their probabilities positive and exact, the total 1.
    experts : tuple of Expert
        Costs and likelihoods exact; a row of likelihoods sums to 1.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> look = Effort("look", Fraction(1), ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))))
    >>> ann = Expert("Ann", ("wet", "dry"), (look,))
    >>> setting = Acquisition((World("rain", half), World("sun", half)), (ann,))
    >>> setting
    Acquisition(rain, sun; Ann)
    >>> setting.posterior(0, "wet", "look")
    (Fraction(1, 1), Fraction(0, 1))
    """

    worlds: tuple[World, ...]
    experts: tuple[Expert, ...]

    def __post_init__(self) -> None:
        _require_distribution([w.probability for w in self.worlds], "the probability of worlds")
        for w, world in enumerate(self.worlds):
            if not world.probability or not world.state:
                raise ValueError(
                    f"worlds[{w}] is {world.state!r} with probability {show(world.probability)}: "
                    "it must have a name, and be possible"
                )
        if not self.experts:
            raise ValueError("experts is empty: there must be at least one")
        _require_different(self.agents, "experts")
        for expert in self.experts:
            _require_different(expert.signals, f"signals of {expert.name}")
            _require_different([e.name for e in expert.efforts], f"efforts of {expert.name}")
            for effort in expert.efforts:
                self._require_effort(expert, effort)

    def _require_effort(self, expert: Expert, effort: Effort) -> None:
        what = f"of {expert.name}'s effort {effort.name}"
        if type(effort.cost) not in (int, Fraction):
            raise ValueError(f"cost {what} is {effort.cost!r}: it must be an int or a Fraction")
        if len(effort.likelihood) != len(self.worlds):
            raise ValueError(
                f"likelihood {what} has {len(effort.likelihood)} rows: "
                f"it must have one for each of {len(self.worlds)} worlds"
            )
        for w, row in enumerate(effort.likelihood):
            name = f"likelihood {what} in world {w} ({self.worlds[w].state})"
            if len(row) != len(expert.signals):
                raise ValueError(
                    f"{name} has {len(row)} entries: it must have one for each of the signals "
                    f"{', '.join(expert.signals)}"
                )
            _require_distribution(row, name)

    money: ClassVar[bool] = True

    @property
    def agents(self) -> tuple[str, ...]:
        """The experts' names."""
        return tuple(expert.name for expert in self.experts)

    @property
    def states(self) -> tuple[str, ...]:
        """The states, in the order in which worlds list them."""
        return tuple(dict.fromkeys(world.state for world in self.worlds))

    def types(self, agent: int, /) -> tuple[str, ...]:
        """The signals that an expert can report."""
        if agent >= len(self.experts):
            raise ValueError(
                f"agents has one too many: agent {agent} is none of {', '.join(self.agents)}"
            )
        return self.experts[agent].signals

    def effort(self, agent: int, name: str) -> Effort:
        """The effort of an expert that is called ``name``."""
        for effort in self.experts[agent].efforts:
            if effort.name == name:
                return effort
        known = ", ".join(effort.name for effort in self.experts[agent].efforts)
        raise ValueError(
            f"efforts[{agent}] is {name!r}: it must be one of {self.agents[agent]}'s, {known}"
        )

    def require_efforts(self, efforts: tuple[str, ...]) -> None:
        """Raise `ValueError` unless this is one effort an expert."""
        if len(efforts) != len(self.experts):
            raise ValueError(
                f"efforts has {len(efforts)} entries: "
                f"it must have one for each of {', '.join(self.agents)}"
            )
        for agent, name in enumerate(efforts):
            self.effort(agent, name)

    def chances(self, agent: int, effort: str, world: int) -> Iterator[tuple[str, Fraction]]:
        """The signals that an effort may bring in a world, and how likely each is."""
        row = self.effort(agent, effort).likelihood[world]
        yield from ((s, p) for s, p in zip(self.types(agent), row, strict=True) if p)

    def law(self, efforts: tuple[str, ...]) -> dict[tuple[int, tuple[str, ...]], Fraction]:
        """How likely each state (by its place) is together with each profile of signals."""
        states, total = self.states, dict[tuple[int, tuple[str, ...]], Fraction]()
        for w, world in enumerate(self.worlds):
            drawn = (self.chances(agent, effort, w) for agent, effort in enumerate(efforts))
            for seen in product(*drawn):
                event = states.index(world.state), tuple(signal for signal, _ in seen)
                likely = math.prod((p for _, p in seen), start=world.probability)
                total[event] = total.get(event, Fraction(0)) + likely
        return total

    def posterior(self, agent: int, signal: str, effort: str) -> Belief:
        """What an expert believes about the state when its effort brought ``signal``.

        A signal that the effort cannot bring says nothing, and leaves the prior.
        """
        weight = dict.fromkeys(self.states, Fraction(0))
        prior = dict(weight)
        for w, world in enumerate(self.worlds):
            prior[world.state] += world.probability
            seen = dict(self.chances(agent, effort, w)).get(signal, Fraction(0))
            weight[world.state] += world.probability * seen
        total = sum(weight.values())
        return tuple(p / total for p in weight.values()) if total else tuple(prior.values())

    def value(self, agent: int, type_: str, alternative: ContractTerms, /) -> Any:
        """What the terms leave to an expert that did what they ask and then saw this signal."""
        asked = alternative.efforts[agent]
        cost = self.effort(agent, asked).cost
        reward = expect(self.posterior(agent, type_, asked), alternative.rewards[agent])
        return reward - (ball(cost) if hasattr(reward, "mid") else cost)

    def read(self, given: Iterable[str], /) -> tuple[str, ...]:
        """The signals reported, one an expert.

        Raises
        ------
        ValueError
            If reports are too many or too few, or one is none of the expert's signals.
        """
        reports = tuple(sequence(given, "reports"))
        if len(reports) != len(self.experts):
            raise ValueError(
                f"reports has {len(reports)} entries: "
                f"it must have one for each of {', '.join(self.agents)}"
            )
        for agent, report in enumerate(reports):
            if report not in self.types(agent):
                raise ValueError(
                    f"reports[{agent}] is {report!r}: "
                    f"it must be one of {', '.join(self.types(agent))}"
                )
        return tuple(map(str, reports))

    def tell(self, alternative: ContractTerms, /) -> str:
        """What is asked of whom, and what that pays in each state."""
        told = zip(self.agents, alternative.efforts, alternative.rewards, strict=True)
        states = ", ".join(self.states)
        return "; ".join(
            f"{name} to {asked}, for {show_all(tuple(paid))} in states {states}"
            for name, asked, paid in told
        )

    def __repr__(self) -> str:
        return f"Acquisition({', '.join(self.states)}; {', '.join(self.agents)})"


def _require_distribution(row: Iterable[Number], name: str) -> None:
    entries = list(row)
    for p in entries:
        if type(p) not in (int, Fraction) or p < 0:
            raise ValueError(f"{name} has {p!r}: it must be an int or Fraction, at least 0")
    if sum(entries) != 1:
        raise ValueError(f"{name} sums to {show(sum(entries))}: it must sum to 1")


def _require_different(names: Iterable[str], what: str) -> None:
    listed = list(names)
    if not listed:
        raise ValueError(f"{what} is empty: there must be at least one")
    for k, name in enumerate(listed):
        if name in listed[:k]:
            raise ValueError(f"{what} lists {name!r} twice: names must differ")
