r"""Obedience: who is hired to find out does best to do as asked, and to report what it saw.

A mechanism asks for efforts :math:`b`, drawn with probability :math:`\mu(b)`, and tells each
expert its own.  With payments :math:`\gamma_i(b, s, \theta)` no expert :math:`i` that is asked for
:math:`b_i` gains by another effort :math:`b_i'` and a map :math:`\varphi` from the signals it
then sees to reports:

.. math:: E[\gamma_i(b, s, \theta) \mid b_i] - c_i(b_i) \ge
          E'[\gamma_i(b, (\varphi(s_i), s_{-i}), \theta) \mid b_i] - c_i(b_i'),

where :math:`E'` has the signals come from :math:`(b_i', b_{-i})`.

References
----------
Cacciamani, Castiglioni, Gatti. Online Information Acquisition: Hiring Multiple Agents.
arXiv:2307.06210.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from .._numbers import is_ball, show, weigh
from .._text import brief
from ..algorithms.balls import ball
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..preferences.acquisition import Acquisition, ContractTerms
from ..setting import Instance, require
from ._base import Undecided
from ._memory import Misbehaviour

Told = tuple[tuple[str, str], ...]
"""What is reported for each signal: pairs (seen, reported)."""


@dataclass(frozen=True)
class Disobedience:
    """``agent``, ``asked`` for one effort, makes another and then reports by ``told``."""

    instance: Instance
    agent: int
    asked: str
    effort: str
    told: Told


@dataclass(frozen=True)
class Obedient:
    """Doing as asked and reporting what was seen is an equilibrium.

    The violation is what the disobedient expert expects to gain, given what it was asked; 0 where
    it is never asked that.  Judged before anything is reported, in the one instance of no
    reports; the number of cases is exponential in the number of signals an effort may bring.
    """

    def instances(self, setting: Acquisition, agents: int, /) -> Iterator[Instance]:
        """The setting, with nothing reported."""
        require(setting, "experts")
        if agents != len(setting.experts):
            raise ValueError(f"agents is {agents}: {setting} has {len(setting.experts)}")
        yield Instance(setting, ())

    def cases(self, instance: Instance, /) -> Iterator[Disobedience]:
        """Each expert, whatever it is asked, each effort and each map from signals to reports."""
        require(instance.setting, "experts")
        setting: Acquisition = instance.setting
        for agent, expert in enumerate(setting.experts):
            for asked, effort in product(expert.efforts, repeat=2):
                seen = _possible(setting, agent, effort.name)
                for told in _maps(seen, expert.signals):
                    if effort != asked or _lies(told):
                        yield Disobedience(instance, agent, asked.name, effort.name, told)

    def violation(self, mechanism: Playable, case: Disobedience, /) -> Any:
        """What the expert expects to gain by disobedience, given what it was asked."""
        setting: Acquisition = case.instance.setting
        plan = _plan(mechanism, setting)
        likely = _likely(plan, case.agent, case.asked)
        if not likely:
            return Fraction(0)
        obedient = _honest(setting, case.instance, case.agent, case.asked)
        before, after = (_expected(mechanism, plan, one) for one in (obedient, case))
        costs = (setting.effort(case.agent, name).cost for name in (case.asked, case.effort))
        saved = next(costs) - next(costs)
        gain = weigh(1 / likely, after - before)
        return gain + (ball(saved) if is_ball(gain) else saved)

    def explain(self, mechanism: Playable, case: Disobedience, /) -> str:
        """What the expert was asked, what it does, and what it gains."""
        name = case.instance.name(case.agent)
        lies = [f"{report} for {seen}" for seen, report in case.told if seen != report]
        gain = show(self.violation(mechanism, case))
        return (
            f"{name}, asked to {case.asked}, chooses to {case.effort} and to report "
            f"{', '.join(lies) or 'the truth'}, which gains it {gain}"
        )


@dataclass(frozen=True)
class ObedientEfforts(Obedient):
    """Who reports what it sees does best to make the effort that it is asked for."""

    def cases(self, instance: Instance, /) -> Iterator[Disobedience]:
        """Each expert, whatever it is asked, each other effort."""
        yield from (case for case in super().cases(instance) if not _lies(case.told))


@dataclass(frozen=True)
class TruthfulReports(Obedient):
    """Who makes the effort that it is asked for does best to report what it sees."""

    def cases(self, instance: Instance, /) -> Iterator[Disobedience]:
        """Each expert, whatever it is asked, each map from signals to reports."""
        yield from (case for case in super().cases(instance) if case.asked == case.effort)


@dataclass(frozen=True)
class Called:
    """``agent`` is asked for the effort ``asked``."""

    instance: Instance
    agent: int
    asked: str


@dataclass(frozen=True)
class WillinglyHired:
    r"""Who is asked for an effort expects to be paid its cost at least, if all obey.

    .. math:: E[\gamma_i(b, s, \theta) \mid b_i] \ge c_i(b_i).

    The violation is what it lacks, given what it was asked; 0 where it is never asked that.
    """

    def instances(self, setting: Acquisition, agents: int, /) -> Iterator[Instance]:
        """The setting, with nothing reported."""
        return Obedient().instances(setting, agents)

    def cases(self, instance: Instance, /) -> Iterator[Called]:
        """Each expert and effort."""
        require(instance.setting, "experts")
        for agent, expert in enumerate(instance.setting.experts):
            yield from (Called(instance, agent, effort.name) for effort in expert.efforts)

    def violation(self, mechanism: Playable, case: Called, /) -> Any:
        """The cost, less what the expert expects to be paid."""
        setting: Acquisition = case.instance.setting
        plan = _plan(mechanism, setting)
        likely = _likely(plan, case.agent, case.asked)
        if not likely:
            return Fraction(0)
        honest = _honest(setting, case.instance, case.agent, case.asked)
        paid = weigh(1 / likely, _expected(mechanism, plan, honest))
        cost: Any = setting.effort(case.agent, case.asked).cost
        return (ball(cost) if is_ball(paid) else cost) - paid

    def explain(self, mechanism: Playable, case: Called, /) -> str:
        """Who lacks how much."""
        lacks = show(self.violation(mechanism, case))
        name = case.instance.name(case.agent)
        return f"{name}, asked to {case.asked}, expects to be paid {lacks} less than that costs it"


def _likely(plan: dict[tuple[str, ...], Fraction], agent: int, asked: str) -> Fraction:
    """How likely the agent is to be asked for an effort."""
    return sum((p for b, p in plan.items() if b[agent] == asked), Fraction(0))


def _honest(setting: Acquisition, instance: Instance, agent: int, asked: str) -> Disobedience:
    """To do as asked, and to report what is seen."""
    told = tuple((s, s) for s in _possible(setting, agent, asked))
    return Disobedience(instance, agent, asked, asked, told)


def _possible(setting: Acquisition, agent: int, effort: str) -> tuple[str, ...]:
    """The signals that an effort may bring, in the expert's order."""
    worlds = range(len(setting.worlds))
    found = {s for w in worlds for s, _ in setting.chances(agent, effort, w)}
    return tuple(signal for signal in setting.types(agent) if signal in found)


def _lies(told: Told) -> int:
    """How many signals are not reported as they were seen."""
    return sum(seen != report for seen, report in told)


def _maps(seen: tuple[str, ...], signals: tuple[str, ...]) -> list[Told]:
    """Every map from signals seen to signals reported, the most honest first."""
    told = (
        tuple(zip(seen, reports, strict=True)) for reports in product(signals, repeat=len(seen))
    )
    return sorted(told, key=_lies)


def _drawn(mechanism: Playable, reports: tuple[str, ...]) -> list[tuple[ContractTerms, Fraction]]:
    """The terms that may be drawn when these signals are reported."""
    lottery = play(mechanism, reports)
    if not is_finite(lottery):
        raise Undecided("obedience is about what is asked, and this lottery does not list it")
    for terms in lottery.support:
        if not isinstance(terms, ContractTerms):
            raise Misbehaviour(f"returns {show(terms)}, which says no efforts and rewards")
    return list(lottery.probability.items())


def _plan(mechanism: Playable, setting: Acquisition) -> dict[tuple[str, ...], Fraction]:
    """How likely each profile of efforts is to be asked for, which no report may change."""
    plans: list[dict[tuple[str, ...], Fraction]] = []
    for reports in product(*(expert.signals for expert in setting.experts)):
        plan: dict[tuple[str, ...], Fraction] = {}
        for terms, p in _drawn(mechanism, reports):
            plan[terms.efforts] = plan.get(terms.efforts, Fraction(0)) + p
        plans.append(plan)
        if plan != plans[0]:
            raise Misbehaviour(f"asks for efforts by what is reported, as at {brief(reports)}")
    return plans[0]


def _expected(
    mechanism: Playable, plan: dict[tuple[str, ...], Fraction], case: Disobedience
) -> Any:
    """What the expert expects to be paid, and to have been asked this, if all others obey."""
    setting, agent = case.instance.setting, case.agent
    told, total = dict(case.told), list[Any]()
    for asked in plan:
        if asked[agent] != case.asked:
            continue
        efforts = (*asked[:agent], case.effort, *asked[agent + 1 :])
        for (state, seen), likely in setting.law(efforts).items():
            reports = (*seen[:agent], told[seen[agent]], *seen[agent + 1 :])
            total += [
                weigh(likely * p, terms.rewards[agent][state])
                for terms, p in _drawn(mechanism, reports)
                if terms.efforts == asked
            ]
    first, *others = total
    return sum(others, first)
