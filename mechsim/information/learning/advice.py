r"""Learning how to use advice: what senders know, and want, is unknown at first.

A round's program is that of `advise` without payments, in terms of

.. math:: W_i(a, s) = \sum_\theta P(\theta, s)\, v_i(a, \theta),

estimated, with its incentive rows relaxed by :math:`\epsilon`:

*Full feedback.*  After each round signals and state are seen, and so what every action would have
been worth to everybody.  With :math:`\epsilon_t = c \sqrt{\ln t / t}` the true optimum stays
feasible (optimism), and violations sum to :math:`\tilde O(\sqrt T)`, as does the regret.

*Bandit feedback.*  Only what the action taken was worth is seen.  For :math:`N \sim T^a` rounds
actions are uniformly random whatever is reported, so that nobody gains by a lie; then the receiver
commits to the program with :math:`\epsilon = c \sqrt{|A| \ln N / N}`: regret :math:`O(T^a)` and
violation :math:`\tilde O(T^{1 - a/2})`.

References
----------
Cacciamani, Castiglioni, Gatti. Online Mechanism Design for Information Acquisition.
arXiv:2302.02873.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil

import numpy as np

from ..._numbers import whole
from ...program.repeated import Repeated
from ..advice import Advice
from ..senders import advise
from .course import Course, Floats, Integers, add_up

CONFIDENCE = 0.5
"""The constant :math:`c` of the relaxation."""
EVERY = 64
"""Up to this round the program is solved in each of them."""
GROWTH = 1.02
"""Later it is solved again when the rounds have grown by this factor."""


@dataclass(frozen=True)
class _Lie:
    """``sender`` sees ``seen``: the profiles ``here`` turn into ``there`` by another report."""

    sender: int
    seen: str
    here: Integers
    there: Integers


class Guidance:
    """The program of `Advice` as arrays, solved again and again; policies are (actions, profiles).

    Parameters
    ----------
    advice : Advice
    """

    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        self.law: Floats = advice.table.astype(np.float64)  # (profiles, states)
        everybody = (advice.receiver, *advice.senders)
        self.utility: Floats = np.array([v.utility for v in everybody], dtype=np.float64)
        self.worth: Floats = np.einsum("iat,st->ias", self.utility, self.law)
        actions, profiles = self.worth[0].shape
        self.columns: Integers = np.arange(self.worth[0].size, dtype=np.int64).reshape(
            self.worth[0].shape
        )
        self.lies = tuple(_lies(advice))
        seen = len(advice.profiles)
        rows = np.arange(seen + len(self.lies), dtype=np.int64)
        self.program = Repeated(np.asarray(rows < seen))
        self.something = np.tile(np.eye(profiles), actions)

    @cached_property
    def optimum(self) -> float:
        """What the best incentive compatible rule is worth, by the exact program."""
        return float(advise(self.advice).value)

    def best(self, worth: Floats, relaxed: float) -> Floats:
        """The best policy for these estimates, if lies may gain ``relaxed``."""
        profiles = self.worth.shape[2]
        rows = np.zeros((len(self.lies), self.columns.size))
        for row, lie in zip(rows, self.lies, strict=True):
            own = worth[lie.sender + 1][:, lie.here]
            row[self.columns[:, lie.here]] -= own
            row[self.columns[:, lie.there]] += own
        matrix = np.concatenate([self.something, rows])
        right = np.concatenate([np.ones(profiles), np.full(len(self.lies), relaxed)])
        point = self.program.maximize(worth[0].ravel(), matrix, right)
        return point.reshape(self.columns.shape)

    def value(self, policy: Floats) -> float:
        """What a policy is worth to the receiver if the truth is told."""
        return float((policy * self.worth[0]).sum())

    def violation(self, policy: Floats) -> float:
        """The most that a sender expects to gain by a map from signals to reports."""
        best: dict[tuple[int, str], float] = {}
        for lie in self.lies:
            moved = policy[:, lie.there] - policy[:, lie.here]
            gain = float((moved * self.worth[lie.sender + 1][:, lie.here]).sum())
            seen = lie.sender, lie.seen
            best[seen] = max(best.get(seen, 0.0), gain)
        senders = range(len(self.advice.senders))
        return max(sum(g for (i, _), g in best.items() if i == sender) for sender in senders)


def full_feedback(
    advice: Advice,
    rounds: int,
    rng: np.random.Generator,
    *,
    confidence: float = CONFIDENCE,
    growth: float = GROWTH,
) -> Course:
    """Optimistic rules, estimated anew as rounds go by.

    Parameters
    ----------
    advice : Advice
        The truth, which the receiver does not know.
    rounds : int
    rng : numpy Generator
    confidence : float
        Incentive rows are relaxed by ``confidence * sqrt(ln t / t)``, with what is at stake, the
        largest difference of utilities, as unit.
    growth : float
        The program is solved in each of the first 64 rounds, and later whenever there are
        ``growth`` times as many; 1 is always.

    Returns
    -------
    Course
        Read at powers of 2 and at the end.
    """
    whole(rounds, "rounds", least=2)
    if not 1 <= growth < np.inf:
        raise ValueError(f"growth is {growth}: it must be a number from 1")
    guide = Guidance(advice)
    starts = _starts(rounds, growth)
    lengths = np.diff(np.append(starts, rounds))
    counts = np.zeros(guide.law.size)
    chances = guide.law.ravel()
    worth, gained = np.zeros(len(starts)), np.zeros(len(starts))
    unit = float(np.ptp(guide.utility))
    for k, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
        seen = max(start, 1)
        law = (counts / seen).reshape(guide.law.shape)
        estimate = np.einsum("iat,st->ias", guide.utility, law)
        policy = guide.best(estimate, confidence * unit * (np.log(seen + 1) / seen) ** 0.5)
        worth[k], gained[k] = guide.value(policy), guide.violation(policy)
        counts += rng.multinomial(length, chances)
    regret = guide.optimum - worth
    at = np.array([2**k for k in range(1, rounds.bit_length()) if 2**k < rounds] + [rounds])
    return add_up(at, lengths, regret, gained, guide.program)


def explore_then_commit(
    advice: Advice,
    rounds: int,
    exponent: float,
    rng: np.random.Generator,
    *,
    confidence: float = CONFIDENCE,
) -> Course:
    r"""Random actions for half of ``rounds ** exponent`` rounds, then one rule.

    Parameters
    ----------
    advice : Advice
        The truth, which the receiver does not know.
    rounds : int
    exponent : float
        The exponent :math:`a`, from 1/2 to 1.
    rng : numpy Generator
    confidence : float
        Incentive rows are relaxed by ``confidence * sqrt(actions ln N / N)``, with what is at
        stake as unit.

    Returns
    -------
    Course
        Read once, at the end.
    """
    whole(rounds, "rounds", least=2)
    if not 0.5 <= exponent <= 1:
        raise ValueError(f"exponent is {exponent}: it must be from 1/2 to 1")
    guide = Guidance(advice)
    actions = len(advice.receiver.actions)
    explored = ceil(rounds**exponent / 2)
    share = np.tile(guide.law.ravel() / actions, actions)
    drawn = rng.multinomial(explored, share).reshape(actions, *guide.law.shape)
    estimate = np.einsum("iat,ast->ias", guide.utility, drawn) * (actions / explored)
    unit = float(np.ptp(guide.utility))
    relaxed = confidence * unit * (actions * np.log(explored + 1) / explored) ** 0.5
    policy = guide.best(estimate, relaxed)
    blind = np.full(guide.columns.shape, 1 / actions)
    regret = guide.optimum - np.array([guide.value(blind), guide.value(policy)])
    gained = np.array([0.0, guide.violation(policy)])
    lengths = np.array([explored, rounds - explored])
    return add_up(np.array([rounds]), lengths, regret, gained, guide.program)


def _lies(advice: Advice) -> list[_Lie]:
    place = {s: k for k, s in enumerate(advice.profiles)}
    found: list[_Lie] = []
    for i, own in enumerate(advice.signals):
        for seen, told in product(own, repeat=2):
            if seen != told:
                here = [s for s in advice.profiles if s[i] == seen]
                there = [(*s[:i], told, *s[i + 1 :]) for s in here]
                from_, to = (np.array([place[s] for s in side]) for side in (here, there))
                found.append(_Lie(i, seen, from_, to))
    return found


def _starts(rounds: int, growth: float) -> Integers:
    """The rounds, counted from 0, in which the program is solved."""
    found, start = list[int](), 0
    while start < rounds:
        found.append(start)
        start = start + 1 if start < EVERY else max(start + 1, int(start * growth))
    return np.array(found)
