r"""Reading a rule's phantoms off its answers: a test of strategyproofness by a theorem.

If all agents report one of the two ends of the line, a rule that is strategyproof for single-peaked
preferences shows its parameters.  With :math:`k` agents at the high end and the others at the low
end an anonymous one builds at its phantom :math:`p_k`, and any one at :math:`a_S` if the agents of
:math:`S` are at the high end.  A rule is of the form of `PhantomMedian`, or of `GeneralizedMedian`,
exactly if it agrees everywhere with the one that has the recovered parameters.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from typing import Any

from .._numbers import Number, whole
from ..mechanism import Playable
from ..preferences.single_peaked import Line, Points
from .generalized_median import GeneralizedMedian
from .phantom_median import PhantomMedian

FEW = 15
"""Agents for whose sets a rule is asked: 2^15 questions."""


def recover_phantoms(rule: Playable, agents: int, setting: Line = Line(0, 1)) -> Points:
    """The phantoms :math:`p_0, ..., p_n` that ``rule`` has if it is an anonymous median with any.

    ``agents + 1`` questions.  It says nothing of a rule that is none.

    Examples
    --------
    >>> from mechsim.facility import Median
    >>> recover_phantoms(Median(), agents=3)
    (Fraction(0, 1), Fraction(0, 1), Fraction(1, 1), Fraction(1, 1))
    """
    setting.require_bounds("the recovery of phantoms")
    whole(agents, "agents", least=1)
    return tuple(_asked(rule, agents, setting, (1 << k) - 1) for k in range(agents + 1))


def recover_heights(rule: Playable, agents: int, setting: Line = Line(0, 1)) -> Points:
    """The outcomes :math:`a_S`, where agent i is in S if bit i of the index is set.

    ``2**agents`` questions, for at most `FEW` agents.

    Examples
    --------
    >>> from mechsim.facility import Dictatorship
    >>> recover_heights(Dictatorship(1), agents=2)
    (Fraction(0, 1), Fraction(0, 1), Fraction(1, 1), Fraction(1, 1))
    """
    setting.require_bounds("the recovery of heights")
    whole(agents, "agents", least=1)
    if agents > FEW:
        raise ValueError(f"agents is {agents}: a rule is asked for all sets of at most {FEW}")
    return tuple(_asked(rule, agents, setting, s) for s in range(1 << agents))


def as_phantom_median(rule: Playable, agents: int, setting: Line = Line(0, 1)) -> PhantomMedian:
    """The phantom median that agrees with ``rule`` where everybody reports an end."""
    phantoms = recover_phantoms(rule, agents, setting)
    return PhantomMedian(tuple(_share(place, setting) for place in phantoms), setting)


def as_generalized_median(
    rule: Playable, agents: int, setting: Line = Line(0, 1)
) -> GeneralizedMedian:
    """The generalized median that agrees with ``rule`` where everybody reports an end."""
    heights = recover_heights(rule, agents, setting)
    return GeneralizedMedian(tuple(_share(place, setting) for place in heights), setting)


def _asked(rule: Playable, agents: int, setting: Line, s: int) -> Any:
    ends = (setting.low, setting.high)
    return rule(tuple(ends[s >> agent & 1] for agent in range(agents)))


def _share(place: Number, setting: Line) -> Number:
    return (place - setting.low) / setting.length
