"""Voting: which candidate wins, by the voters' rankings."""

from .borda import Borda as Borda
from .dictatorship import Dictatorship as Dictatorship
from .most_nominated import MostNominated as MostNominated
from .random_dictatorship import RandomDictatorship as RandomDictatorship
from .two_partition import Partition as Partition
from .two_partition import TwoPartition as TwoPartition
