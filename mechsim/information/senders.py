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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, sequence, show, show_all
from .._tables import Table
from ..lottery import Finite
from ..mechanism import Playable, accepts_reports, play
from ..program import Draft, Optimum, Program, Terms
from ..program.families import Columns
from .decision import Decision
from .hiring import require_finite

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


def advise(advice: Advice, *, cap: Number = Fraction(0), deterministic: bool = False) -> Advised:
    """The rule that is best for the receiver if the truth is to be told.

    Parameters
    ----------
    advice : Advice
    cap : Number
        The most that is paid to a sender in a state; nothing by default.
    deterministic : bool
        Whether to use no lotteries.  Which actions are then best is an integer program, solved by
        HiGHS in floats; payments and value are exact for those actions.

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
    fixed = _best_actions(advice, Fraction(cap)) if deterministic else None
    program, pi, pays = _write(advice, Fraction(cap), fixed)
    found: Any = program.solve()
    assert isinstance(found, Optimum)  # to do always the same is feasible
    point = found.primal
    profiles = advice.profiles
    actions = {s: tuple(point[int(c)] for c in pi[:, k]) for k, s in enumerate(profiles)}
    paid = {
        s: tuple(tuple(point[int(c)] for c in t[k]) for t in pays) for k, s in enumerate(profiles)
    }
    return Advised(advice, actions, paid, Fraction(found.value), found)


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


def _write(
    advice: Advice, cap: Fraction, fixed: npt.NDArray[Any] | None = None, integer: bool = False
) -> tuple[Program, Columns, list[Columns]]:
    """The program, the variables of actions, and those of payments."""
    law, profiles, states = advice.table, advice.profiles, advice.states
    named = [" and ".join(s) for s in profiles]
    listed = advice.receiver.actions
    draft = Draft()
    pi = draft.variables(
        "does {action} after {reports}",
        (listed, named),
        high=1 if integer else None,
        integer=integer,
    )
    each = np.arange(len(profiles))[:, None]
    draft.equal("does something after {0}", (named,), 1, Terms(pi.T, 1, each))
    if fixed is not None:
        names = ([a for a in listed for _ in named], named * len(listed))
        draft.equal("does {0} after {1} as fixed", names, fixed.ravel(), Terms(pi, 1, _rows(pi)))
    pays = [
        draft.variables(f"pays sender {i} for {{reports}} in {{state}}", (named, states), high=cap)
        for i in range(len(advice.senders))
    ]
    for i, sender in enumerate(advice.senders):
        _truthful(advice, draft, i, _expected(law, sender), pi, pays[i])
    worth = _expected(law, advice.receiver)
    return draft.maximize(Terms(pi, worth), *(Terms(t, -law) for t in pays)), pi, pays


def _best_actions(advice: Advice, cap: Fraction) -> npt.NDArray[Any]:
    """Zeros and ones: (actions, profiles)."""
    program, pi, _ = _write(advice, cap, integer=True)
    problem: Any = program.to_cvxpy()
    problem.solve(
        solver="SCIPY", scipy_options={"mip_rel_gap": 0.0}
    )  # which is HiGHS, without a word on stdout
    if problem.status != "optimal":
        raise ArithmeticError(f"HiGHS gave up: {problem.status}")
    values: npt.NDArray[np.float64] = problem.var_dict[program.variables[0].name].value
    return values[pi].round().astype(np.int64)


def _rows(columns: Columns) -> Columns:
    """One row a variable."""
    return np.arange(columns.size).reshape(columns.shape)


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
