"""What rules for committees have in common: seats, and weights for one member more."""

from fractions import Fraction
from math import lcm
from typing import Protocol

from .._numbers import show
from .._text import brief
from ..preferences.elections import Election


class Weights(Protocol):
    """What each member of a committee that a voter approves of is worth to the voter."""

    def weight(self, rank: int, /) -> Fraction | int:
        """Of the member of this ``rank``, from 1: not negative, and no more than the one before."""
        ...


def seats(election: Election) -> int:
    """How many members the budget pays for, where all candidates cost the same.

    Raises
    ------
    ValueError
        If candidates differ in cost, or the budget is not a whole number of costs.
    """
    each = Fraction(election.costs[0])
    for c, cost in enumerate(election.costs):
        if cost != each:
            raise ValueError(
                f"costs[{c}] is {show(Fraction(cost))} and costs[0] is {show(each)}: "
                "a rule for committees needs candidates that cost the same"
            )
    bought = Fraction(election.budget) / each
    if bought.denominator != 1:
        raise ValueError(
            f"budget is {show(Fraction(election.budget))}: a rule for committees needs a whole "
            f"number of seats, of {show(each)} each"
        )
    return min(int(bought), len(election.costs))


def whole_weights(weights: Weights, ranks: int) -> list[int]:
    """The weights of the first ``ranks`` members, as whole numbers of a common unit.

    Raises
    ------
    ValueError
        If a weight is negative, or more than the one before.
    """
    listed = [Fraction(weights.weight(rank)) for rank in range(1, ranks + 1)]
    for rank, (weight, before) in enumerate(zip(listed, listed[:1] + listed, strict=False), 1):
        if not 0 <= weight <= before:
            raise ValueError(
                f"weights is {brief(weights)}: the weight of member {rank} is {show(weight)}, and "
                "weights must not be negative or rise"
            )
    unit = lcm(*(weight.denominator for weight in listed))
    return [int(weight * unit) for weight in listed]
