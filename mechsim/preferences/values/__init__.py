r"""What a click may be worth, as a law: distribution, quantiles, virtual values and their ironing.

For the distribution function :math:`F` with density :math:`f`,

.. math:: \varphi(v) = v - \frac{1 - F(v)}{f(v)}

is what a sale at :math:`v` adds to revenue once all that higher types pay less is taken off.  Where
it falls no monotone rule can follow it: *ironing* takes the slopes of the upper concave hull of the
revenue curve :math:`q \mapsto q\,F^{-1}(1-q)` instead.  An optimal auction asks for :math:`\bar
\varphi`, and for the least value that reaches a level of it, which is what a winner pays.

A law of this file knows both for numbers of any kind; exact ones stay exact where the formula is
one.  Outside of the support the formula of its nearer end goes on, so that any bid has a virtual
value and it never falls.

References
----------
Myerson. Optimal Auction Design. Mathematics of Operations Research 6, 1981.
Bulow, Roberts. The Simple Economics of Optimal Auctions. Journal of Political Economy 97, 1989.
"""

from .finite import Discrete as Discrete
from .finite import Empirical as Empirical
from .finite import on_grid as on_grid
from .law import Law as Law
from .smooth import Exponential as Exponential
from .smooth import Lognormal as Lognormal
from .smooth import Uniform as Uniform
