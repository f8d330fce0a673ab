"""Which axioms of facility location do not follow from which: mechanisms that show it.

Each is written out, at one profile or at all profiles of a few points, so that it can be replayed.
Together with `mechsim.axioms.implications` they say of any two axioms of outcomes, ex post and in
expectation, whether one follows from the other.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
Aziz, Lam, Lee, Walsh. Random Rank: The One and Only Strategyproof and Proportionally Fair
Randomized Facility Location Mechanism. arXiv:2205.14798.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from .._numbers import show_all
from .._text import brief, many
from ..lottery import Finite, uniform
from ..mechanism import Draw, Playable, compound
from ..preferences.single_peaked import Line, Point, Points
from ..setting import Instance
from .combinators import ExAnte, ExPost, Universally
from .implications import (
    ALL_SP,
    ANON,
    CLAMP,
    GSP,
    IFS,
    MON,
    PF,
    PO,
    PROP,
    SMON,
    SP,
    SPF,
    SPROP,
    UFS,
    UNAN,
    Asked,
)


@dataclass(frozen=True)
class Written:
    """A mechanism that is written out: what it answers to each profile of a ``table``."""

    table: tuple[tuple[tuple[Any, ...], Any], ...]

    def __call__(self, reports: tuple[Any, ...], /) -> Any:
        """What the table says."""
        for profile, outcome in self.table:
            if profile == reports:
                return outcome
        raise ValueError(f"reports is {show_all(reports)}: the table has no such profile")

    def __str__(self) -> str:
        return f"Written({many(len(self.table), 'profile')})"


@dataclass(frozen=True)
class WrittenDraw:
    """A mechanism that draws one of its ``parts``, each a rule that is written out."""

    parts: tuple[tuple[Fraction, Written], ...]

    def rules(self, agents: int, /) -> Draw[Any, Any]:
        """The parts."""
        yield from self.parts

    def __call__(self, reports: Points, /) -> Finite[Any]:
        """The lottery."""
        return compound(self.parts, reports)

    def __str__(self) -> str:
        return f"WrittenDraw({len(self.parts)} rules)"


@dataclass(frozen=True)
class Separation:
    """At ``instances`` the ``mechanism`` satisfies all ``premises`` and not the ``conclusion``."""

    premises: tuple[Asked, ...]
    conclusion: Asked
    mechanism: Playable
    instances: tuple[Instance, ...]

    def __str__(self) -> str:
        premises = " and ".join(map(str, self.premises))
        return f"{premises} =/=> {self.conclusion}: {brief(self.mechanism)}"


def _outcome(
    premises: Iterable[Asked], conclusion: Asked, profile: str, outcome: Any
) -> Separation:
    """An outcome, or a lottery over outcomes, at one profile of the unit interval."""
    reports = tuple(map(Fraction, profile.split()))
    there = (Instance(Line(0, 1), reports),)
    return Separation(tuple(premises), conclusion, Written(((reports, outcome),)), there)


def _everywhere(
    premises: Iterable[Asked],
    conclusion: Asked,
    line: Line,
    agents: int,
    *rules: Callable[[Points], Any],
) -> Separation:
    """A mechanism at all profiles of some agents; of several rules each is equally likely."""
    profiles = tuple(product(line.points or (), repeat=agents))
    written = [Written(tuple((x, rule(x)) for x in profiles)) for rule in rules]
    share = Fraction(1, len(rules))
    lots = WrittenDraw(tuple((share, rule) for rule in written))
    instances = tuple(Instance(line, x) for x in profiles)
    mechanism = lots if len(rules) > 1 else written[0]
    return Separation(tuple(premises), conclusion, mechanism, instances)


def _post(*axioms: Any) -> list[Asked]:
    return [Asked(ExPost(axiom)) for axiom in axioms]


def _ante(axiom: Any) -> Asked:
    return Asked(ExAnte(axiom))


ZERO, QUARTER, HALF, ONE = (Fraction(k, 4) for k in (0, 1, 2, 4))
THIRD, TWO_THIRDS = Fraction(1, 3), Fraction(2, 3)
ENDS, HALVES, QUARTERS, THIRDS = (Line(0, 1).grid(steps) for steps in (1, 2, 4, 3))
INNER_THIRDS = Line(0, 1, (THIRD, TWO_THIRDS))


def _first(x: Points) -> Point:
    return x[0]


def _second(x: Points) -> Point:
    return x[1]


def _one_half(x: Points) -> Point:
    return HALF


def _midrange(x: Points) -> Point:
    return (min(x) + max(x)) / 2


def _nearer_end(x: Points) -> Point:
    """Where distance alone hurts, an agent has no better choice of the ends."""
    return ZERO if x[0] < HALF else ONE


def _rounded_uniform_phantom(x: Points) -> Point:
    """Two reports, rounded to halves, lower if tied; then the median with a phantom."""
    rounded = [ZERO if r <= QUARTER else HALF if r <= 3 * QUARTER else ONE for r in x]
    return sorted((*rounded, HALF))[1]


def _in_turns(x: Points) -> Finite[Point]:
    """Of two lotteries the one that is nearer in expectation; four peaks choose in turn."""
    lower, higher = [ZERO, TWO_THIRDS, TWO_THIRDS], [THIRD, THIRD, ONE]
    return uniform(lower if x[0] in (ZERO, TWO_THIRDS) else higher)


def _first_or_above(x: Points) -> Point:
    """With peak 2/3 the first agent is as far from 1 as from 1/3."""
    return THIRD if x[0] == THIRD else ONE


def _second_or_below(x: Points) -> Point:
    """With peak 1/3 the second agent is as far from 0 as from 2/3."""
    return ZERO if x[1] == THIRD else TWO_THIRDS


SEPARATIONS: tuple[Separation, ...] = (
    # outcomes at one profile
    _outcome(_post(PF, PO), _ante(SPROP), "0 0 1/6", Fraction(1, 6)),
    _outcome(_post(UFS), _ante(PO), "1/4 1/2", ZERO),
    _outcome(_post(UFS), _ante(PF), "0 1/4", HALF),
    _outcome(_post(UFS, PO), _ante(PF), "0 1/8 1", HALF),
    _outcome(_post(SPROP, PO), _ante(IFS), "0 1/4 1", ZERO),
    _outcome(_post(SPROP), _ante(PO), "1/4 1/2 3/4", ZERO),
    _outcome(_post(IFS, PO), _ante(PROP), "0 0 1", HALF),
    _outcome(_post(IFS, PROP), _ante(UNAN), "1/4 1/4", HALF),
    # lotteries at one profile
    _outcome([_ante(SPF)], Asked(ExPost(IFS)), "0 2/3", uniform([ZERO, TWO_THIRDS])),
    _outcome([_ante(SPF)], Asked(ExPost(PROP)), "0 1", uniform([ZERO, ONE])),
    _outcome([_ante(SPF)], _ante(PO), "1/4 1/2 3/4", uniform([ZERO, HALF, HALF, HALF, HALF, ONE])),
    _outcome([_ante(SPROP)], _ante(UNAN), "1/2 1/2", uniform([ZERO, ONE])),
    # mechanisms
    _everywhere([SP], ALL_SP, THIRDS, 1, _nearer_end),
    _everywhere([SP], CLAMP, THIRDS, 1, _nearer_end),
    _everywhere([SP, *_post(PROP)], _ante(UNAN), QUARTERS, 2, _rounded_uniform_phantom),
    _everywhere([SP], MON, THIRDS, 1, _in_turns),
    _everywhere([CLAMP, ANON], SMON, ENDS, 1, _one_half),
    _everywhere([CLAMP, ANON, *_post(IFS)], _ante(UNAN), ENDS, 2, _one_half),
    _everywhere([CLAMP, *_post(PO)], ANON, ENDS, 2, _first),
    _everywhere([SMON, ANON, *_post(PO, IFS)], SP, HALVES, 2, _midrange),
    # mechanisms that draw a rule
    _everywhere([ANON, ALL_SP], Asked(Universally(ANON.axiom)), ENDS, 2, _first, _second),
    _everywhere([SP], Asked(Universally(SP.axiom)), HALVES, 2, min, max, _midrange, _midrange),
    _everywhere(
        [Asked(Universally(SP.axiom)), Asked(Universally(GSP.axiom))],
        GSP,
        INNER_THIRDS,
        2,
        _first_or_above,
        _second_or_below,
    ),
)
