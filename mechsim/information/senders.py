r"""The best action rule for a receiver whose senders know, and want, something else.

States and signals have the joint law :math:`P(\theta, s)`.  The receiver commits to take action
:math:`a` with probability :math:`\pi(a \mid s)` after reports :math:`s`, and may pay sender
:math:`i` the amount :math:`t_i(s, \theta) \in [0, M]`.  It maximises

.. math:: \sum_{\theta, s, a} P(\theta, s)\, \pi(a \mid s)\, u_0(a, \theta)
          - \sum_{i, \theta, s} P(\theta, s)\, t_i(s, \theta)

such that no sender gains by reporting :math:`s_i'` for :math:`s_i`, in expectation over what it
does not know, for all :math:`i, s_i, s_i'`:

.. math:: \sum_{s_{-i}, \theta} P(\theta, s) \Bigl[\sum_a \bigl(\pi(a \mid s) - \pi(a \mid s_i',
          s_{-i})\bigr) v_i(a, \theta) + t_i(s, \theta) - t_i(s_i', s_{-i}, \theta)\Bigr] \ge 0.

It is a linear program, and lotteries over actions may be needed.

References
----------
Cacciamani, Castiglioni, Gatti. Online Mechanism Design for Information Acquisition.
arXiv:2302.02873.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show
from .._tables import Table
from ..program import Draft, Optimum, Terms
from .decision import Decision

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
    law: Mapping[tuple[str, Signals], Fraction]
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

    def gain(self, plan: "Advised", sender: int, seen: str, told: str) -> Fraction:
        """What a sender gains by reporting ``told`` for ``seen``, times how often it sees that."""
        total = Fraction(0)
        decision = self.senders[sender]
        for (state, signals), p in self.law.items():
            if signals[sender] == seen and p:
                lied = (*signals[:sender], told, *signals[sender + 1 :])
                t = self.states.index(state)
                for report, sign in ((lied, 1), (signals, -1)):
                    worth = zip(plan.actions[report], decision.utility, strict=True)
                    earned = sum((q * Fraction(row[t]) for q, row in worth), Fraction(0))
                    total += sign * p * (earned + plan.paid[report][sender][t])
        return total


@dataclass(frozen=True, eq=False)
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

    def table(self) -> Table:
        """One row a profile of reports."""
        rows = ((" and ".join(s), *map(show, chances)) for s, chances in self.actions.items())
        return Table(("reported", *self.advice.receiver.actions), tuple(rows))

    def __str__(self) -> str:
        return f"worth {show(self.value)} to the receiver\n\n{self.table()}"

    def _repr_html_(self) -> str:
        return f"<p>worth {show(self.value)} to the receiver</p>{self.table()._repr_html_()}"


def advise(advice: Advice, *, cap: Number = Fraction(0)) -> Advised:
    """The rule that is best for the receiver if the truth is to be told.

    Parameters
    ----------
    advice : Advice
    cap : Number
        The most that is paid to a sender in a state; nothing by default.

    Returns
    -------
    Advised
        ``actions`` times profiles of signals variables, and with payments ``senders`` times states
        times profiles more.

    Examples
    --------
    >>> half, guess = Fraction(1, 2), Decision.guess(("low", "high"), prize=10)
    >>> wants_high = Decision(guess.actions, ((0, 0), (1, 1)))
    >>> law = {("low", ("l",)): half, ("high", ("h",)): half}
    >>> told = Advice(("low", "high"), (("l", "h"),), law, guess, (wants_high,))
    >>> print(advise(told).value, advise(told, cap=1).value)
    5 19/2
    """
    cap = real(cap, "cap")
    if cap < 0:
        raise ValueError(f"cap is {show(cap)}: it must be at least 0")
    law, profiles, states = advice.table, advice.profiles, advice.states
    named = [" and ".join(s) for s in profiles]
    draft = Draft()
    pi = draft.variables("does {action} after {reports}", (advice.receiver.actions, named), low=0)
    each = np.arange(len(profiles))[:, None]
    draft.equal("does something after {0}", (named,), 1, Terms(pi.T, 1, each))
    pays = [
        draft.variables(
            f"pays sender {i} after {{reports}} in {{state}}", (named, states), high=Fraction(cap)
        )
        for i in range(len(advice.senders))
    ]
    for i, sender in enumerate(advice.senders):
        _truthful(advice, draft, i, _expected(law, sender), pi, pays[i])
    worth = _expected(law, advice.receiver)
    objective = [Terms(pi, worth), *(Terms(t, -law) for t in pays)]
    found: Any = draft.maximize(*objective).solve()
    assert isinstance(found, Optimum)  # to do always the same is feasible
    point = found.primal
    actions = {s: tuple(point[int(c)] for c in pi[:, k]) for k, s in enumerate(profiles)}
    paid = {
        s: tuple(tuple(point[int(c)] for c in t[k]) for t in pays) for k, s in enumerate(profiles)
    }
    return Advised(advice, actions, paid, Fraction(found.value), found)


def _expected(law: npt.NDArray[Any], decision: Decision) -> npt.NDArray[Any]:
    """What each action is worth with each profile of signals: (actions, profiles)."""
    utility = np.array([[Fraction(u) for u in row] for row in decision.utility], dtype=object)
    found: npt.NDArray[Any] = utility.dot(law.T)
    return found


def _truthful(
    advice: Advice, draft: Draft, i: int, worth: npt.NDArray[Any], pi: Any, pays: Any
) -> None:
    """No sender gains by another report, whatever it saw."""
    own = advice.signals[i]
    place = {s: k for k, s in enumerate(advice.profiles)}
    for seen, told in product(own, repeat=2):
        if seen == told:
            continue
        here = [k for s, k in place.items() if s[i] == seen]
        there = [place[(*s[:i], told, *s[i + 1 :])] for s in place if s[i] == seen]
        draft.at_least(
            f"sender {i}, who saw {seen}, does not report {told}",
            (),
            0,
            Terms(pi[:, here], worth[:, here]),
            Terms(pi[:, there], -worth[:, here]),
            Terms(pays[here], advice.table[here]),
            Terms(pays[there], -advice.table[here]),
        )
