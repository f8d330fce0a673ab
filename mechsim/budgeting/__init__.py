"""Budgeting: which projects to fund from a common budget, by approval ballots."""

from .bw_mes import BWMES as BWMES
from .equal_shares import EqualShares as EqualShares
from .greedy import GreedyAV as GreedyAV
