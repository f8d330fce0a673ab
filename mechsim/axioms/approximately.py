r"""An axiom that may be missed by a little.

.. math:: \text{violation} \le \varepsilon \qquad \text{in every case}.

Of strategyproofness this is :math:`\varepsilon`-strategyproofness: nobody gains more than
:math:`\varepsilon` by a lie.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show
from .._text import brief
from ..mechanism import Playable
from ..program import Exact, Terms, exact
from ._sought import Sought
from .combinators import lift


@dataclass(frozen=True)
class Approximately:
    """No violation of ``axiom`` is larger than ``by``.

    Parameters
    ----------
    axiom : Axiom or OutcomeAxiom
        One of outcomes is read ex post.
    by : Number
        Not negative, in the unit of the axiom's violations.

    Examples
    --------
    >>> from mechsim import Line, Strategyproof, verify
    >>> from mechsim.facility import Mean
    >>> near = Approximately(Strategyproof(), Fraction(1, 2))
    >>> print(verify(Mean(), near, Line(0, 1).grid(4), agents=2))
    Mean satisfies Approximately(Strategyproof, by=1/2) for 2 agents on Line(0, 1).grid(4), in \
exact arithmetic: all 200 cases at 25 profiles were evaluated
    """

    axiom: Any
    by: Number

    def __post_init__(self) -> None:
        lift(self.axiom)
        object.__setattr__(self, "by", real(self.by, "by"))
        if self.by < 0:
            raise ValueError(f"by is {show(self.by)}: it must not be negative")

    def __str__(self) -> str:
        return f"Approximately({brief(self.axiom)}, by={show(self.by)})"

    @property
    def reading(self) -> Any:
        """The axiom as it is asked of mechanisms."""
        return lift(self.axiom)

    @property
    def of_lotteries(self) -> bool:
        """Whether it is about a single lottery."""
        return bool(getattr(self.reading, "of_lotteries", False))

    @property
    def deviation(self) -> Any:
        """How an agent departs from an instance, if the axiom is about that."""
        return getattr(self.axiom, "deviation", None)

    @property
    def straight(self) -> bool:
        """Whether it is linear between the listed alternatives of a line, as its axiom is."""
        return bool(getattr(self.reading, "straight", False))

    def cases(self, instance: Any, /) -> Iterator[Any]:
        """Those of the axiom."""
        return iter(self.reading.cases(instance))

    def violation(self, mechanism: Playable, case: Any, /) -> Any:
        """What exceeds the allowance."""
        return self.reading.violation(mechanism, case) - self.by

    def rows(self, sought: Sought, /) -> None:
        """Those of the axiom, each loosened by the allowance."""
        self.reading.rows(_Loosened(sought, Fraction(self.by)))

    def explain(self, mechanism: Playable, case: Any, /) -> str:
        """As the axiom, and what is allowed."""
        explain = getattr(self.reading, "explain", None)
        why = brief(case) if explain is None else explain(mechanism, case)
        return f"{why}, where {show(self.by)} is allowed"


class _Loosened:
    """A mechanism that is sought, whose rows may be broken by ``by``."""

    def __init__(self, sought: Sought, by: Fraction) -> None:
        self._sought, self._by = sought, by

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sought, name)

    def at_most(
        self,
        name: str,
        index: tuple[Sequence[Any], ...],
        bound: Exact,
        /,
        *terms: Terms,
        first: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Rows whose terms sum to ``bound`` and the allowance, or less."""
        numbers, below = exact(bound, "bound")
        loose = np.asarray(numbers, dtype=object) * Fraction(1, below) + self._by
        self._sought.at_most(name, index, loose, *terms, first=first)

    def equal(
        self, name: str, index: tuple[Sequence[Any], ...], bound: Exact, /, *_: Terms
    ) -> None:
        """Rows that hold exactly, or not at all."""
        raise ValueError(f"{name} is an equation: it cannot hold approximately")
