"""Allocation: who gets which indivisible goods."""

from .envy_cycle import EnvyCycle as EnvyCycle
from .laminar_maximin import LaminarMaximin as LaminarMaximin
from .maximin_allocation import MaximinAllocation as MaximinAllocation
from .maximin_allocation import MaximinDivision as MaximinDivision
from .maximin_allocation import maximin_allocation as maximin_allocation
from .one_takes_all import OneTakesAll as OneTakesAll
from .probabilistic_serial import ProbabilisticSerial as ProbabilisticSerial
from .random_priority import PriorityDraw as PriorityDraw
from .random_priority import RandomPriority as RandomPriority
from .round_robin import RoundRobin as RoundRobin
from .serial_dictatorship import SerialDictatorship as SerialDictatorship
from .three_agents import ThreeAgents as ThreeAgents
from .top_trading_cycles import TopTradingCycles as TopTradingCycles
