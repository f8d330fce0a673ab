"""The menu of a designed mechanism: what a type gets, and what it pays for it."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .._numbers import show
from ..design import Designed
from ..setting import Instance
from ._designs import (
    Others,
    Profile,
    blank_figure,
    chances_at,
    insert,
    look_of,
    numbers_of,
    read_others,
    require_agent,
    require_design,
    tell_others,
    ticks_of,
    title_of,
)
from ._reading import name_of

Steps: TypeAlias = list[tuple[str, list[Fraction]]]
"""Curves: what they are called, and a number at each type."""

Likely: TypeAlias = list[tuple[Fraction, Profile]]
"""Profiles, and how likely each is."""


@dataclass(frozen=True)
class Offer:
    """What a type gets and pays in expectation."""

    chances: dict[Any, Fraction]
    payment: Fraction


def menu(designed: Designed, agent: int = 0, *, others: Others | None = None) -> Figure:
    """What one agent gets and pays, as step functions of its type.

    Each level of the steps is an entry of a menu from which a type that tells the truth picks its
    best.  What is got is the expected number of units that the type is multiplied by, where values
    are linear in it; otherwise it is the probability of each alternative.

    Parameters
    ----------
    designed : Designed
        With payments; the types of the agent are numbers.
    agent : int
        Whose menu it is, counted from 0.
    others : iterable of profiles, optional
        What the others report, a curve each; by default the average over their types, as likely as
        the setting says by ``beliefs`` or ``chance``, else all alike.

    Returns
    -------
    Figure
        It belongs to no window.

    Raises
    ------
    ValueError
        If nobody pays, there is no such agent, types are no numbers, or a report is no type.
    """
    require_design(designed)
    if not designed.question.payments:
        raise ValueError(f"designed is {name_of(designed)}: a menu needs payments")
    agent = require_agent(designed, agent)
    types = numbers_of(designed, agent)
    units = _units(designed, agent, types)
    got: Steps = []
    paid: Steps = []
    for words, rows in _circumstances(designed, agent, types, others, several=units is not None):
        offers = [_offer(designed, agent, row) for row in rows]
        paid.append((words, [offer.payment for offer in offers]))
        if units is None:
            got += _by_alternative(designed, offers)
        else:
            got.append((words, [_weighed(offer.chances, units) for offer in offers]))
    return _draw(designed, agent, types, got, paid, units is not None)


def _circumstances(
    designed: Designed, agent: int, types: Profile, others: Others | None, *, several: bool
) -> list[tuple[str, list[Likely]]]:
    """What the others do, in words, and the profiles that are possible for each type."""
    if others is None:
        rows = [_around(designed, agent, type_) for type_ in types]
        return [("averaged over the others", rows)]
    profiles = read_others(designed, agent, others)
    if len(profiles) > 1 and not several:
        raise ValueError(
            f"others has {len(profiles)} profiles: where values are not linear in the type, the "
            "menu shows every alternative, for one profile"
        )
    return [
        (
            tell_others(designed, agent, fixed),
            [[(Fraction(1), insert(fixed, agent, type_))] for type_ in types],
        )
        for fixed in profiles
    ]


def _around(designed: Designed, agent: int, type_: Any) -> Likely:
    """The profiles with this type of the agent, and how likely each is given the type."""
    setting = designed.setting
    if hasattr(setting, "beliefs"):
        return list(setting.beliefs(agent, type_, designed.agents))
    rest = [listed for i, listed in enumerate(designed.sought.types) if i != agent]
    profiles = [insert(drawn, agent, type_) for drawn in product(*rest)]
    chance = getattr(setting, "chance", None)
    weights = [Fraction(1) if chance is None else Fraction(chance(one)) for one in profiles]
    total = sum(weights, Fraction(0))
    if not total:
        raise ValueError(
            f"designed has the type {show(type_)} of agent {agent}: its chance is 0, so that "
            "nothing can be averaged there"
        )
    return [(weight / total, one) for weight, one in zip(weights, profiles, strict=True)]


def _offer(designed: Designed, agent: int, possible: Likely) -> Offer:
    chances: dict[Any, Fraction] = {}
    payment = Fraction(0)
    for weight, profile in possible:
        for alternative, p in chances_at(designed, profile).items():
            chances[alternative] = chances.get(alternative, Fraction(0)) + weight * p
        payment += weight * designed(profile).expect(lambda outcome: outcome.payments[agent])
    return Offer(chances, payment)


def _units(designed: Designed, agent: int, types: Profile) -> dict[Any, Fraction] | None:
    """How much each alternative gains a unit of the type, or None where that is not constant."""
    if len(types) == 1:
        return None
    numerator, denominator = designed.sought.values(agent)
    order = [designed.sought.numbers[agent][type_] for type_ in types]
    units: dict[Any, Fraction] = {}
    for k, alternative in enumerate(designed.question.alternatives):
        values = [Fraction(int(numerator[row, k]), denominator) for row in order]
        slope = (values[-1] - values[0]) / (Fraction(types[-1]) - Fraction(types[0]))
        for type_, value in zip(types, values, strict=True):
            if value - values[0] != slope * (Fraction(type_) - Fraction(types[0])):
                return None
        units[alternative] = slope
    return units


def _weighed(chances: dict[Any, Fraction], units: dict[Any, Fraction]) -> Fraction:
    return sum((p * units[one] for one, p in chances.items()), Fraction(0))


def _by_alternative(designed: Designed, offers: Sequence[Offer]) -> Steps:
    """The probability of each alternative that some type gets."""
    here = Instance(designed.setting, ())
    return [
        (here.tell(one), [offer.chances.get(one, Fraction(0)) for offer in offers])
        for one in designed.question.alternatives
        if any(one in offer.chances for offer in offers)
    ]


def _draw(
    designed: Designed, agent: int, types: Profile, got: Steps, paid: Steps, linear: bool
) -> Figure:
    figure = blank_figure(6.4, 4.8)
    upper, lower = figure.subplots(2, 1, sharex=True)
    handles = _steps(upper, types, got)
    _steps(lower, types, paid)
    upper.set_ylabel("expected units" if linear else "probability")
    lower.set_ylabel("expected payment")
    lower.set_xticks(*ticks_of(types))
    lower.set_xlabel(f"type of {Instance(designed.setting, ()).name(agent)}")
    figure.suptitle(title_of(designed, 70), fontsize="medium")
    figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=min(len(handles), 3),
        fontsize="small",
        frameon=False,
    )
    return figure


def _steps(axes: Axes, types: Profile, steps: Steps) -> list[Line2D]:
    """A step function with a mark at each type, for each of the curves."""
    axes.spines[["top", "right"]].set_visible(False)
    x = [float(type_) for type_ in types]
    for k, (words, heights) in enumerate(steps):
        axes.plot(
            x, [float(height) for height in heights],
            drawstyle="steps-post", label=words, clip_on=False, **look_of(k, len(steps)),
        )  # fmt: skip
    axes.margins(y=0.12)
    return list(axes.lines)
