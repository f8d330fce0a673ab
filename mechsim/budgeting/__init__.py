"""Budgeting: which projects to fund from a common budget, by approval ballots or points."""

from .bw_gcr import BWGCR as BWGCR
from .bw_mes import BWMES as BWMES
from .cohesive import GreedyCohesive as GreedyCohesive
from .equal_shares import EqualShares as EqualShares
from .greedy import GreedyAV as GreedyAV
from .greedy_by_score import GreedyByScore as GreedyByScore
from .greedy_ratio import GreedyRatio as GreedyRatio
from .max_utility import MaxUtility as MaxUtility
from .phragmen import Phragmen as Phragmen
from .random_dictator import FractionalRandomDictator as FractionalRandomDictator
from .scored_shares import EqualSharesOfScores as EqualSharesOfScores
