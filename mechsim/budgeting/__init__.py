"""Budgeting: which projects to fund from a common budget, by approval ballots."""

from ._best_program import LeximinUtility as LeximinUtility
from .best_lottery import BestLottery as BestLottery
from .best_lottery import NoLottery as NoLottery
from .best_lottery import best_lottery as best_lottery
from .best_lottery import best_parts as best_parts
from .best_lottery import price_of_fairness as price_of_fairness
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
from .within_budget import Within as Within
from .within_budget import best_within_budget as best_within_budget
