r"""What a principal decides when it knows something about the state.

With utility :math:`u(a, \theta)` and the belief :math:`p` it takes an action that is best,

.. math:: \max_a \sum_\theta p_\theta\, u(a, \theta),

and efforts :math:`b` are worth :math:`U(b) = \sum_s \max_a \sum_\theta P(\theta, s \mid b)\,
u(a, \theta)` to it before signals come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .._numbers import Number, real
from ..preferences.acquisition import Acquisition
from ..preferences.beliefs import Belief


@dataclass(frozen=True)
class Decision:
    """Actions, and what each is worth in each state.

    Parameters
    ----------
    actions : tuple of str
    utility : tuple of tuples of Number
        One row an action, one number a state.

    Examples
    --------
    >>> decision = Decision.guess(("rain", "sun"), prize=10)
    >>> decision.best((Fraction(1, 4), Fraction(3, 4)))
    'sun'
    """

    actions: tuple[str, ...]
    utility: tuple[tuple[Number, ...], ...]

    def __post_init__(self) -> None:
        if not self.actions or len(self.utility) != len(self.actions):
            raise ValueError(
                f"utility has {len(self.utility)} rows: it must have one for each of "
                f"{len(self.actions)} actions, one at least"
            )
        rows = tuple(
            tuple(real(u, f"utility[{a}][{k}]") for k, u in enumerate(row))
            for a, row in enumerate(self.utility)
        )
        for a, row in enumerate(rows):
            if len(row) != len(rows[0]) or not row:
                raise ValueError(
                    f"utility[{a}] has {len(row)} entries: utility[0] has {len(rows[0])}, and it "
                    "must be one for each state"
                )
        if len(set(self.actions)) != len(self.actions):
            raise ValueError(f"actions is {self.actions}: names must differ")
        object.__setattr__(self, "utility", rows)

    @staticmethod
    def guess(states: Sequence[str], prize: Number = Fraction(1)) -> "Decision":
        """Name the state, for a prize if it is the right one."""
        rows = tuple(
            tuple(prize if a == k else Fraction(0) for k in range(len(states)))
            for a in range(len(states))
        )
        return Decision(tuple(states), rows)

    def value(self, weights: Belief, /) -> Number:
        """What the best action is worth, states weighted so."""
        return max(self._worth(weights))

    def best(self, weights: Belief, /) -> str:
        """The best action, the first of several."""
        worth = self._worth(weights)
        return self.actions[worth.index(max(worth))]

    def worth_of(self, setting: Acquisition, efforts: tuple[str, ...], /) -> Number:
        """What the principal expects if these efforts are made and their signals told."""
        self.require_states(setting.states)
        seen: dict[tuple[str, ...], list[Fraction]] = {}
        for (state, signals), likely in setting.law(efforts).items():
            row = seen.setdefault(signals, [Fraction(0)] * len(setting.states))
            row[state] += likely
        return sum((self.value(tuple(row)) for row in seen.values()), Fraction(0))

    def require_states(self, states: Sequence[str]) -> None:
        """Raise `ValueError` unless there is one column a state."""
        if len(self.utility[0]) != len(states):
            raise ValueError(
                f"utility has {len(self.utility[0])} columns: it must have one for each of the "
                f"states {', '.join(states)}"
            )

    def _worth(self, weights: Belief) -> list[Number]:
        return [
            sum((p * u for p, u in zip(weights, row, strict=True)), Fraction(0))
            for row in self.utility
        ]
