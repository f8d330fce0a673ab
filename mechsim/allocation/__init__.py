"""Allocation: who gets which indivisible goods."""

from ..algorithms.partition import Effort as Effort
from .envy_cycle import EnvyCycle as EnvyCycle
from .maximin_shares import MaximinShares as MaximinShares
from .maximin_shares import maximin_shares as maximin_shares
from .one_takes_all import OneTakesAll as OneTakesAll
from .round_robin import RoundRobin as RoundRobin
