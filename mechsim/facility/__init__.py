"""Facility location: where to build one facility for agents on a line."""

from .constant import Constant as Constant
from .dictatorship import Dictatorship as Dictatorship
from .mean import Mean as Mean
from .median import Median as Median
from .order_statistic import OrderStatistic as OrderStatistic
from .random_dictatorship import RandomDictatorship as RandomDictatorship
from .random_rank import RandomRank as RandomRank
from .uniform_phantom import UniformPhantom as UniformPhantom
