r"""Sincere reports with uniform numbers are a Nash equilibrium: one named equilibrium, tested.

In a setting in which agents name a number :math:`z_i \in \{0, \dots, m - 1\}` besides a report, let
all report sincerely and draw their numbers uniformly and independently.  No agent gains by another
report or number:

.. math:: E_{z_{-i}}\bigl[v_i(\theta_i, f((\theta_i', z_i'), (\theta_{-i}, z_{-i})))\bigr] \le
          E_z\bigl[v_i(\theta_i, f(\theta, z))\bigr] \qquad \forall i,\ \theta,\ \theta_i',\ z_i'.

The expectation is over all numbers of the others, :math:`m^{n-1}` of them, and exact; nothing is
said of other equilibria.  Of agents whose likings are known by their order only, the lottery of
sincerity must dominate that of each deviation, as in `mechsim.axioms.SDStrategyproof`: then it is
an equilibrium for all utilities that agree with the order.

References
----------
Walsh. Mechanisms that play a game, not toss a coin. arXiv:2308.10413.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from .._numbers import show
from ..lottery import Finite, is_finite, mix
from ..mechanism import Playable, play
from ..setting import Domain, Instance, Undecided, require, unpriced
from .strategyproof import Misreport, Strategyproof

MOST = 100_000
"""In so many ways numbers are tried for each report."""


@dataclass(frozen=True)
class SincereEquilibrium:
    """Nobody gains if the others are sincere and draw uniform numbers.  The violation is the gain.

    Reports are pairs of a report and a number, and the setting says by ``numbers`` how many numbers
    there are (`mechsim.preferences.Numbered`).  The numbers in a case's instance are immaterial.

    Examples
    --------
    >>> from mechsim import Line, verify
    >>> from mechsim.facility import LeftRightMiddle
    >>> from mechsim.games import NumberGame
    >>> from mechsim.preferences import Numbered
    >>> halves = Numbered(Line(0, 1).grid(2), numbers=4)
    >>> game = NumberGame(LeftRightMiddle(Line(0, 1)), halves)
    >>> verify(game, SincereEquilibrium(), halves, agents=2).word
    'proved'
    """

    def instances(self, setting: Any, agents: int, /) -> Iterator[Instance]:
        """Every profile of reports, with the numbers 0."""
        return _profiles(setting, agents)

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each report with each number."""
        return _deviations(instance)

    def binding(self, mechanism: Playable, instance: Instance, /) -> Iterator[Misreport]:
        """Of the numbers with a report, one for each different lottery that they lead to."""
        return _different(mechanism, instance)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Any:
        """What the agent gains by the report and the number, on average over the others'."""
        honest, lied = _compared(mechanism, case)
        truth = case.instance.profile[case.agent]
        return Strategyproof().between(case.instance, case.agent, truth, honest, lied)

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The deviation, and what the agent gains."""
        who, gain = case.instance.name(case.agent), show(self.violation(mechanism, case))
        return f"{_told(case)}, which gains {who} {gain}"


@dataclass(frozen=True)
class SDSincereEquilibrium:
    """What sincerity leads to dominates every deviation, if the others are sincere and uniform.

    The violation is the most by which a deviation makes it likelier that one of the k best comes.
    The setting that has the numbers says what a type likes best, by ``upper_contours(type)``.

    Examples
    --------
    >>> from mechsim import Rankings, verify
    >>> from mechsim.games import NumberGame
    >>> from mechsim.preferences import Numbered
    >>> from mechsim.voting import RandomDictatorship
    >>> vote = Rankings(("ann", "bob", "cat"))
    >>> numbered = Numbered(vote, numbers=2)
    >>> game = NumberGame(RandomDictatorship(vote), numbered)
    >>> verify(game, SDSincereEquilibrium(), numbered, agents=2).word
    'proved'
    """

    def instances(self, setting: Any, agents: int, /) -> Iterator[Instance]:
        """Every profile of reports, with the numbers 0."""
        return _profiles(setting, agents)

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each report with each number."""
        return _deviations(instance)

    def binding(self, mechanism: Playable, instance: Instance, /) -> Iterator[Misreport]:
        """Of the numbers with a report, one for each different lottery that they lead to."""
        return _different(mechanism, instance)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Fraction:
        """The most that is gained in probability."""
        honest, lied = _compared(mechanism, case)
        require(case.instance.setting, "setting")
        setting, (truth, _) = case.instance.setting.setting, case.instance.profile[case.agent]
        require(setting, "upper_contours")

        def chance(lottery: Finite[Any], best: frozenset[Any]) -> Fraction:
            share = getattr(setting, "share", None)
            return sum(
                (
                    p
                    for outcome, p in lottery.probability.items()
                    if (unpriced(outcome) if share is None else share(case.agent, outcome)) in best
                ),
                Fraction(0),
            )

        gains = [
            chance(lied, best) - chance(honest, best) for best in setting.upper_contours(truth)
        ]
        return max(gains, default=Fraction(0))

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The deviation, and what the agent gains."""
        who, gain = case.instance.name(case.agent), show(self.violation(mechanism, case))
        return f"{_told(case)}, which makes some of the best for {who} likelier by {gain}"


def _profiles(setting: Any, agents: int) -> Iterator[Instance]:
    Domain(setting, agents)  # which refuses infinitely many types
    require(setting, "numbers")
    types = [dict.fromkeys(report for report, _ in setting.types(i)) for i in range(agents)]
    for reports in product(*types):
        yield Instance(setting, tuple((report, 0) for report in reports))


def _deviations(instance: Instance) -> Iterator[Misreport]:
    require(instance.setting, "numbers")
    for agent in range(instance.agents):
        yield Misreport(instance, agent, instance.profile[agent])  # its number, always the same
        for report in instance.misreports(agent):
            yield Misreport(instance, agent, report)


def _different(mechanism: Playable, instance: Instance) -> Iterator[Misreport]:
    seen: set[tuple[int, Any, Finite[Any]]] = set()
    for case in _deviations(instance):
        report, number = case.report
        drawn = _against(mechanism, instance, case.agent, report, (number,))
        if (case.agent, report, drawn) not in seen:
            yield case
        seen.add((case.agent, report, drawn))


def _compared(mechanism: Playable, case: Misreport) -> tuple[Finite[Any], Finite[Any]]:
    """The lotteries of sincerity with a uniform number, and of the deviation."""
    instance, agent = case.instance, case.agent
    require(instance.setting, "numbers")
    (truth, _), (report, number) = instance.profile[agent], case.report
    every = range(instance.setting.numbers)
    honest = _against(mechanism, instance, agent, truth, every)
    return honest, _against(mechanism, instance, agent, report, (number,))


def _against(
    mechanism: Playable, instance: Instance, agent: int, report: Any, numbers: Sequence[int]
) -> Finite[Any]:
    """What an agent brings about with a report and any of ``numbers``, equally likely."""
    named: list[Sequence[int]] = [range(instance.setting.numbers)] * instance.agents
    ways = instance.setting.numbers**instance.agents
    if ways > MOST:
        raise Undecided(f"agents can name numbers in {ways:,} ways: at most {MOST:,} are tried")
    named[agent] = numbers
    said = [told for told, _ in instance.profile]
    said[agent] = report
    drawn = Counter[Finite[Any]]()
    for told in product(*named):
        lottery = play(mechanism, tuple(zip(said, told, strict=True)))
        if not is_finite(lottery):
            raise Undecided("its lotteries do not list their outcomes")
        drawn[lottery] += 1
    total = drawn.total()
    return mix((Fraction(count, total), lottery) for lottery, count in drawn.items())


def _told(case: Misreport) -> str:
    instance = case.instance
    return (
        f"at {instance.tell_reports()}, if all others are sincere and name uniform numbers, "
        f"{instance.name(case.agent)} reports {instance.tell_type(case.report)}"
    )
