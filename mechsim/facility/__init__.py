"""Facility location: where to build one facility for agents on a line."""

from .constant import Constant as Constant
from .dictatorship import Dictatorship as Dictatorship
from .equilibrium import best_response_dynamics as best_response_dynamics
from .equilibrium import equilibrium as equilibrium
from .equilibrium import equilibrium_outcome as equilibrium_outcome
from .equilibrium import gains as gains
from .equilibrium import is_equilibrium as is_equilibrium
from .mean import Mean as Mean
from .median import Median as Median
from .order_statistic import OrderStatistic as OrderStatistic
from .random_dictatorship import RandomDictatorship as RandomDictatorship
from .random_rank import RandomRank as RandomRank
from .trajectory import Trajectory as Trajectory
from .uniform_phantom import UniformPhantom as UniformPhantom
