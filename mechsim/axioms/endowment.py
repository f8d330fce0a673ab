r"""Individual rationality with endowments: nobody is worse off than with what it owns.

.. math:: v_i(\theta_i, y_i) \ge v_i(\theta_i, e_i) \qquad \forall i,

where :math:`y_i` is what agent :math:`i` gets and :math:`e_i` what it came with.

References
----------
Shapley, Scarf. On cores and indivisibility. Journal of Mathematical Economics 1, 1974.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from .._numbers import Number, show
from ..setting import Instance, require, unpriced
from .envy import ValuesShares
from .money import Participation


@dataclass(frozen=True)
class RespectsEndowment:
    """Nobody loses by taking part.  The violation is what the agent loses, in units of value.

    The outcome is a tuple of shares, one an agent, and the setting says what any share is worth to
    an agent, by ``share_value(agent, type, share)``.  Each agent is a case.

    Parameters
    ----------
    endowment : tuple of shares
        What each agent owns.

    Examples
    --------
    >>> from mechsim import Houses, Instance, judge
    >>> here = Instance(Houses(("attic", "barn")), ((0, 1), (0, 1)))
    >>> judge((0, 1), RespectsEndowment((1, 0)), here).word
    'refuted'
    """

    endowment: tuple[Any, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "endowment", tuple(self.endowment))

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        if len(self.endowment) != instance.agents:
            raise ValueError(
                f"endowment is {self.endowment}: it must have one entry for each of "
                f"{instance.agents} agents"
            )
        for agent in range(instance.agents):
            yield Participation(instance, agent)

    def outcome_violation(self, outcome: Any, case: Participation, /) -> Number:
        """What the agent owns is worth to it, less what it gets is."""
        setting, agent = case.instance.setting, case.agent
        require(setting, "share_value")
        worth, type_ = cast(ValuesShares, setting).share_value, case.instance.profile[agent]
        before = worth(agent, type_, self.endowment[agent])
        return before - worth(agent, type_, unpriced(outcome)[agent])

    def explain_outcome(self, when: str, violation: Any, case: Participation, /) -> str:
        """Who loses how much."""
        who = case.instance.name(case.agent)
        return (
            f"at {case.instance.tell_reports()}, {who} loses {show(violation)} against what it "
            f"owns {when}"
        )
