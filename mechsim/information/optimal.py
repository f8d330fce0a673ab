"""Optimal mechanisms as mechanisms: what is best is computed when they are first played."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from .._numbers import Number
from ..lottery import Finite
from ..mechanism import Draw, accepts_reports
from ..preferences.acquisition import Acquisition, ContractTerms
from .advice import Acted, Advice, Advised
from .decision import Decision
from .hired import Hired
from .hiring import hire
from .senders import advise
from .uncorrelated import hire_deterministically, hire_independently


@dataclass(frozen=True)
class OptimalHiring:
    """The best mechanism for a decision, with payments up to a cap.

    Parameters
    ----------
    decision : Decision
    cap : Number
    setting : Acquisition
    efforts : str
        How they are drawn: ``"together"``, ``"independently"`` (in fifths) or ``"never"``.

    Examples
    --------
    >>> from mechsim.information import hidden_bit
    >>> decision = Decision.guess(("rise", "fall"), prize=100)
    >>> best = OptimalHiring(decision, 5, hidden_bit(Fraction(3, 5), cost=1))
    >>> best.found
    Hired(worth 115/2 to the principal)
    """

    decision: Decision
    cap: Number
    setting: Acquisition
    efforts: Literal["together", "independently", "never"] = "together"

    @cached_property
    def found(self) -> Hired:
        """The optimum, with its proof."""
        ways: dict[str, Any] = {
            "together": hire,
            "independently": hire_independently,
            "never": hire_deterministically,
        }
        if self.efforts not in ways:
            raise ValueError(f"efforts is {self.efforts!r}: it must be one of {', '.join(ways)}")
        found = ways[self.efforts](self.setting, self.decision, self.cap)
        assert isinstance(found, Hired)  # to ask for what costs least, unpaid, is obeyed
        return found

    def rules(self, agents: int, /) -> Draw[str, ContractTerms]:
        """The offers, as likely as the plan has them."""
        return self.found.rules(agents)

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> Finite[ContractTerms]:
        """The terms that may be drawn."""
        return self.found(reports)


@dataclass(frozen=True)
class OptimalAdvice:
    """The best rule for a receiver of advice that is told the truth.

    Parameters
    ----------
    setting : Advice
    cap : Number
        The most that is paid to a sender in a state.
    deterministic : bool
        Whether to use no lotteries.
    """

    setting: Advice
    cap: Number = Fraction(0)
    deterministic: bool = False

    @cached_property
    def found(self) -> Advised:
        """The optimum, with its proof."""
        return advise(self.setting, cap=self.cap, deterministic=self.deterministic)

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> Finite[Acted]:
        """What may be done, and what is paid for it."""
        return self.found(reports)
