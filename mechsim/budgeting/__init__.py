"""Budgeting: which projects to fund from a common budget, by approval ballots."""

from .bw_gcr import BWGCR as BWGCR
from .bw_mes import BWMES as BWMES
from .cohesive import GreedyCohesive as GreedyCohesive
from .equal_shares import EqualShares as EqualShares
from .greedy import GreedyAV as GreedyAV
from .greedy_ratio import GreedyRatio as GreedyRatio
from .max_utility import MaxUtility as MaxUtility
from .phragmen import Phragmen as Phragmen
from .random_dictator import FractionalRandomDictator as FractionalRandomDictator
from .sequential_thiele import SequentialPAV as SequentialPAV
from .sequential_thiele import SequentialThiele as SequentialThiele
from .thiele import PAV as PAV
from .thiele import ChamberlinCourant as ChamberlinCourant
from .thiele import Thiele as Thiele
from .weights import Geometric as Geometric
from .weights import Harmonic as Harmonic
from .weights import Weights as Weights
