"""Engines that decide whether a mechanism satisfies an axiom, as far as that can be decided."""

from ..budget import Budget as Budget
from .judge import judge as judge
from .verify import verify as verify
