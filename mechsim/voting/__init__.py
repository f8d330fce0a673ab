"""Voting: which candidate wins, by the voters' rankings."""

from .borda import Borda as Borda
from .dictatorship import Dictatorship as Dictatorship
from .random_dictatorship import RandomDictatorship as RandomDictatorship
