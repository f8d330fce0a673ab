"""How much a search may cost: one word for all that search."""

from dataclasses import dataclass

from ._numbers import whole


@dataclass(frozen=True)
class Budget:
    """How much a verdict may cost.

    Parameters
    ----------
    cases : int
        How many cases of the axiom, or profiles of an objective, may be evaluated.
    seed : int
        Where the random part of a search starts; the same seed gives the same verdict.
    """

    cases: int = 20_000
    seed: int = 0

    def __post_init__(self) -> None:
        whole(self.cases, "cases", least=1)
        whole(self.seed, "seed", least=0)
