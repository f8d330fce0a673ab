r"""Fractional Pareto optimality: nothing is better for somebody and worse for nobody, even if cut.

Items may be cut, and a part is worth as much of the whole:

.. math:: \nexists\, x \ge 0,\ \textstyle\sum_i x_{ig} = 1 \ \forall g:\quad
          \sum_g v_{ig} x_{ig} \ge v_i(A_i) \ \forall i, \text{ with } > \text{ for some } i.

Equivalently, the allocation maximises a sum :math:`\sum_i w_i v_i(A_i)` with positive weights,
which makes this easy to decide where Pareto optimality among whole items is not; see
`mechsim.algorithms.trades`.  It implies Pareto optimality.

References
----------
Varian. Two problems in the theory of fairness. Journal of Public Economics 5, 1976.
Barman, Krishnamurthy, Vaish. Finding fair and efficient allocations. ACM Conference on Economics
and Computation, 2018.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import Number, show
from ..algorithms.trades import Part, Trade, trade
from ..setting import Instance
from ._base import TOLERANCE, Undecided
from ._bundles import Bundle, appraisal, bundles, everything
from .pareto import Everybody


@dataclass(frozen=True)
class FractionallyParetoOptimal:
    """No exchange of parts of items makes somebody better off and nobody worse.

    The violation is what somebody gains by one such exchange.  The outcome is a tuple of bundles,
    values add up, and the setting says what a bundle is worth to an agent, by
    ``share_value(agent, type, bundle)``.  One case; with n agents and m items O(n^2 m + n^3).

    Examples
    --------
    >>> from mechsim import Goods, Instance, ParetoOptimal, judge
    >>> goods = Goods(("car", "dog"), agents=("ann", "bob"))
    >>> here = Instance(goods, goods.read([[2, 1], [3, 1]]))
    >>> given = goods.bundles({"ann": ["car"], "bob": ["dog"]})
    >>> judge(given, ParetoOptimal(), here).word
    'proved'
    >>> judge(given, FractionallyParetoOptimal(), here).word
    'refuted'
    """

    def cases(self, instance: Instance, /) -> Iterator[Everybody]:
        """One."""
        yield Everybody(instance)

    def outcome_violation(self, outcome: Any, case: Everybody, /) -> Fraction:
        """What somebody gains by an exchange that is worse for nobody; 0 if there is none."""
        return max(_gains(case.instance, outcome))

    def explain_outcome(self, when: str, violation: Any, case: Everybody, /) -> str:
        """How much somebody could gain."""
        return (
            f"at {case.instance.tell_reports()}, {when}, somebody gains {show(violation)} by an "
            "exchange of parts of items that is worse for nobody"
        )

    def explain_drawn(self, outcome: Any, when: str, violation: Any, case: Everybody, /) -> str:
        """The exchange, and who gains by it."""
        instance = case.instance
        gains = _gains(instance, outcome)
        winner = instance.name(gains.index(max(gains)))
        parts = ", ".join(_told(part, instance, outcome) for part in _trade(instance, outcome))
        return (
            f"at {instance.tell_reports()}, {when}, {winner} gains {show(violation)} and nobody "
            f"loses if {parts}"
        )


def _items(outcome: Any) -> list[Any]:
    return sorted(everything(bundles(outcome)))


def _rows(instance: Instance, outcome: Any) -> list[list[Number]]:
    """What each item is worth to each agent, who must value bundles by the sum of that."""
    items = _items(outcome)
    rows: list[list[Number]] = []
    for agent in range(instance.agents):
        worth = appraisal(instance, agent)
        row = [worth(frozenset({item})) for item in items]
        total, whole = sum((Fraction(v) for v in row), Fraction(0)), worth(frozenset(items))
        scale = sum((abs(Fraction(value)) for value in row), Fraction(0))
        rounding = Fraction(TOLERANCE) * scale if isinstance(whole, float) else 0
        if abs(total - Fraction(whole)) > rounding:
            raise Undecided(f"parts of items are exchanged, and {instance.setting} does not add up")
        rows.append(row)
    return rows


def _trade(instance: Instance, outcome: Any) -> Trade:
    """The exchange; without parts if there is none."""
    items = _items(outcome)
    if not items:
        return ()
    place = {item: k for k, item in enumerate(items)}
    held = tuple(frozenset(place[item] for item in own) for own in bundles(outcome))
    found = trade(_rows(instance, outcome), held)
    return tuple(part for part in found if isinstance(part, Part))


def _gains(instance: Instance, outcome: Any) -> list[Fraction]:
    """What each agent gains by the exchange, counted afresh."""
    gains = [Fraction(0)] * instance.agents
    items = _items(outcome)
    for part in _trade(instance, outcome):
        one: Bundle = frozenset({items[part.item]})
        gains[part.giver] -= part.part * Fraction(appraisal(instance, part.giver)(one))
        gains[part.taker] += part.part * Fraction(appraisal(instance, part.taker)(one))
    return gains


def _told(part: Part, instance: Instance, outcome: Any) -> str:
    """``ann gives 1/2 of car to bob``."""
    item = _items(outcome)[part.item]
    names = getattr(instance.setting, "names", ())
    what = names[item] if isinstance(item, int) and item < len(names) else f"item {item}"
    amount = what if part.part == 1 else f"{show(part.part)} of {what}"
    return f"{instance.name(part.giver)} gives {amount} to {instance.name(part.taker)}"
