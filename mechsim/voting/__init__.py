"""Voting: which candidate wins, by the voters' rankings."""

from .borda import Borda as Borda
from .dictatorship import Dictatorship as Dictatorship
from .fixed import FixedOrder as FixedOrder
from .fixed import FixedWinner as FixedWinner
from .most_nominated import MostNominated as MostNominated
from .orders import BordaOrder as BordaOrder
from .orders import OrderDictatorship as OrderDictatorship
from .random_dictatorship import RandomDictatorship as RandomDictatorship
from .two_partition import Partition as Partition
from .two_partition import TwoPartition as TwoPartition
