"""Every mechanism with chance on a grid, as a linear program whose rows read like the axioms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, permutations

import numpy as np
from finite_rules import Points, sort

from mechsim.program import Draft, Terms
from mechsim.program.families import Columns


@dataclass(frozen=True)
class Lotteries:
    """All anonymous mechanisms with chance on a grid: a probability for each profile and place.

    Where a cost is linear between neighbouring places, a place between them is as good as a lottery
    over the two, so that such a program speaks of all places.  Distances are linear between peaks,
    maximum costs between peaks and their midpoints.  Nor are names a loss, as an average over all
    ways to give them is as truthful.
    """

    agents: int
    peaks: Points
    places: Points

    @property
    def profiles(self) -> list[Points]:
        return list(combinations_with_replacement(self.peaks, self.agents))

    def draft(self) -> tuple[Draft, Columns]:
        """A draft, and its variables: (profiles, places)."""
        draft, profiles = Draft(), self.profiles
        p = draft.variables("P[{place} | {profile}]", (profiles, self.places))
        draft.equal("lottery at {profile}", (profiles,), 1, Terms(p, 1, rows_of(profiles)))
        return draft, p

    def expected(self, p: Columns, value: Callable[[Points, Fraction], Fraction]) -> Terms:
        """The expectation of a value: one row a profile."""
        values = [[value(x, y) for y in self.places] for x in self.profiles]
        return Terms(p, values, rows_of(values))

    def require_truth(self, draft: Draft, p: Columns) -> None:
        """What an agent expects to suffer is no more if it tells the truth than if it lies."""
        number = {x: k for k, x in enumerate(self.profiles)}
        lies = [
            (peak, others, lie)
            for others in combinations_with_replacement(self.peaks, self.agents - 1)
            for peak, lie in permutations(self.peaks, 2)
        ]
        honest = [number[sort((*others, peak))] for peak, others, _ in lies]
        lied = [number[sort((*others, lie))] for _, others, lie in lies]
        suffered = np.array([[abs(y - peak) for y in self.places] for peak, _, _ in lies])
        draft.at_least(
            "strategyproof: agent at {peak} beside {others} says {lie}",
            tuple(zip(*lies, strict=True)),
            0,
            Terms(p[lied], suffered, rows_of(lies)),
            Terms(p[honest], -suffered, rows_of(lies)),
        )


def rows_of(of: Sequence[object]) -> Columns:
    """Numbers of the rows of a family with one row an entry, for `Terms`."""
    return np.arange(len(of))[:, None]
