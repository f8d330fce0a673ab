"""Allocation: who gets which indivisible goods."""

from .envy_cycle import EnvyCycle as EnvyCycle
from .half_maximin import HalfMaximinShare as HalfMaximinShare
from .leximin import Leximin as Leximin
from .leximin import LeximinPlusPlus as LeximinPlusPlus
from .maximum_nash_welfare import MaximumNashWelfare as MaximumNashWelfare
from .one_takes_all import OneTakesAll as OneTakesAll
from .picking_sequence import PickingSequence as PickingSequence
from .picking_sequence import balanced_alternation as balanced_alternation
from .picking_sequence import taking_turns as taking_turns
from .round_robin import RoundRobin as RoundRobin
from .serial_dictatorship import SerialDictatorship as SerialDictatorship
from .three_quarters import ThreeQuartersMaximinShare as ThreeQuartersMaximinShare
from .weighted_picking import WeightedPicking as WeightedPicking
from .weighted_picking import weighted_turns as weighted_turns
