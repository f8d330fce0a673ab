"""For test suites of one's own: Hypothesis strategies for profiles, and axioms as assertions.

Needs hypothesis, which ``pip install mechsim[test]`` brings.
"""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from .axioms import Axiom, Misbehaved, OutcomeAxiom, Refuted, RefutedAt, Unknown, Verdict
from .mechanism import Playable
from .preferences.single_peaked import Line
from .proving import Budget, verify
from .sampler import Draw
from .setting import Setting


def reports(setting: Setting, agent: int = 0) -> st.SearchStrategy[Any]:
    """Types of ``agent``: any of the setting's, or exact points of a bounded line.

    On a line the denominators stay small, so that reports often coincide and shrink quickly.
    """
    types = setting.types(agent)
    if types is not None:
        return st.sampled_from(types)
    if isinstance(setting, Line) and setting.bounded:
        shares = st.fractions(min_value=0, max_value=1, max_denominator=8)
        return shares.map(setting.at)
    raise ValueError(f"setting is {setting}: it lists no types to draw from")


def profiles(
    setting: Setting, min_agents: int = 1, max_agents: int = 6
) -> st.SearchStrategy[tuple[Any, ...]]:
    """Profiles of ``min_agents`` to ``max_agents`` reports.

    Examples
    --------
    >>> from hypothesis import given
    >>> from mechsim import Line
    >>> from mechsim.facility import Median
    >>> @given(profiles(Line(0, 1)))
    ... def test_the_median_is_somebodys_peak(x):
    ...     assert Median()(x) in x
    >>> test_the_median_is_somebodys_peak()
    """

    def of(agents: int) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.tuples(*(reports(setting, agent) for agent in range(agents)))

    return st.integers(min_agents, max_agents).flatmap(of)


def assert_axiom(
    mechanism: Playable | Draw,
    axiom: Axiom | OutcomeAxiom,
    setting: Setting,
    *,
    agents: int,
    budget: Budget = Budget(),
) -> Verdict:
    """Fail the test, with the witness as its message, if ``verify`` refutes, also at a level.

    A verdict that is unknown or finds misbehaviour fails too.  The verdict is returned, so that
    a test can insist on a proof.

    Examples
    --------
    >>> from mechsim import Line, Strategyproof
    >>> from mechsim.facility import Mean, Median
    >>> assert_axiom(Median(), Strategyproof(), Line(0, 1).grid(4), agents=3).word
    'proved'
    >>> assert_axiom(Mean(), Strategyproof(), Line(0, 1), agents=2)
    Traceback (most recent call last):
        ...
    AssertionError: Mean fails Strategyproof on Line(0, 1): at (0, 1/2), agent 1 reports 1 \
instead of 1/2, which moves the outcome from 1/4 to 1/2 and gains it 1/4
    """
    verdict = verify(mechanism, axiom, setting, agents=agents, budget=budget)
    if isinstance(verdict, (Refuted, RefutedAt, Misbehaved, Unknown)):
        raise AssertionError(str(verdict))
    return verdict


def exact(number: Any) -> Fraction:
    """``number``, which must have stayed exact.

    Examples
    --------
    >>> exact(Fraction(1, 3))
    Fraction(1, 3)
    """
    if not isinstance(number, Fraction):
        raise AssertionError(f"{number!r} is a {type(number).__name__}: it must be a Fraction")
    return number
