"""Optimal mechanisms: the best that satisfies axioms, computed exactly, or the proof of none.

>>> from mechsim import Line, Strategyproof
>>> from mechsim.objectives import MaxCost
>>> print(optimize(MaxCost(), [Strategyproof()], Line(0, 1).grid(4), agents=2).value)
3/2
"""

from .best_rule import BestRule as BestRule
from .best_rule import best_rule as best_rule
from .counting import count_rules as count_rules
from .counting import every_rule as every_rule
from .designed import Designed as Designed
from .designed import NoMechanism as NoMechanism
from .designed import NotBest as NotBest
from .designed import load as load
from .goals import Average as Average
from .goals import Goal as Goal
from .goals import Revenue as Revenue
from .goals import Welfare as Welfare
from .goals import WorstCaseRatio as WorstCaseRatio
from .goals import WorstCaseValue as WorstCaseValue
from .impossible import impossible as impossible
from .impossible import load_rule as load_rule
from .leximin import Leximin as Leximin
from .optimize import Question as Question
from .optimize import optimize as optimize
from .relaxed import Relaxed as Relaxed
from .relaxed import relax as relax
from .rules import NoRule as NoRule
from .rules import RuleQuestion as RuleQuestion
from .rules import SomeRule as SomeRule
from .rules import Undetermined as Undetermined
