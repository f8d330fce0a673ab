r"""Borda: a candidate scores a point for each candidate that a voter ranks below it.

With :math:`r_i(c) = 0, \dots, m - 1` the number of candidates that voter :math:`i` ranks above
:math:`c`,

.. math:: f(\theta) \in \arg\max_c \sum_i \bigl(m - 1 - r_i(c)\bigr).

Who wins of those with equal scores is for a tie policy to say, and it has no default: what is true
of Borda depends on it.

References
----------
Borda. Mémoire sur les élections au scrutin. Histoire de l'Académie Royale des Sciences, 1781.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..algorithms.ties import Ties
from ..lottery import Finite
from ..mechanism import accepts_reports
from ..population import Population
from ..preferences.rankings import Ballots, Ranking, Rankings, Winners


@dataclass(frozen=True)
class Borda:
    """The candidates with the highest Borda score, with ``ties`` resolved.  O(nm).

    Parameters
    ----------
    ties : Ties
        `Lexicographic` gives a winner, `UniformlyAtRandom` a lottery, `AllTied` the set.
    setting : Rankings
        The candidates.

    Examples
    --------
    >>> from mechsim.algorithms.ties import AllTied, Lexicographic
    >>> vote = Rankings(("ann", "bob", "cat"))
    >>> Borda(Lexicographic(), vote)([["ann", "bob", "cat"], ["bob", "ann", "cat"]])
    0
    >>> Borda(AllTied(), vote)([["ann", "bob", "cat"], ["bob", "ann", "cat"]])
    frozenset({0, 1})
    """

    ties: Ties
    setting: Rankings

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Winners | Finite[Winners]:
        """Who wins, or how likely."""
        return self._winners((ranking, 1) for ranking in reports)

    def of_population(self, population: Population, /) -> Winners | Finite[Winners]:
        """The same, for a population of rankings: one step for each different ranking."""
        return self._winners(population.classes())

    def scores(self, classes: Iterable[tuple[Ranking, int]]) -> tuple[int, ...]:
        """The score of each candidate, from rankings and how often each is cast."""
        total = [0] * len(self.setting.candidates)
        for ranking, voters in classes:
            for points, candidate in enumerate(reversed(ranking)):
                total[candidate] += points * voters
        return tuple(total)

    def _winners(self, classes: Iterable[tuple[Ranking, int]]) -> Winners | Finite[Winners]:
        score = self.scores(classes)
        best = tuple(c for c, points in enumerate(score) if points == max(score))
        winners: Winners | Finite[Winners] = self.ties.resolve(best)
        return winners
