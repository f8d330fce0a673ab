r"""Random dictatorship: the candidate whom a uniformly random voter ranks first.

.. math:: f(\theta) = \theta_{I,1}, \qquad I \sim \mathrm{Uniform}\{1, \dots, n\}.

With at least three candidates only lotteries over dictatorships are strategyproof and never elect
somebody whom all like less than another.

References
----------
Gibbard. Manipulation of schemes that mix voting with chance. Econometrica 45, 1977.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..lottery import Finite, uniform
from ..mechanism import Draw, accepts_reports
from ..population import Population
from ..preferences.rankings import Ballots, Ranking, Rankings
from .dictatorship import Dictatorship


@dataclass(frozen=True)
class RandomDictatorship:
    """Each voter's first choice with probability ``1/n``.  O(n).

    Examples
    --------
    >>> vote = Rankings(("ann", "bob"))
    >>> RandomDictatorship(vote)([["bob", "ann"], ["ann", "bob"], ["bob", "ann"]]).probability[1]
    Fraction(2, 3)
    """

    setting: Rankings

    def rules(self, agents: int, /) -> Draw[Ranking, int]:
        """The dictatorships, equally likely."""
        for agent in range(agents):
            yield Fraction(1, agents), Dictatorship(agent, self.setting)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Finite[int]:
        """Who wins, and how likely it is."""
        return uniform(ranking[0] for ranking in reports)

    def of_population(self, population: Population, /) -> Finite[int]:
        """The same, for a population of rankings: one step for each different ranking."""
        chance: dict[int, Fraction] = {}
        for ranking, voters in population.classes():
            share = Fraction(voters, len(population))
            chance[ranking[0]] = chance.get(ranking[0], Fraction(0)) + share
        return Finite(chance)
