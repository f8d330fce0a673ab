"""Allocation: who gets which indivisible goods."""

from .envy_cycle import EnvyCycle as EnvyCycle
from .one_takes_all import OneTakesAll as OneTakesAll
from .round_robin import RoundRobin as RoundRobin
