r"""Pareto optimality: no alternative is better for somebody and worse for nobody.

.. math:: \nexists\, z:\ v_i(\theta_i, z) \ge v_i(\theta_i, f(\theta)) \ \forall i,
          \text{ with } > \text{ for some } i.

On a line where all want the facility near, the places between the lowest and the highest peak are
Pareto optimal and no others, whatever else is known of single-peaked preferences.

A lottery is judged by its outcomes.  That is less than efficiency *ex ante*, which compares
lotteries: with agents at 0, 1/2 and 1 a coin between the ends has efficient outcomes, and building
at 1/2 is better for the agent there and as good for the others.  So `ExAnte` of this axiom says
what `ExPost` says, and efficiency ex ante is another axiom.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, cast

import numpy as np

from .._numbers import show
from ..lottery import is_finite
from ..population import Reports
from ..setting import Instance, require, unpriced
from ._chosen import Chosen, Sets, require_exact
from ._sought import Numbers
from .unanimous import apart, is_number


class Compares(Protocol):
    """A setting that can tell what is better for all than an outcome."""

    def dominating(self, reports: Reports, outcome: Any, /) -> Any | None:
        """An alternative better for somebody and worse for nobody, or None if there is none."""
        ...


@dataclass(frozen=True)
class Everybody:
    """All agents of ``instance`` together."""

    instance: Instance


@dataclass(frozen=True)
class ParetoOptimal:
    """No alternative dominates the outcome.

    The setting looks for one, by ``dominating(reports, outcome)``, and may say what must be
    believed if it finds none, by ``undominated_if(reports, outcome)``.  The violation is the
    distance of the outcome from the one that dominates it, or 1 if outcomes are no numbers.
    """

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents or in names only."""
        return True

    def cases(self, instance: Instance, /) -> Iterator[Everybody]:
        """One."""
        yield Everybody(instance)

    def outcome_violation(self, outcome: Any, case: Everybody, /) -> Any:
        """How far the outcome is from one that dominates it."""
        better = _dominating(case.instance, outcome)
        return Fraction(0) if better is None else apart(outcome, better)

    def forbidden(self, chosen: Chosen, /) -> Numbers | None:
        """Pairs of a profile and an alternative that is dominated there, where orders tell.

        The setting has ``order(type, alternative)``, smaller where it is liked better.
        O(profiles * agents * alternatives^2).
        """
        setting = chosen.setting
        if not hasattr(setting, "order"):
            return None
        rivals, outcomes = setting.alternatives(chosen.agents), chosen.alternatives
        types = {type_: None for listed in chosen.types for type_ in listed}
        theirs, mine = dict[Any, Numbers](), dict[Any, Numbers]()
        for type_ in types:
            orders = [setting.order(type_, one) for one in (*rivals, *outcomes)]
            require_exact(orders)
            rank = {order: k for k, order in enumerate(sorted(set(orders)))}
            ranks: Numbers = np.array([rank[order] for order in orders], dtype=np.int64)
            theirs[type_], mine[type_] = ranks[: len(rivals)], ranks[len(rivals) :]
        bad: list[tuple[int, int]] = []
        for place, instance in enumerate(chosen.instances()):
            profile = tuple(dict.fromkeys(instance.profile))
            other = np.stack([theirs[type_] for type_ in profile])[:, None, :]
            own = np.stack([mine[type_] for type_ in profile])[:, :, None]
            better: Sets = np.logical_and.reduce(other <= own) & np.logical_or.reduce(other < own)
            bad.extend((place, int(number)) for number in np.flatnonzero(better.any(axis=1)))
        return np.array(bad, dtype=np.int64).reshape(-1, 2)

    def granted(self, lottery: Any, instance: Instance, /) -> tuple[str, ...]:
        """What must be believed for nothing to dominate, where the setting says that."""
        told = getattr(instance.setting, "undominated_if", None)
        if told is None or not is_finite(lottery):
            return ()
        return tuple(dict.fromkeys(g for o in lottery.support for g in told(instance.reports, o)))

    def explain_outcome(self, when: str, violation: Any, case: Everybody, /) -> str:
        """How far away there is something better."""
        return (
            f"at {case.instance.tell_reports()}, {when}, something {show(violation)} away is "
            "better for somebody and worse for nobody"
        )

    def explain_drawn(self, outcome: Any, when: str, violation: Any, case: Everybody, /) -> str:
        """What is better; of numbers, how far away it is."""
        if is_number(outcome):
            return self.explain_outcome(when, violation, case)
        better = case.instance.tell(_dominating(case.instance, outcome))
        return (
            f"at {case.instance.tell_reports()}, {when}, {better} is better for somebody and "
            "worse for nobody"
        )


def _dominating(instance: Instance, outcome: Any) -> Any | None:
    """What dominates the outcome, by the setting; None if nothing does."""
    require(instance.setting, "dominating")
    return cast(Compares, instance.setting).dominating(instance.reports, unpriced(outcome))
