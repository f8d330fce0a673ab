"""Who the agents are and what they like: the settings that mechanisms and axioms work in."""

from .positions import Positions as Positions
from .single_peaked import Line as Line
from .surveys import anes96 as anes96
from .surveys import read_column as read_column
