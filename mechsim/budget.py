"""How much a search may cost: one word for all that search."""

from dataclasses import dataclass

from ._numbers import whole


@dataclass(frozen=True)
class Budget:
    """How much a verdict may cost.

    Parameters
    ----------
    calls : int
        How often the mechanism may be played.  Asking it the same again costs nothing; where it
        plays batches, a call pays for so many rows of one as take about as long.
    seed : int
        Where the random part of a search starts; the same seed gives the same verdict.
    """

    calls: int = 20_000
    seed: int = 0

    def __post_init__(self) -> None:
        whole(self.calls, "calls", least=1)
        whole(self.seed, "seed", least=0)

    @property
    def cases(self) -> int:
        """How many cases may be evaluated, as many cases share a call."""
        return CASES_A_CALL * self.calls


def require_budget(budget: object) -> None:
    """Raise `ValueError` unless this is a budget."""
    if not isinstance(budget, Budget):
        raise ValueError(f"budget is {budget!r}: it must be a Budget, as in Budget(calls=500)")


CASES_A_CALL = 4
"""Cases that may be evaluated for each call of a budget."""

SWEPT_A_CALL = 256
"""Misreports in a batch that cost what a call does: about as much time, where both are fast."""
