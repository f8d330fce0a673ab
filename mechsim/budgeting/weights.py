"""What further members of a committee are worth to a voter who approves of several."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Protocol

from .._numbers import real, show
from .._text import brief


class Weights(Protocol):
    """What each member of a committee that a voter approves of is worth to the voter."""

    def weight(self, rank: int, /) -> Fraction | int:
        """Of the member of this ``rank``, from 1: not negative, and no more than the one before."""
        ...


@dataclass(frozen=True)
class Harmonic:
    """The j-th member that a voter approves of is worth 1/j."""

    def weight(self, rank: int, /) -> Fraction:
        """One part in ``rank``."""
        return Fraction(1, rank)


@dataclass(frozen=True)
class Geometric:
    """Each further member is worth the same part of the one before.

    Parameters
    ----------
    ratio : int or Fraction
        From 0, where only the first member counts, to 1, where all count the same.
    """

    ratio: int | Fraction

    def __post_init__(self) -> None:
        ratio = real(self.ratio, "ratio")
        if not isinstance(ratio, Fraction) or not 0 <= ratio <= 1:
            raise ValueError(f"ratio is {show(ratio)}: it must be exact, and between 0 and 1")
        object.__setattr__(self, "ratio", ratio)

    def weight(self, rank: int, /) -> Fraction:
        """A power of the ratio."""
        return Fraction(self.ratio) ** (rank - 1)


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
