r"""Random assignments of objects to agents who rank them: efficiency and envy, by dominance.

Let :math:`p_{ia}` be the chance that agent :math:`i` gets object :math:`a`, or nothing, and
:math:`U_k(\theta_i)` its :math:`k` best.  A row :math:`q` stochastically dominates a row :math:`p`
for :math:`i` if :math:`\sum_{a \in U_k} q_a \ge \sum_{a \in U_k} p_a` for all :math:`k`.

- *Ordinally efficient*: no random assignment dominates it for all agents and differs.  That is so
  if nobody holds a part of what it likes less than something that is partly free, and the relation

  .. math:: a \succ b \iff \exists i:\ a \succ_i b,\ p_{ib} > 0

  has no cycle.
- *Envy-free*: for each agent its own row dominates that of each other.
- *Weakly envy-free*: for no agent the row of another dominates its own and differs.

References
----------
Bogomolnaia, Moulin. A new solution to the random assignment problem. Journal of Economic Theory
100, 2001.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any, ClassVar, Protocol, TypeAlias, cast

from .._numbers import show
from ..algorithms.cycles import cycle_in
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..setting import Instance, require, unpriced
from ._base import Undecided
from .envy import Envy
from .pareto import Everybody
from .stochastic_dominance import strictly

Row: TypeAlias = dict[int | None, Fraction]
"""How likely an agent gets each object, or nothing."""


class Assigns(Protocol):
    """A setting in which agents get one of some objects, or nothing, and rank them."""

    @property
    def objects(self) -> tuple[str, ...]:
        """Their names."""
        ...

    def share(self, agent: int, alternative: Any, /) -> int | None:
        """What ``agent`` gets."""
        ...

    def share_value(self, agent: int, type_: Any, share: int | None, /) -> Fraction:
        """A number that is larger for what is liked better."""
        ...

    def upper_contours(self, type_: Any, /) -> Iterator[frozenset[int | None]]:
        """The sets of best ones, each contained in the next."""
        ...


@dataclass(frozen=True)
class OrdinallyEfficient:
    """No random assignment is better for all, whatever their utilities.

    The violation is the probability that can be passed round a cycle, or taken from what is left
    over, so that each who passes it on likes better what it gets.  One case a profile.
    """

    of_lotteries: ClassVar = True

    def cases(self, instance: Instance, /) -> Iterator[Everybody]:
        """One."""
        yield Everybody(instance)

    def violation(self, mechanism: Playable, case: Everybody, /) -> Fraction:
        """How much probability can be traded to the good of all who trade."""
        amount, _ = _trade(mechanism, case.instance)
        return amount

    def explain(self, mechanism: Playable, case: Everybody, /) -> str:
        """Who trades what."""
        amount, told = _trade(mechanism, case.instance)
        return (
            f"at {case.instance.tell_reports()}, all who trade {show(amount)} of their chances are "
            f"better off: {told}"
        )


@dataclass(frozen=True)
class SDEnvyFree:
    """Whatever its utilities, nobody prefers another's chances.

    The violation is by how much likelier the other gets one of the k best.  Each ordered pair of
    agents is a case.
    """

    of_lotteries: ClassVar = True

    def cases(self, instance: Instance, /) -> Iterator[Envy]:
        """Each agent, compared with each other."""
        for agent, other in permutations(range(instance.agents), 2):
            yield Envy(instance, agent, other)

    def violation(self, mechanism: Playable, case: Envy, /) -> Fraction:
        """The most that the other has more of an upper contour."""
        return max(_ahead(mechanism, case), default=Fraction(0))

    def explain(self, mechanism: Playable, case: Envy, /) -> str:
        """Who may envy whom."""
        return _told(mechanism, case, "may envy")


@dataclass(frozen=True)
class WeaklySDEnvyFree:
    """Nobody prefers another's chances for all utilities that agree with its ranking.

    The violation is by how much likelier the other gets one of the k best, if it is not less
    likely to for any k; otherwise minus the most that it is.  Cases are those of `SDEnvyFree`.
    """

    of_lotteries: ClassVar = True

    def cases(self, instance: Instance, /) -> Iterator[Envy]:
        """Each agent, compared with each other."""
        return SDEnvyFree().cases(instance)

    def violation(self, mechanism: Playable, case: Envy, /) -> Fraction:
        """What the other has more for sure, or minus what it has less."""
        return strictly(_ahead(mechanism, case))

    def explain(self, mechanism: Playable, case: Envy, /) -> str:
        """Who envies whom."""
        return _told(mechanism, case, "surely envies")


def _told(mechanism: Playable, case: Envy, how: str) -> str:
    instance = case.instance
    who, whom = instance.name(case.agent), instance.name(case.other)
    more = show(max(_ahead(mechanism, case), default=Fraction(0)))
    return (
        f"at {instance.tell_reports()}, {who} {how} {whom}, who gets one of its k best with {more} "
        "more probability"
    )


def _chances(mechanism: Playable, instance: Instance) -> list[Row]:
    """How likely each agent gets what."""
    setting = instance.setting
    for method in ("share", "share_value", "upper_contours", "objects"):
        require(setting, method)
    lottery = play(mechanism, instance.reports)
    if not is_finite(lottery):
        raise Undecided("dominance compares probabilities, and this lottery does not list them")
    found: list[Row] = [{} for _ in range(instance.agents)]
    for outcome, p in lottery.probability.items():
        for agent, row in enumerate(found):
            share = cast(Assigns, setting).share(agent, unpriced(outcome))
            row[share] = row.get(share, Fraction(0)) + p
    return found


def _ahead(mechanism: Playable, case: Envy) -> list[Fraction]:
    """By how much likelier the other gets one of the agent's k best, for each k."""
    rows = _chances(mechanism, case.instance)
    own, others = rows[case.agent], rows[case.other]
    setting = cast(Assigns, case.instance.setting)
    nothing = Fraction(0)
    return [
        sum((others.get(one, nothing) - own.get(one, nothing) for one in upper), nothing)
        for upper in setting.upper_contours(case.instance.profile[case.agent])
    ]


def _trade(mechanism: Playable, instance: Instance) -> tuple[Fraction, str]:
    """A trade that is good for all who take part, and how much of it can be made; 0 if none."""
    rows = _chances(mechanism, instance)
    setting = cast(Assigns, instance.setting)
    shares = (*range(len(setting.objects)), None)
    free = {
        a: Fraction(1)
        if a is None
        else 1 - sum((row.get(a, Fraction(0)) for row in rows), Fraction(0))
        for a in shares
    }
    wanting: dict[tuple[int | None, int | None], int] = {}
    for agent, (type_, row) in enumerate(zip(instance.profile, rows, strict=True)):
        worth = {a: setting.share_value(agent, type_, a) for a in shares}
        for b in row:
            for a in shares:
                if worth[a] > worth[b]:
                    wanting.setdefault((b, a), agent)
    for (b, a), agent in wanting.items():
        if free[a]:
            return min(free[a], rows[agent][b]), _tell_trade(instance, [(agent, b, a)])
    cycle = cycle_in({b: [a for a in shares if (b, a) in wanting] for b in shares})
    if cycle is None:
        return Fraction(0), "nobody"
    steps = list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    trades = [(wanting[step], *step) for step in steps]
    return _passed(rows, trades), _tell_trade(instance, trades)


def _passed(rows: list[Row], trades: list[tuple[int, int | None, int | None]]) -> Fraction:
    """How much can be passed round: what each has of what it gives."""
    return min(rows[agent][b] for agent, b, _ in trades)


def _tell_trade(instance: Instance, trades: list[tuple[int, int | None, int | None]]) -> str:
    tell = instance.setting.tell_share
    return ", ".join(
        f"{instance.name(agent)} gives {tell(b)} for {tell(a)}" for agent, b, a in trades
    )
