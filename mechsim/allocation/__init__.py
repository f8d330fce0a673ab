"""Allocation: who gets which indivisible goods."""

from ..algorithms.partition import Effort as Effort
from .allocate import Allocated as Allocated
from .allocate import allocate as allocate
from .envy_cycle import EnvyCycle as EnvyCycle
from .laminar_maximin import LaminarMaximin as LaminarMaximin
from .maximin_allocation import MaximinAllocation as MaximinAllocation
from .maximin_allocation import MaximinDivision as MaximinDivision
from .maximin_allocation import maximin_allocation as maximin_allocation
from .maximin_shares import MaximinShares as MaximinShares
from .maximin_shares import maximin_shares as maximin_shares
from .one_takes_all import OneTakesAll as OneTakesAll
from .round_robin import RoundRobin as RoundRobin
from .three_agents import ThreeAgents as ThreeAgents
