"""Information: paying for beliefs, and for the effort of forming them."""

from .audit import Agreement as Agreement
from .audit import Audit as Audit
from .contract import ScoringContract as ScoringContract
from .scoring import Brier as Brier
from .scoring import Convex as Convex
from .scoring import Linear as Linear
from .scoring import Logarithmic as Logarithmic
from .scoring import Quadratic as Quadratic
from .scoring import RankedProbability as RankedProbability
from .scoring import Scores as Scores
from .scoring import ScoringRule as ScoringRule
from .scoring import Spherical as Spherical
from .scoring import ZeroOne as ZeroOne
