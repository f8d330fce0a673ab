r"""Biased Min Work: two machines, and each task goes to a favoured one unless it is much slower.

A task j that costs machine i the time :math:`t_{ij}` has a favoured machine s, the other one is r.
With a bias :math:`\beta \ge 1`,

.. math:: t_{sj} \le \beta\, t_{rj}:\ s \text{ does it and gets } \beta\, t_{rj}; \qquad
          \text{otherwise } r \text{ does it and gets } t_{sj} / \beta.

Whoever does a task is paid the largest time at which it still would, so times are reported truly,
whoever is favoured.  Where coins say who is, and :math:`\beta = 4/3`, the expected time until both
machines are done is at most 7/4 of the least possible one.

References
----------
Nisan, Ronen. Algorithmic mechanism design. Games and Economic Behavior 35, 2001.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from .._numbers import Number, real, sequence, whole
from ..lottery import Finite
from ..mechanism import Draw, accepts_reports, compound
from ..preferences.additive import Matrix, Values
from ..preferences.chores import Chores
from ..setting import Priced

USUAL = Fraction(4, 3)
"""The bias of the best guarantee."""


@dataclass(frozen=True)
class BiasedWork:
    """Each task to its favoured machine of two, unless that is slower by more than ``bias``.  O(m).

    Parameters
    ----------
    favoured : sequence of 0 and 1, one a task
    setting : Chores
        The tasks; what one is worth is minus the time it takes.
    bias : Number, optional
        At least 1.

    Examples
    --------
    >>> tasks = Chores(("build", "test"), agents=("ann", "bob"))
    >>> outcome = BiasedWork((0, 1), tasks)([[-1, -1], [-2, -4]])
    >>> tasks.tell(outcome.alternative), outcome.payments
    ('ann: {build, test}, bob: {}', (Fraction(-17, 3), Fraction(0, 1)))
    """

    favoured: tuple[int, ...]
    setting: Chores
    bias: Number = USUAL

    def __post_init__(self) -> None:
        given = sequence(self.favoured, "favoured")
        favoured = tuple(whole(one, f"favoured[{task}]", 0) for task, one in enumerate(given))
        object.__setattr__(self, "favoured", favoured)
        object.__setattr__(self, "bias", read_bias(self.bias))
        if len(favoured) != len(self.setting.names) or max(favoured) > 1:
            raise ValueError(
                f"favoured is {favoured}: it must be 0 or 1 for each of "
                f"{len(self.setting.names)} tasks"
            )

    @accepts_reports
    def __call__(self, reports: Matrix, /) -> Priced:
        """Who does which tasks, and what each is paid."""
        require_two(reports)
        does: tuple[set[int], set[int]] = (set(), set())
        paid: list[Number] = [Fraction(0), Fraction(0)]
        for task, first in enumerate(self.favoured):
            other = 1 - first
            time, theirs = -reports[first][task], -reports[other][task]
            if time <= self.bias * theirs:
                does[first].add(task)
                paid[first] += self.bias * theirs
            else:
                does[other].add(task)
                paid[other] += time / self.bias
        return Priced(tuple(map(frozenset, does)), tuple(-amount for amount in paid))


@dataclass(frozen=True)
class BiasedMinWork:
    """Each machine favoured for each task with probability 1/2.  O(2^m m).

    Parameters
    ----------
    setting : Chores
    bias : Number, optional

    Examples
    --------
    >>> lottery = BiasedMinWork(Chores(("build",)))([[-1], [-1]])
    >>> [outcome.payments for outcome in lottery.support]
    [(Fraction(-4, 3), Fraction(0, 1)), (Fraction(0, 1), Fraction(-4, 3))]
    """

    setting: Chores
    bias: Number = USUAL

    def __post_init__(self) -> None:
        object.__setattr__(self, "bias", read_bias(self.bias))

    def rules(self, agents: int, /) -> Draw[Values, Priced]:
        """One for every way to favour machines, equally likely."""
        tasks = len(self.setting.names)
        for favoured in product((0, 1), repeat=tasks):
            yield Fraction(1, 2**tasks), BiasedWork(favoured, self.setting, self.bias)

    @accepts_reports
    def __call__(self, reports: Matrix, /) -> Finite[Priced]:
        """Who does which tasks, what each is paid, and how likely it is."""
        require_two(reports)
        return compound(self.rules(2), reports)


def read_bias(given: object) -> Number:
    """``given`` as a bias, or a `ValueError`."""
    bias = real(given, "bias")
    if bias < 1:
        raise ValueError(f"bias is {bias}: it must be at least 1")
    return bias


def require_two(reports: Matrix) -> None:
    """Raise `ValueError` unless there are two machines."""
    if len(reports) != 2:
        raise ValueError(f"reports has {len(reports)} rows: Biased Min Work is for two machines")
