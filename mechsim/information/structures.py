r"""Information structures of the usual kinds, and random ones.

All of them are an `Acquisition`: worlds :math:`w`, which have a state :math:`\theta(w)`, and
experts whose efforts bring signals that are independent given the world.  Where every state has one
world, signals are *conditionally independent*, and to correlate efforts brings nothing; where
several worlds share a state, signals tell of each other more than the state explains.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from .._numbers import Number, real, show, whole
from ..preferences.acquisition import Acquisition, Effort, Expert, World

IDLE = "rest"
"""The effort that costs nothing and brings `NOTHING`."""
NOTHING = "nothing"
"""The signal of who makes no effort."""
ZERO, ONE = Fraction(0), Fraction(1)

Rows: TypeAlias = Sequence[Sequence[Number]]
"""For each state the probabilities of the signals."""


def conditionally_independent(
    prior: Mapping[str, Number],
    experts: Mapping[str, Mapping[str, tuple[Number, Rows]]],
    *,
    signals: Sequence[str],
) -> Acquisition:
    """Experts whose signals depend on each other by the state only.

    Parameters
    ----------
    prior : mapping of states to probabilities
    experts : mapping of names to efforts
        Of each effort, by its name, the cost and one row of probabilities a state.
    signals : sequence of str
        What all of them may see.

    Examples
    --------
    >>> look = (1, [(1, 0), (0, 1)])
    >>> rest = (0, [(1, 0), (1, 0)])
    >>> weather = conditionally_independent(
    ...     {"rain": Fraction(1, 4), "sun": Fraction(3, 4)},
    ...     {"Ann": {"rest": rest, "look": look}},
    ...     signals=("wet", "dry"),
    ... )
    >>> weather.posterior(0, "dry", "rest")
    (Fraction(1, 4), Fraction(3, 4))
    """
    worlds = tuple(World(state, _exact(p, f"prior of {state}")) for state, p in prior.items())
    found: list[Expert] = []
    for name, efforts in experts.items():
        listed: list[Effort] = []
        for effort, (cost, rows) in efforts.items():
            where = f"{name}'s effort {effort}"
            likelihood = tuple(
                tuple(_exact(p, f"likelihood of {where}, row {k}") for p in row)
                for k, row in enumerate(rows)
            )
            listed.append(Effort(effort, _exact(cost, f"cost of {where}"), likelihood))
        found.append(Expert(name, tuple(signals), tuple(listed)))
    return Acquisition(worlds, tuple(found))


def binary_accuracy(
    efforts: Mapping[str, tuple[Number, Number]],
    *,
    states: tuple[str, str] = ("yes", "no"),
    prior: Number = Fraction(1, 2),
    experts: Sequence[str] = ("Ann",),
) -> Acquisition:
    """Two states, and efforts that name the true one with a probability: their accuracy.

    Parameters
    ----------
    efforts : mapping of names to (accuracy, cost)
        To rest, which costs nothing and brings no signal, is always possible.
    states : pair of str
        Signals are called like them.
    prior : Number
        Of the first state.
    experts : sequence of str
        All alike, and independent given the state.

    Examples
    --------
    >>> print(binary_accuracy({"glance": (0.75, 0.125)}).posterior(0, "yes", "glance")[0])
    3/4
    """
    if IDLE in efforts:
        raise ValueError(f"efforts has {IDLE!r}: that is the name of making none")
    _require_different(experts, "experts")
    _require_different((NOTHING, *states), "states")
    signals = (NOTHING, *states)
    listed: dict[str, tuple[Number, Rows]] = {IDLE: (ZERO, ((ONE, ZERO, ZERO),) * 2)}
    for name, (accuracy, cost) in efforts.items():
        right = _exact(accuracy, f"accuracy of {name}")
        if not 0 <= right <= 1:
            raise ValueError(f"accuracy of {name} is {show(right)}: it must be between 0 and 1")
        listed[name] = cost, ((ZERO, right, 1 - right), (ZERO, 1 - right, right))
    first = _exact(prior, "prior")
    return conditionally_independent(
        {states[0]: first, states[1]: 1 - first}, dict.fromkeys(experts, listed), signals=signals
    )


def correlated(
    law: Mapping[tuple[str, tuple[str, ...]], Number], costs: Mapping[str, Number]
) -> Acquisition:
    """Experts who rest or work, with any joint law of the state and what they see if they work.

    Parameters
    ----------
    law : mapping of (state, signals) to probabilities
        One signal an expert.
    costs : mapping of experts to Number
        Of work.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> both = correlated(
    ...     {("rise", ("up", "up")): half, ("fall", ("down", "down")): half}, {"Ann": 1, "Bob": 2}
    ... )
    >>> print(both.law(("work", "rest"))[0, ("up", "nothing")])
    1/2
    """
    for state, seen in law:
        if len(seen) != len(costs):
            raise ValueError(
                f"law has {seen} in {state!r}: it must have one signal for each of "
                f"{', '.join(costs)}"
            )
    worlds: list[World] = []
    support: list[tuple[str, ...]] = []
    for (state, seen), p in law.items():
        likely = _exact(p, f"law of {state!r} with {seen}")
        if likely:
            worlds.append(World(state, likely))
            support.append(seen)
    experts: list[Expert] = []
    for i, (name, cost) in enumerate(costs.items()):
        signals = (NOTHING, *dict.fromkeys(seen[i] for seen in support))
        see = tuple(tuple(Fraction(s == seen[i]) for s in signals) for seen in support)
        idle = (tuple(Fraction(s == NOTHING) for s in signals),) * len(support)
        efforts = (
            Effort(IDLE, ZERO, idle),
            Effort("work", _exact(cost, f"cost of {name}"), see),
        )
        experts.append(Expert(name, signals, efforts))
    return Acquisition(tuple(worlds), tuple(experts))


def hidden_bit(
    link: Number,
    cost: Number,
    *,
    states: tuple[str, str] = ("rise", "fall"),
    experts: Sequence[str] = ("Ann", "Bob"),
) -> Acquisition:
    """A fair bit that all who work see, and that the state follows with probability ``link``.

    The signals agree more than the state explains, so that one expert can audit another.

    Examples
    --------
    >>> hidden_bit(0.75, cost=1).posterior(0, "one", "work")
    (Fraction(3, 4), Fraction(1, 4))
    """
    _require_different(experts, "experts")
    follows = _exact(link, "link")
    if not 0 <= follows <= 1:
        raise ValueError(f"link is {show(follows)}: it must be between 0 and 1")
    law: dict[tuple[str, tuple[str, ...]], Number] = {}
    for bit, right in (("one", follows), ("zero", 1 - follows)):
        seen = (bit,) * len(experts)
        law[states[0], seen], law[states[1], seen] = right / 2, (1 - right) / 2
    return correlated(law, dict.fromkeys(experts, cost))


def draw_structure(
    rng: np.random.Generator,
    *,
    experts: int = 2,
    efforts: int = 2,
    signals: int = 2,
    states: int = 2,
    worlds: int | None = None,
    denominator: int = 12,
) -> Acquisition:
    """A random structure: counts of Dirichlet(1) draws as distributions, costs in [0, 1/4].

    Parameters
    ----------
    rng : numpy Generator
    experts, efforts, signals, states : int
        How many; efforts and signals of each expert.  The first effort costs nothing.
    worlds : int, optional
        More than states for signals that are correlated beyond the state; by default as many.
    denominator : int
        Of all probabilities and of four times the costs.

    Examples
    --------
    >>> draw_structure(np.random.default_rng(1), worlds=5)
    Acquisition(state 0, state 1; expert 0, expert 1)
    """
    whole(denominator, "denominator", least=max(signals, states, worlds or 0))
    many = states if worlds is None else worlds
    if many < states:
        raise ValueError(f"worlds is {many}: there must be one for each of {states} states")
    chances = _shares(rng, many, denominator, least=1)
    drawn = tuple(World(f"state {w % states}", p) for w, p in enumerate(chances))
    named = tuple(f"signal {s}" for s in range(signals))
    found: list[Expert] = []
    for i in range(experts):
        listed: list[Effort] = []
        for e in range(efforts):
            cost = Fraction(int(rng.integers(0, denominator + 1)), 4 * denominator) if e else ZERO
            rows = tuple(_shares(rng, signals, denominator) for _ in range(many))
            listed.append(Effort(f"effort {e}", cost, rows))
        found.append(Expert(f"expert {i}", named, tuple(listed)))
    return Acquisition(drawn, tuple(found))


def _shares(
    rng: np.random.Generator, size: int, denominator: int, least: int = 0
) -> tuple[Fraction, ...]:
    """A random distribution with this denominator, each entry at least ``least`` units."""
    drawn = rng.dirichlet(np.ones(size))
    counts = rng.multinomial(denominator - least * size, drawn) + least
    return tuple(Fraction(int(k), denominator) for k in counts)


def _require_different(names: Sequence[str], what: str) -> None:
    if len(set(names)) != len(names):
        raise ValueError(f"{what} is {tuple(names)}: names must differ")


def _exact(number: Number, name: str) -> Fraction:
    return Fraction(real(number, name))
