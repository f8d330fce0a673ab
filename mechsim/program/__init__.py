"""Linear programs with named rows, answered with exact certificates.

>>> from fractions import Fraction
>>> from mechsim.program import Draft, Terms
>>> draft = Draft()
>>> x = draft.variables("x[{good}]", (["apples", "pears"],))
>>> draft.at_most("at most a third of a kilo", (), Fraction(1, 3), Terms(x))
>>> print(draft.maximize(Terms(x, [2, 3])).solve())
maximum 1, proved by 1 row
row                        multiplier
-------------------------  ----------
at most a third of a kilo           3
"""

from .certificates import Answer as Answer
from .certificates import Infeasible as Infeasible
from .certificates import Optimum as Optimum
from .certificates import Unbounded as Unbounded
from .core import irreducible as irreducible
from .draft import Draft as Draft
from .families import Exact as Exact
from .families import Family as Family
from .families import Terms as Terms
from .families import Variables as Variables
from .families import exact as exact
from .problem import Program as Program
from .problem import Row as Row
