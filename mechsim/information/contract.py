r"""Contracts that hire experts and pay them by a scoring rule.

Expert :math:`i` is asked for effort :math:`b_i`.  When it reports signal :math:`s_i` and the state
turns out :math:`\theta` it is paid

.. math:: a \, S\bigl(P(\cdot \mid s_i, b_i), \theta\bigr) + c,

the score of the belief that its signal stands for, scaled and shifted.  If :math:`S` is proper,
who did as asked does best to report what it saw; whether it does best to do as asked depends on
the scale, and on what other efforts earn by the same score.

References
----------
Cacciamani, Castiglioni, Gatti. Online Information Acquisition: Hiring Multiple Agents.
arXiv:2307.06210.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..mechanism import accepts_reports
from ..preferences.acquisition import Acquisition, ContractTerms
from .scoring import Convex, Scores


@dataclass(frozen=True)
class ScoringContract:
    """Each expert is asked for its entry of ``efforts`` and paid by the score of its belief.

    A signal that the effort cannot bring is scored as the prior.

    Parameters
    ----------
    efforts : tuple of str
        What is asked, one name an expert.
    convex : Convex
        The scoring rule's convex function.
    scale : Fraction
        What a score of 1 is worth, in the unit of the costs.
    setting : Acquisition
        The experts.
    shift : Fraction
        What is paid on top, whatever is reported.
    """

    efforts: tuple[str, ...]
    convex: Convex
    scale: Fraction
    setting: Acquisition
    shift: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        self.setting.require_efforts(self.efforts)
        if self.scale < 0:
            raise ValueError(f"scale is {self.scale}: it must not be negative")

    @accepts_reports
    def __call__(self, reports: tuple[str, ...], /) -> ContractTerms:
        """What is asked, and what each report earns in each state."""
        beliefs = (
            self.setting.posterior(agent, signal, asked)
            for agent, (signal, asked) in enumerate(zip(reports, self.efforts, strict=True))
        )
        scored = (Scores(self.convex, belief, self.scale, self.shift) for belief in beliefs)
        return ContractTerms(self.efforts, tuple(scored))
