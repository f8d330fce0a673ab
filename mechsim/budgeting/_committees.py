"""What rules for committees have in common: how many seats there are."""

from fractions import Fraction

from .._numbers import show
from ..preferences.elections import Election


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
