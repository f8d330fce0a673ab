r"""Agents who also name a number: what they like is as it was, and they do not mind the numbers.

A type is a pair :math:`(\theta_i, z_i)` of a type of another setting and a number
:math:`z_i \in \{0, \dots, m - 1\}`.  Mechanisms that let the agents play for an outcome, where
others would draw it, take such reports (`mechsim.games.NumberGame`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import sequence, show_all, whole
from .._text import brief
from ..lottery import Lottery
from ..population import Population, Reports
from ..setting import Setting, require

Pair: TypeAlias = tuple[Any, int]
"""A report of the setting, and a number."""

Pairs: TypeAlias = tuple[Pair, ...]


@dataclass(frozen=True, repr=False)
class Numbered:
    """``setting``, in which agents name one of ``numbers`` numbers besides, counted from 0.

    Parameters
    ----------
    setting : Setting
    numbers : int
        At least 1.

    Examples
    --------
    >>> from mechsim import Line
    >>> world = Numbered(Line(0, 1), numbers=4)
    >>> world.read([[0.25, 2], [1, 0]])
    ((0.25, 2), (Fraction(1, 1), 0))
    >>> world.tell_type((0.25, 2))
    '0.25 with 2'
    """

    setting: Any
    numbers: int

    def __post_init__(self) -> None:
        whole(self.numbers, "numbers", least=1)
        if not hasattr(cast(object, self.setting), "types"):
            raise ValueError(f"setting is {self.setting!r}: it must have types and value")

    @property
    def agents(self) -> tuple[str, ...]:
        """The names that the setting gives."""
        return tuple(getattr(self.setting, "agents", ()))

    @property
    def scale(self) -> float:
        """How large the numbers of the setting are."""
        return float(getattr(self.setting, "scale", 1.0))

    @property
    def gain(self) -> Callable[[int, Pair, Lottery[Any], Lottery[Any]], Any] | None:
        """What is gained by one lottery for another, where the setting knows orders only."""
        inner = getattr(self.setting, "gain", None)
        if inner is None:
            return None

        def of_pair(agent: int, type_: Pair, honest: Lottery[Any], lied: Lottery[Any]) -> Any:
            return inner(agent, type_[0], honest, lied)

        return of_pair

    def types(self, agent: int, /) -> Pairs | None:
        """Every type of the setting with every number, or None where types are infinitely many."""
        listed = self.setting.types(agent)
        return None if listed is None else tuple(product(listed, range(self.numbers)))

    def value(self, agent: int, type_: Pair, alternative: Any, /) -> Any:
        """What the alternative is worth, whatever the number."""
        return cast(Setting, self.setting).value(agent, type_[0], alternative)

    def dominating(self, reports: Reports, outcome: Any, /) -> Any | None:
        """An alternative better for somebody and worse for nobody, or None if there is none."""
        require(self.setting, "dominating")
        pairs = reports.expanded() if isinstance(reports, Population) else reports
        return self.setting.dominating(tuple(report for report, _ in pairs), outcome)

    def read(self, given: Iterable[Any], /) -> Pairs:
        """Pairs of a report, as the setting reads it, and a number.

        Raises
        ------
        ValueError
            If an entry is no pair, or its number is none of the numbers.
        """
        listed = given.expanded() if isinstance(given, Population) else sequence(given, "reports")
        pairs: list[tuple[Any, int]] = []
        for agent, entry in enumerate(listed):
            if not isinstance(entry, (tuple, list)) or len(cast("list[Any]", entry)) != 2:
                raise ValueError(
                    f"reports[{agent}] is {entry!r}: it must be a pair of a report and a number"
                )
            report, number = cast("list[Any]", entry)
            number = whole(number, f"the number of reports[{agent}]", 0)
            if number >= self.numbers:
                raise ValueError(
                    f"the number of reports[{agent}] is {number}: it must be less than "
                    f"{self.numbers}"
                )
            pairs.append((report, number))
        read = self.setting.read([report for report, _ in pairs])
        return tuple((report, number) for report, (_, number) in zip(read, pairs, strict=True))

    def tell(self, alternative: Any, /) -> str:
        """The alternative, in the setting's words."""
        tell = getattr(self.setting, "tell", None)
        return show_all((alternative,))[1:-1] if tell is None else str(tell(alternative))

    def tell_type(self, type_: Pair, /) -> str:
        """The type, in the setting's words, and the number."""
        tell, (report, number) = getattr(self.setting, "tell_type", None), type_
        told = show_all((report,))[1:-1] if tell is None else str(tell(report))
        return f"{told} with {number}"

    def misreports(self, agent: int, reports: Pairs, /) -> Iterator[Pair]:
        """Where types are too many to list: other reports with each number, and other numbers."""
        truth, own = reports[agent]
        yield from ((truth, number) for number in range(self.numbers) if number != own)
        alone = tuple(report for report, _ in reports)
        for report in self.setting.misreports(agent, alone):
            yield from ((report, number) for number in range(self.numbers))

    def simpler(self, type_: Pair, /) -> Iterator[Pair]:
        """The same report with a smaller number, and simpler reports."""
        report, own = type_
        yield from ((report, number) for number in range(own))
        yield from ((other, own) for other in self.setting.simpler(report))

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Pairs]:
        """Those of the setting, each with random numbers."""
        for reports in self.setting.profiles(agents, rng):
            numbers = rng.integers(0, self.numbers, size=agents).tolist()
            yield tuple(zip(reports, numbers, strict=True))

    def __repr__(self) -> str:
        return f"{brief(self.setting)} with numbers below {self.numbers}"
