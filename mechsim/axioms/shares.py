r"""The maximin share (MMS): nobody gets less than it could be sure of by cutting first.

With :math:`n` agents, the share of agent :math:`i` is what its worst part is worth when it cuts
the goods into :math:`n` parts as well as possible, and an allocation should give it that much:

.. math:: v_i(A_i) \ge \max_{P_1, \dots, P_n} \min_j v_i(P_j) \qquad \forall i.

There are goods and agents for which no allocation does, and so a part of it may be asked for,
:math:`v_i(A_i) \ge \alpha \mathrm{MMS}_i` (:math:`\alpha`-MMS).  Three quarters can always be had.
Of chores, whose share is below 0, a multiple is asked for: :math:`\alpha \ge 1`.  A share that
was too hard to compute is known by two bounds, which may be enough to tell.

References
----------
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
Kurokawa, Procaccia, Wang. Fair enough: guaranteeing approximate maximin shares.
Journal of the ACM 65, 2018.
Ghodsi, Hajiaghayi, Seddighin, Seddighin, Yami. Fair allocation of indivisible goods: improvement.
Mathematics of Operations Research 46, 2021.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, cast

from .._numbers import Number, real, show
from ..algorithms.partition import Division
from ..setting import Instance, unpriced
from ._base import Undecided, positive


class Cuts(Protocol):
    """A setting that says how well an agent does as the one who cuts."""

    def maximin_share(self, type_: Any, agents: int, /) -> Division:
        """What an agent of this type can be sure of among so many, and how it would cut."""
        ...


@dataclass(frozen=True)
class Cutter:
    """``agent`` asks for what it could be sure of by cutting first."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")

    @property
    def share(self) -> Division:
        """Its maximin share, and a partition that attains it."""
        setting = self.instance.setting
        if not hasattr(setting, "maximin_share"):
            raise Undecided(f"{setting} does not say what an agent can be sure of by cutting")
        type_, agents = self.instance.profile[self.agent], self.instance.agents
        return cast(Cuts, setting).maximin_share(type_, agents)


@dataclass(frozen=True)
class MaximinShare:
    """Everybody gets ``alpha`` times its maximin share.  The violation is the shortfall in value.

    The setting computes shares, by ``maximin_share(type, agents)``.  Each agent is a case.

    Parameters
    ----------
    alpha : Number
        The part of its maximin share that everybody should get; above 0, and 1 by default.

    Examples
    --------
    >>> from mechsim import Goods, Instance, judge
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[4, 0, 0], [3, 2, 1]]))
    >>> given = goods.bundles({"ann": ["car", "egg"], "bob": ["dog"]})
    >>> judge(given, MaximinShare(), here).word
    'refuted'
    >>> judge(given, MaximinShare(alpha=Fraction(2, 3)), here).word
    'proved'
    """

    alpha: Number = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", real(self.alpha, "alpha"))
        if self.alpha <= 0:
            raise ValueError(f"alpha is {show(self.alpha)}: it must be above 0")

    def cases(self, instance: Instance, /) -> Iterator[Cutter]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Cutter(instance, agent)

    def outcome_violation(self, outcome: Any, case: Cutter, /) -> Number:
        """What is due of the maximin share, less what the agent gets.

        If the share is not known, what is due at least where this is more than the agent gets,
        and what is due at most where it is not.

        Raises
        ------
        Undecided
            If what the agent gets lies between.
        """
        instance, share = case.instance, case.share
        type_ = instance.profile[case.agent]
        worth: Number = instance.setting.value(case.agent, type_, unpriced(outcome))
        shortfall = self.alpha * share.worst - worth
        if share.proven or positive(shortfall):
            return shortfall
        most = self.alpha * share.bound - worth
        if not positive(most):
            return most
        raise Undecided(
            f"{instance.name(case.agent)} gets {show(worth)}, and its maximin share is not known: "
            f"it lies between {show(share.worst)} and {show(share.bound)}"
        )

    def explain_outcome(self, when: str, violation: Any, case: Cutter, /) -> str:
        """Who gets how much less than what, and how it would have cut."""
        instance, share = case.instance, case.share
        tell = getattr(instance.setting, "tell_bundle", str)
        parts = " | ".join(map(tell, share.bundles))
        of = "" if self.alpha == 1 else f"{show(self.alpha)} of "
        least = "" if share.proven else "of at least "
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} gets {show(violation)} "
            f"less than {of}its maximin share {least}{show(share.worst)}, which it is sure of by "
            f"cutting {parts}, {when}"
        )
