"""A receiver whose senders know something, and rules for what it does with their reports."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import sequence, show, show_all
from .._tables import Table
from ..lottery import Finite
from ..mechanism import Playable, accepts_reports, play
from ..program import Optimum
from .decision import Decision
from .hired import require_finite

Signals = tuple[str, ...]
"""One signal a sender."""


@dataclass(frozen=True)
class Advice:
    """A receiver, senders, and what they may know.

    Parameters
    ----------
    states : tuple of str
    signals : tuple of tuples of str
        For each sender those that it may see.
    law : mapping of (state, signals) to Fraction
        How likely each state is together with each profile of signals; total 1.
    receiver : Decision
    senders : tuple of Decision
        What the receiver's actions are worth to each sender.
    """

    states: tuple[str, ...]
    signals: tuple[tuple[str, ...], ...]
    law: Mapping[tuple[str, Signals], Fraction] = field(hash=False)
    receiver: Decision
    senders: tuple[Decision, ...]

    def __post_init__(self) -> None:
        if len(self.senders) != len(self.signals) or not self.senders:
            raise ValueError(
                f"senders has {len(self.senders)} entries: it must have one for each of "
                f"{len(self.signals)} rows of signals, one at least"
            )
        for (state, seen), p in self.law.items():
            if state not in self.states or seen not in set(self.profiles):
                raise ValueError(f"law has {state!r} with {seen}: these are not all listed")
            if type(p) not in (int, Fraction) or p < 0:
                raise ValueError(f"law of {state!r} with {seen} is {p!r}: it must be exact, from 0")
        if sum(self.law.values()) != 1:
            raise ValueError(f"law sums to {show(sum(self.law.values()))}: it must sum to 1")
        for name, one in (("receiver", self.receiver), *(("senders", v) for v in self.senders)):
            if one.actions != self.receiver.actions or len(one.utility[0]) != len(self.states):
                raise ValueError(
                    f"{name} has {len(one.actions)} actions and {len(one.utility[0])} states: all "
                    f"must have those of the receiver and {len(self.states)} states"
                )

    @cached_property
    def profiles(self) -> tuple[Signals, ...]:
        """Every profile of signals."""
        return tuple(product(*self.signals))

    @cached_property
    def table(self) -> npt.NDArray[Any]:
        """The law as fractions: (profiles, states)."""
        rows = [
            [Fraction(self.law.get((state, seen), 0)) for state in self.states]
            for seen in self.profiles
        ]
        return np.array(rows, dtype=object)

    @property
    def agents(self) -> tuple[str, ...]:
        """The senders."""
        return tuple(f"sender {i}" for i in range(len(self.senders)))

    def types(self, agent: int, /) -> tuple[str, ...]:
        """The signals that a sender may have seen."""
        if agent >= len(self.signals):
            raise ValueError(
                f"agents has one too many: there are {len(self.signals)} senders, and no {agent}"
            )
        return self.signals[agent]

    def read(self, given: Iterable[str], /) -> Signals:
        """One signal for each sender, or a `ValueError` that names the one that is none."""
        reports = tuple(sequence(given, "reports"))
        if len(reports) != len(self.signals):
            raise ValueError(
                f"reports has {len(reports)} entries: it must have one for each of "
                f"{len(self.signals)} senders"
            )
        for i, report in enumerate(reports):
            if report not in self.signals[i]:
                raise ValueError(
                    f"reports[{i}] is {report!r}: it must be one of {', '.join(self.signals[i])}"
                )
        return reports

    def beliefs(self, agent: int, type_: str, agents: int, /) -> Iterator[tuple[Fraction, Signals]]:
        """What a sender that saw this thinks that all of them saw."""
        seen = {
            signals: sum(row.tolist(), Fraction(0))
            for signals, row in zip(self.profiles, self.table, strict=True)
            if signals[agent] == type_
        }
        total = sum(seen.values(), Fraction(0))
        if not total:  # it cannot be seen, and then nothing follows from it
            total = Fraction(len(seen))
            seen = dict.fromkeys(seen, Fraction(1))
        yield from ((p / total, signals) for signals, p in seen.items() if p)

    def value(self, agent: int, type_: str, alternative: "Acted", /) -> Fraction:
        """What an act is worth to a sender that knows its own signal only."""
        listed = self.beliefs(agent, type_, len(self.signals))
        return sum((p * self.value_at(agent, s, alternative) for p, s in listed), Fraction(0))

    def value_at(self, agent: int, profile: Signals, alternative: "Acted", /) -> Fraction:
        """What an act is worth to a sender if these signals were seen."""
        row = self.table[self.profiles.index(profile)].tolist()
        total = sum(row)
        if not total:
            return Fraction(0)
        utility = self.senders[agent].utility[alternative.action]
        gets = zip(row, utility, alternative.rewards[agent], strict=True)
        worth = sum((p * (Fraction(v) + t) for p, v, t in gets), Fraction(0))
        return Fraction(worth / total)

    def tell(self, alternative: "Acted", /) -> str:
        """What is done, and who is paid."""
        paid = (
            f"{name} gets {show_all(row)}"
            for name, row in zip(self.agents, alternative.rewards, strict=True)
            if any(row)
        )
        return "; ".join((f"{self.receiver.actions[alternative.action]} is done", *paid))

    def __repr__(self) -> str:
        return f"Advice({', '.join(self.states)}; {len(self.senders)} senders)"


@dataclass(frozen=True)
class Acted:
    """``action``, by its number, is done; sender ``i`` gets ``rewards[i][k]`` in state ``k``."""

    action: int
    rewards: tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True, eq=False, repr=False)
class Advised:
    """The best rule: what is done, and paid, after each profile of reports.

    Parameters
    ----------
    advice : Advice
    actions : mapping of signals to tuples of Fraction
        The probability of each action.
    paid : mapping of signals to tuples
        For each sender one payment a state.
    value : Fraction
        What the receiver expects.
    optimum : Optimum
        The linear program, solved and certified.
    """

    advice: Advice
    actions: Mapping[Signals, tuple[Fraction, ...]]
    paid: Mapping[Signals, tuple[tuple[Fraction, ...], ...]]
    value: Fraction
    optimum: Optimum

    @property
    def setting(self) -> Advice:
        """What the rule is for."""
        return self.advice

    @accepts_reports
    def __call__(self, reports: Signals, /) -> Finite[Acted]:
        """What may be done, and what is paid for it."""
        paid = self.paid[reports]
        chances = enumerate(self.actions[reports])
        return Finite({Acted(action, paid): p for action, p in chances if p})

    def table(self) -> Table:
        """One row a profile of reports."""
        rows = ((" and ".join(s), *map(show, chances)) for s, chances in self.actions.items())
        return Table(("reported", *self.advice.receiver.actions), tuple(rows))

    def __str__(self) -> str:
        return f"Advised(worth {show(self.value)} to the receiver)"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>worth {show(self.value)} to the receiver</p>{self.table()._repr_html_()}"


def received(mechanism: Playable, advice: Advice) -> Fraction:
    """What any mechanism of signals to lotteries over `Acted` is worth to the receiver; exactly."""
    total = Fraction(0)
    for reports, row in zip(advice.profiles, advice.table.tolist(), strict=True):
        for acted, p in require_finite(play(mechanism, reports)).items():
            acts: Acted = acted
            utility = advice.receiver.utility[acts.action]
            for k, likely in enumerate(row):
                paid = sum((Fraction(t[k]) for t in acts.rewards), Fraction(0))
                total += p * likely * (Fraction(utility[k]) - paid)
    return total


@dataclass(frozen=True)
class Believing:
    """The rule that believes all reports, and pays nothing for them.

    Parameters
    ----------
    setting : Advice

    Examples
    --------
    >>> half, guess = Fraction(1, 2), Decision.guess(("low", "high"))
    >>> law = {("low", ("l",)): half, ("high", ("h",)): half}
    >>> advice = Advice(("low", "high"), (("l", "h"),), law, guess, (guess,))
    >>> print(advice.tell(Believing(advice)(["h"])))
    high is done
    """

    setting: Advice

    @accepts_reports
    def __call__(self, reports: Signals, /) -> Acted:
        """What is best for the receiver if the reports are true."""
        advice = self.setting
        row = tuple(advice.table[advice.profiles.index(reports)].tolist())
        action = advice.receiver.actions.index(advice.receiver.best(row))
        return Acted(action, ((Fraction(0),) * len(advice.states),) * len(advice.senders))


@dataclass(frozen=True)
class Ignoring:
    """The rule that ignores all reports, and does what is best by the prior.

    Parameters
    ----------
    setting : Advice
    """

    setting: Advice

    @accepts_reports
    def __call__(self, reports: Signals, /) -> Acted:
        """The same, whatever is reported."""
        advice = self.setting
        prior = tuple(advice.table.sum(axis=0).tolist())
        action = advice.receiver.actions.index(advice.receiver.best(prior))
        return Acted(action, ((Fraction(0),) * len(advice.states),) * len(advice.senders))
