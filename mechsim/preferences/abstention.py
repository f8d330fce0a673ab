"""Voters who rank candidates or stay away.

A type is a ranking, or `ABSENT`; so profiles of fewer voters are among those of more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from .rankings import Permuted, Rankings, Winners

ABSENT = "absent"
"""The type of a voter who stays away."""


@dataclass(frozen=True, repr=False)
class MayAbstain:
    """Rankings, of which each voter may give none.

    Parameters
    ----------
    rankings : Rankings
        Candidates, and as types their rankings; up to five candidates.

    Examples
    --------
    >>> vote = MayAbstain(Rankings(("ann", "bob")))
    >>> vote.types(0)
    ((0, 1), (1, 0), 'absent')
    """

    rankings: Rankings

    absent: ClassVar[str] = ABSENT
    """The type of a voter who stays away."""

    agents_are_alike: ClassVar[bool] = True
    """Whose ranking it is makes no difference."""

    @property
    def agents(self) -> tuple[str, ...]:
        """The voters' names."""
        return self.rankings.agents

    def types(self, agent: int, /) -> tuple[Any, ...] | None:
        """All rankings, and staying away."""
        listed = self.rankings.types(agent)
        return None if listed is None else (*listed, ABSENT)

    def value(self, agent: int, type_: Any, alternative: Winners, /) -> Fraction:
        """Minus how many candidates are liked better; 0 for whoever stays away."""
        if type_ == ABSENT:
            return Fraction(0)
        return self.rankings.value(agent, type_, alternative)

    def alternatives(self, agents: int, /) -> tuple[int, ...]:
        """The candidates."""
        return self.rankings.alternatives(agents)

    def admits(self, alternative: object, /) -> bool:
        """Whether this is a candidate, or a set of them."""
        return self.rankings.admits(alternative)

    def renamings(self) -> Iterator["Kept"]:
        """Every other order of the candidates' names."""
        yield from (Kept(renaming) for renaming in self.rankings.renamings())

    def tell(self, alternative: Winners, /) -> str:
        """The winner's name."""
        return self.rankings.tell(alternative)

    def tell_type(self, type_: Any, /) -> str:
        """The ranking, or that there is none."""
        return ABSENT if type_ == ABSENT else self.rankings.tell_type(type_)

    def __repr__(self) -> str:
        return f"MayAbstain({self.rankings})"


@dataclass(frozen=True)
class Kept:
    """A renaming of candidates, which leaves alone who stays away."""

    renaming: Permuted

    def type_(self, type_: Any, /) -> Any:
        """The ranking under the new names, or none."""
        return ABSENT if type_ == ABSENT else self.renaming.type_(type_)

    def alternative(self, alternative: Winners, /) -> Winners:
        """The winner, under the new name."""
        return self.renaming.alternative(alternative)
