"""All planted faults."""

from .allocation import ALLOCATION
from .auctions import AUCTIONS
from .budgeting import BUDGETING
from .coincidences import COINCIDENCES
from .fairness import FAIRNESS
from .line import LINE
from .lotteries import LOTTERIES
from .planted import Planted
from .scoring import SCORING
from .spec_nine import SPEC_NINE
from .voting import VOTING

PLANTED: tuple[Planted, ...] = (
    *LINE,
    *COINCIDENCES,
    *FAIRNESS,
    *LOTTERIES,
    *AUCTIONS,
    *VOTING,
    *BUDGETING,
    *ALLOCATION,
    *SCORING,
)
"""Those of all families."""

EVERYTHING: tuple[Planted, ...] = (*SPEC_NINE, *PLANTED)
"""The nine of the comparison of searches, and those of all families."""
