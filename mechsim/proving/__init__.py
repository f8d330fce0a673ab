"""Engines that decide whether a mechanism satisfies an axiom, as far as that can be decided."""

from ..budget import Budget as Budget
from .certificates import certificate as certificate
from .certificates import save as save
from .certificates import tabulate as tabulate
from .judge import judge as judge
from .verify import verify as verify
