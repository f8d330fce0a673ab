"""Engines that decide whether a mechanism satisfies an axiom, as far as that can be decided."""

from .verify import Budget as Budget
from .verify import verify as verify
