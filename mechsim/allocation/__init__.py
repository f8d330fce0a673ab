"""Allocation: who gets which goods, indivisible or divisible, and who is assigned which object."""

from ..algorithms.partition import Effort as Effort
from .allocate import Allocated as Allocated
from .allocate import allocate as allocate
from .envy_cycle import EnvyCycle as EnvyCycle
from .equal_division import EqualDivision as EqualDivision
from .fisher_market import FisherMarket as FisherMarket
from .fisher_market import MarketEquilibrium as MarketEquilibrium
from .fixed_assignment import FixedAssignment as FixedAssignment
from .immediate_acceptance import ImmediateAcceptance as ImmediateAcceptance
from .laminar_maximin import LaminarMaximin as LaminarMaximin
from .maximin_allocation import MaximinAllocation as MaximinAllocation
from .maximin_allocation import MaximinDivision as MaximinDivision
from .maximin_allocation import maximin_allocation as maximin_allocation
from .maximin_shares import MaximinShares as MaximinShares
from .maximin_shares import maximin_shares as maximin_shares
from .one_takes_all import OneTakesAll as OneTakesAll
from .probabilistic_serial import ProbabilisticSerial as ProbabilisticSerial
from .random_priority import PriorityDraw as PriorityDraw
from .random_priority import RandomPriority as RandomPriority
from .round_robin import RoundRobin as RoundRobin
from .serial_dictatorship import SerialDictatorship as SerialDictatorship
from .three_agents import ThreeAgents as ThreeAgents
from .top_trading_cycles import TopTradingCycles as TopTradingCycles
