"""Objectives: what is to be small or large, where it is best, and how far a mechanism is from it.

>>> from mechsim import Instance, Line
>>> from mechsim.facility import Mean
>>> line = Line(0, 1)
>>> here = Instance(line, line.read([0, 0, 1]))
>>> ratio(Mean(), TotalCost(), here)
Fraction(4, 3)
"""

from ._base import Convention as Convention
from ._base import Expected as Expected
from ._base import Objective as Objective
from ._base import OfExpectation as OfExpectation
from ._base import Optimum as Optimum
from ._base import evaluate as evaluate
from .approximates import Approximates as Approximates
from .approximates import Compared as Compared
from .costs import MaxCost as MaxCost
from .costs import SquaredCost as SquaredCost
from .costs import TotalCost as TotalCost
from .inequality import ComplementedGini as ComplementedGini
from .inequality import EnvyRatio as EnvyRatio
from .inequality import Gini as Gini
from .optimum import best_of as best_of
from .optimum import optimum as optimum
from .ratio import ratio as ratio
from .ratio import ratios as ratios
from .welfare import Egalitarian as Egalitarian
from .welfare import NashWelfare as NashWelfare
from .welfare import Utilitarian as Utilitarian
from .worst_case import WorstCase as WorstCase
from .worst_case import worst_case as worst_case
