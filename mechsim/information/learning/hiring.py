r"""Learning whom to hire: what efforts bring to light is unknown at first.

For :math:`N \sim T^{2/3}` rounds the principal uses a mechanism that is known to be obeyed whatever
the law is, and that asks for every profile of efforts; so it estimates :math:`P(\theta, s \mid b)`.
Then it commits to the program of `hire` for the estimate, with what disobedience brings overstated
by a share :math:`\epsilon = c \sqrt{\ln T / N}`: with high probability that is obeyed, and loses
:math:`O(\epsilon)` a round.  Regret: :math:`N + T \epsilon = \tilde O(T^{2/3})`.

While it explores the principal takes its first action, whatever it hears; then it takes those that
are best by the estimate.  What that is worth, and whether the rule is obeyed, is judged with the
true law.  Where it is not obeyed, a round is charged the worst that could happen: the least
utility, and the cap paid to everybody.  As the caution is relative, rare signals need more of it.

References
----------
Cacciamani, Castiglioni, Gatti. Online Information Acquisition: Hiring Multiple Agents.
arXiv:2307.06210.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, inf, log
from typing import Any

import numpy as np

from ..._numbers import Number, real, show, whole
from ...mechanism import Playable, play
from ...preferences.acquisition import Acquisition
from ..decision import Decision
from ..hired import Efforts, Hired, require_finite
from ..hiring import Hiring, moved
from .course import Course, Floats, Integers, add_up

DENOMINATOR = 2**20
"""Estimates are rounded to multiples of this fraction, so that programs stay exact and small."""
TOLERANCE = 1e-9


class Trial:
    """The true program in floats: what mechanisms are worth, and whether they are obeyed.

    A mechanism is given by its plan (efforts,) and for each expert by its payments times the plan:
    (efforts, signals, states).
    """

    def __init__(self, setting: Acquisition, decision: Decision, cap: Fraction) -> None:
        self.exact = Hiring(setting, decision, cap)
        self.setting = setting
        law, below = self.exact.law
        self.law: Floats = law / below
        self.shape: tuple[int, ...] = tuple(len(e.efforts) for e in setting.experts)
        self.seen = tuple(len(e.signals) for e in setting.experts)
        self.utility: Floats = np.array(decision.utility, dtype=np.float64)
        self.worst = float(self.utility.min()) - len(setting.experts) * float(cap)

    def read(self, mechanism: Playable) -> tuple[Floats, list[Floats]]:
        """The plan and the payments of a mechanism, by playing it."""
        plan = np.zeros(len(self.law))
        paid = [np.zeros(self.law.shape) for _ in self.shape]
        place = {b: k for k, b in enumerate(self.exact.efforts)}
        for s, reports in enumerate(self.exact.signals):
            for terms, p in require_finite(play(mechanism, reports)).items():
                b = place[terms.efforts]
                plan[b] += float(p) / len(self.exact.signals)
                for i, x in enumerate(paid):
                    x[b, s] += float(p) * np.array([float(r) for r in terms.rewards[i]])
        return plan, paid

    def value(self, plan: Floats, paid: Iterable[Floats], believed: Hiring | None = None) -> float:
        """What is left to the principal if all obey, and it decides by what it believes.

        By nothing at all, if there is no ``believed``: then it takes its first action.
        """
        utility = self.utility[0] if believed is None else self.utility[self._decides(believed)]
        worth = (self.law * utility).sum(axis=(1, 2))
        return float(plan @ worth - sum((x * self.law).sum() for x in paid))

    def _decides(self, believed: Hiring) -> Integers:
        """The best action after each efforts and signals."""
        law, below = believed.law
        best: Integers = np.einsum("bst,at->bsa", law / below, self.utility).argmax(axis=2)
        return best

    def violation(self, plan: Floats, paid: list[Floats]) -> float:
        """The most that an expert expects to gain by the best disobedience, before it is asked."""
        return max(float(self._gains(i, plan, x).sum()) for i, x in enumerate(paid))

    def _gains(self, i: int, plan: Floats, x: Floats) -> Floats:
        """For each effort that expert ``i`` may be asked for, times how often it is."""
        many, own = self.shape[i], self.seen[i]
        asked = np.stack(np.unravel_index(np.arange(len(plan)), self.shape))
        heard = np.stack(np.unravel_index(np.arange(len(self.exact.signals)), self.seen))
        into, told = moved(asked, self.shape, i), moved(heard, self.seen, i)
        cost = np.array([float(effort.cost) for effort in self.setting.experts[i].efforts])
        share = np.bincount(asked[i], plan, many)
        honest = np.bincount(asked[i], (x * self.law).sum(axis=(1, 2)), many) - share * cost
        best = np.full(many, 0.0)
        for other in range(many):
            brings = np.einsum("bst,bsrt->bsr", self.law[into[:, other]], x[:, told])
            table = np.zeros((many, own, own))
            np.add.at(table, (asked[i][:, None], heard[i][None]), brings)
            gain = table.max(axis=2).sum(axis=1) - share * cost[other] - honest
            best = np.maximum(best, gain)
        return best


def left(program: Hiring, plan: Floats, paid: Iterable[Floats]) -> float:
    """What is left to the principal by the law of a program, if all obey."""
    law, below = program.law
    worth = np.array([float(u) for u in program.worth])
    return float(plan @ worth - sum((x * law).sum() for x in paid) / below)


def explore_then_hire(
    setting: Acquisition,
    decision: Decision,
    cap: Number,
    rounds: int,
    safe: Playable,
    rng: np.random.Generator,
    *,
    share: float = 4.0,
    confidence: float = 3.0,
    optimum: Number | None = None,
) -> Course:
    r"""Explore with ``safe`` for ``share * rounds ** (2/3)`` rounds, then hire by the estimate.

    Parameters
    ----------
    setting : Acquisition
        The truth; the principal knows costs, and not what efforts bring.
    decision : Decision
    cap : Number
        The most that is paid to an expert.
    rounds : int
    safe : mechanism
        Obeyed whatever the law is, as far as the principal knows; it must ask for all efforts.
    rng : numpy Generator
    share : float
        How much is explored.
    confidence : float
        Disobedience is overstated by the share ``confidence * sqrt(ln(rounds) / N)``.
    optimum : Number, optional
        What the optimal mechanism is worth, if it is known already.

    Returns
    -------
    Course
        Read once, at the end.  If by the estimate ``safe`` is worth more, it is kept.

    Raises
    ------
    ValueError
        If ``safe`` is not obeyed, or some efforts were never asked for.
    """
    whole(rounds, "rounds", least=8)
    for name, number in (("share", share), ("confidence", confidence)):
        if not 0 <= number < inf:
            raise ValueError(f"{name} is {number}: it must be a number from 0")
    most = Fraction(real(cap, "cap"))
    if most <= 0:
        raise ValueError(f"cap is {show(most)}: it must be positive")
    trial = Trial(setting, decision, most)
    plan, paid = trial.read(safe)
    if trial.violation(plan, paid) > TOLERANCE:
        raise ValueError(f"safe is {safe}: it is not obeyed")
    if any((x > plan[:, None, None] * float(most) + TOLERANCE).any() for x in paid):
        raise ValueError(f"safe is {safe}: it pays more than the cap, {show(most)}")
    if optimum is None:
        best = trial.exact.solve()
        assert isinstance(best, Hired)  # for `safe` is obeyed
        optimum = best.value
    explored = min(ceil(share * rounds ** (2 / 3)), rounds)
    estimate = _estimate(trial.law, _asked(trial.exact.efforts, plan, explored, rng), rng)
    slack = Fraction(confidence * (log(rounds) / explored) ** 0.5).limit_denominator(10**6)
    believed = Hiring(setting, decision, most, (estimate, DENOMINATOR), slack)
    found = believed.solve()
    assert isinstance(found, Hired)  # to ask for what costs least, unpaid, is obeyed
    before = trial.value(plan, paid)
    gained, after = 0.0, trial.value(plan, paid, believed)
    kept = left(believed, plan, paid) >= found.value
    if not kept:
        offer = trial.read(found)
        gained, after = trial.violation(*offer), trial.value(*offer, believed)
        if gained > TOLERANCE:
            after = trial.worst
    regret = float(optimum) - np.array([before, after])
    lengths = np.array([explored, rounds - explored])
    violation = np.array([0.0, gained])
    return add_up(np.array([rounds]), lengths, regret, violation, kept=kept)


def _asked(
    efforts: tuple[Efforts, ...], plan: Floats, explored: int, rng: np.random.Generator
) -> Integers:
    """How often each profile of efforts is asked for."""
    counts = rng.multinomial(explored, plan / plan.sum())
    for b, count in zip(efforts, counts.tolist(), strict=True):
        if not count:
            raise ValueError(
                f"safe never asked for {' and '.join(b)} in {explored} rounds: it must ask for "
                "all efforts, and rounds be many enough"
            )
    return counts


def _estimate(law: Floats, counts: Integers, rng: np.random.Generator) -> Any:
    """Frequencies of signals and states, rounded to multiples with the total unchanged."""
    found = np.empty(law.shape, np.int64)
    for b, count in enumerate(counts.tolist()):
        drawn = rng.multinomial(count, law[b].ravel() / law[b].sum())
        share = drawn * DENOMINATOR
        units, left = np.divmod(share, count)
        short = DENOMINATOR - int(units.sum())
        units[np.argsort(-left, kind="stable")[:short]] += 1
        found[b] = units.reshape(law.shape[1:])
    return found
