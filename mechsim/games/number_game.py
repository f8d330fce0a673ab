r"""Mechanisms that play a game where others draw: every agent names a number besides its report.

A lottery over m equally likely rules :math:`g_0, \dots, g_{m-1}` becomes a deterministic mechanism,

.. math:: D((\theta_1, z_1), \dots, (\theta_n, z_n)) = g_{k(z)}(\theta), \qquad
          k(z) = \sum_i z_i \bmod m.

*Lemma.*  Whatever number one agent names, the index :math:`k(z)` is uniform if another one draws
its own uniformly and independently.  So uniform numbers of at least two agents are a Nash
equilibrium of the game of numbers, whatever the agents want; and if the lottery is strategyproof in
expectation, sincere reports with uniform numbers are one of the whole game, with the lottery of
the original mechanism.  One uniform player is not enough: it can choose the outcome itself.

Numbers named together with the reports, or after these were made public, make the same demand,
strategyproofness in expectation.  Where numbers are public before agents report, the rule is known
by then, and sincerity needs each rule to be strategyproof: ``Universally(Strategyproof())``.

The index may be made of the numbers in other ways; a way is a function of the numbers and of m.
`one_by_one` plays a small game for each place in an order, among those who have none yet.  There
two uniform players are not enough, as they may be placed first: all others must be uniform.

The constructions below are a reconstruction from the paper's description of its idea.

References
----------
Walsh. Mechanisms that play a game, not toss a coin. arXiv:2308.10413.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias, cast

from .._text import brief, many
from ..mechanism import Playable, Rule, accepts_reports, draws_rule
from ..preferences.numbered import Numbered, Pairs

MOST = 1_000_000
"""So many equally likely rules are listed."""

Index: TypeAlias = Callable[[tuple[int, ...], int], int]
"""Numbers, one an agent, and how many outcomes there are, to the outcome that is meant."""


def sum_modulo(numbers: tuple[int, ...], outcomes: int) -> int:
    """The sum, modulo the number of outcomes.

    Examples
    --------
    >>> sum_modulo((3, 2, 1), 4)
    2
    """
    return sum(numbers) % outcomes


def bit_by_bit(numbers: tuple[int, ...], outcomes: int) -> int:
    """A game of two outcomes for each binary digit: each is the sum modulo 2, the exclusive or.

    ``outcomes`` is a power of 2.

    Examples
    --------
    >>> bit_by_bit((0b01, 0b11), 4)
    2
    """
    _binary_digits(outcomes)
    return _exclusive_or(numbers)


def others_bits(numbers: tuple[int, ...], outcomes: int) -> int:
    """Digit j is the exclusive or of the digits j that all but agent j say.

    So nobody has a part in its own digit.  ``outcomes`` is 2 to the number of agents.

    Examples
    --------
    >>> others_bits((0b001, 0b010, 0b100), 8)
    0
    >>> others_bits((0b110, 0b000, 0b000), 8)
    6
    """
    if _binary_digits(outcomes) != len(numbers):
        raise ValueError(
            f"outcomes is {outcomes}: of {len(numbers)} agents it must be {2 ** len(numbers)}, a "
            "binary digit for each"
        )
    return _exclusive_or(number & ~(1 << agent) for agent, number in enumerate(numbers))


def one_by_one(numbers: tuple[int, ...], outcomes: int) -> int:
    r"""The rank of an order, by the alphabet, that is found by a game for each of its places.

    A number of agent i has digits in the factorial number system, the first of :math:`n` values,
    the next of :math:`n - 1`, and so on.  In round :math:`t`, with :math:`r` agents left, the next
    is the one whose place among these, from 0, is the sum of their digits t modulo r.
    ``outcomes`` is n!.  O(n^2).

    Examples
    --------
    >>> one_by_one((0, 0, 0), 6), one_by_one((2, 2, 0), 6)
    (0, 4)
    """
    agents = len(numbers)
    if outcomes != math.factorial(agents):
        raise ValueError(
            f"outcomes is {outcomes}: it must be {math.factorial(agents)}, one for each order of "
            f"{agents} agents"
        )
    left, rest, rank = list(range(agents)), list(numbers), 0
    for size in range(agents, 0, -1):
        later = math.factorial(size - 1)
        place = sum(rest[agent] // later for agent in left) % size
        rank += place * later
        left.pop(place)
        rest = [number % later for number in rest]
    return rank


def equally_likely(rules: Iterable[tuple[Fraction, Rule[Any, Any]]]) -> tuple[Rule[Any, Any], ...]:
    """Rules that are drawn with equal weights: each as often as a common denominator says.

    Examples
    --------
    >>> from mechsim.facility import LeftRightMiddle
    >>> from mechsim._text import brief
    >>> [brief(rule) for rule in equally_likely(LeftRightMiddle().rules(3))]
    ['OrderStatistic(rank=1)', 'Midrange', 'Midrange', 'OrderStatistic(rank=3)']
    """
    weighted = list(rules)
    if any(weight < 0 for weight, _ in weighted) or sum(weight for weight, _ in weighted) != 1:
        weights = ", ".join(str(weight) for weight, _ in weighted)
        raise ValueError(f"rules have the probabilities {weights}: they must sum to 1")
    below = math.lcm(*(Fraction(weight).denominator for weight, _ in weighted))
    if below > MOST:
        raise ValueError(
            f"rules are as likely as {below:,} equal ones: at most {MOST:,} are listed"
        )
    return tuple(rule for weight, rule in weighted for _ in range(int(weight * below)))


@dataclass(frozen=True)
class NumberGame:
    """The rule that the agents' numbers point to, of those that ``mechanism`` would draw.

    The rules are listed once for each number of agents.

    Parameters
    ----------
    mechanism : mechanism that draws a rule
        A deterministic one draws itself; then the numbers mean nothing.
    setting : Numbered
        The setting of the mechanism, with as many numbers as there are equally likely rules, or a
        multiple of it.
    index : callable, optional
        What the numbers mean: `sum_modulo`, `bit_by_bit`, `others_bits`, `one_by_one`.

    Examples
    --------
    >>> from mechsim import Line
    >>> from mechsim.facility import LeftRightMiddle
    >>> game = NumberGame(LeftRightMiddle(), Numbered(Line(), numbers=4))
    >>> game([(0.25, 2), (1.0, 0)]), game([(0.0, 2), (1.0, 0)])
    (0.625, 0.5)
    """

    mechanism: Playable
    setting: Numbered
    index: Index = sum_modulo

    def __post_init__(self) -> None:
        if not callable(cast(object, self.mechanism)):
            raise ValueError(f"mechanism is {self.mechanism!r}: it must be a function of reports")
        if not isinstance(cast(object, self.setting), Numbered):
            raise ValueError(
                f"setting is {brief(self.setting)}: it must be Numbered({brief(self.setting)}, "
                "numbers=...)"
            )

    @accepts_reports
    def __call__(self, reports: Pairs, /) -> Any:
        """What the rule says to the reports."""
        rules, outcomes = self._rules(len(reports)), self.setting.numbers
        if outcomes % len(rules):
            raise ValueError(
                f"numbers is {outcomes}: with {many(len(reports), 'agent')} it must be a multiple "
                f"of {len(rules)}, of which {brief(self.mechanism)} draws one"
            )
        place = self.index(tuple(number for _, number in reports), outcomes)
        return rules[place % len(rules)](tuple(report for report, _ in reports))

    def _rules(self, agents: int) -> tuple[Rule[Any, Any], ...]:
        if agents not in self._listed:
            drawn = self.mechanism
            rules = equally_likely(drawn.rules(agents)) if draws_rule(drawn) else (drawn,)
            self._listed[agents] = rules
        return self._listed[agents]

    @cached_property
    def _listed(self) -> dict[int, tuple[Rule[Any, Any], ...]]:
        return {}


@dataclass(frozen=True)
class Derandomized:
    """A game of numbers in any setting with numbers: what a card calls its rule.

    Parameters
    ----------
    rule : callable, Setting to mechanism
        Makes the mechanism that draws.
    index : callable, optional

    Examples
    --------
    >>> from mechsim import Rankings
    >>> from mechsim.voting import RandomDictatorship
    >>> vote = Numbered(Rankings(("ann", "bob")), numbers=2)
    >>> Derandomized(RandomDictatorship)(vote)([((0, 1), 1), ((1, 0), 0)])
    1
    """

    rule: Callable[[Any], Playable]
    index: Index = sum_modulo

    def __call__(self, setting: Numbered, /) -> Playable:
        """The game in this setting."""
        return NumberGame(self.rule(setting.setting), setting, self.index)


def _exclusive_or(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found ^= number
    return found


def _binary_digits(outcomes: int) -> int:
    digits = outcomes.bit_length() - 1
    if outcomes != 1 << digits:
        raise ValueError(f"outcomes is {outcomes}: it must be a power of 2")
    return digits
