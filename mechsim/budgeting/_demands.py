"""What fairness in expectation asks of the parts of projects, as rows of a linear program."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from .._text import brief
from ..axioms import ExAnte, GroupFairShare
from ..population import tally
from ..preferences.elections import Ballot, Election
from ..setting import Instance

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Demands:
    """Voters of a class get at least ``least[row]``, by the sum of their ``worth`` of projects.

    Parameters
    ----------
    told : sequence of str
        Each demand in words.
    classes : (rows,) int64
        The class of voters that makes it.
    least : list of Fraction
    """

    told: Sequence[str]
    classes: Numbers
    least: list[Fraction]


@dataclass(frozen=True, eq=False)
class Voters:
    """The classes of voters of an instance, and what projects are worth to them, sparse.

    ``classes[j]`` and ``projects[j]`` belong to ``worths[j]``.
    """

    instance: Instance
    types: tuple[Any, ...]
    sizes: tuple[int, ...]
    classes: Numbers
    projects: Numbers
    worths: list[Fraction]

    @property
    def setting(self) -> Any:
        """The election."""
        return self.instance.setting

    def tell(self, k: int) -> str:
        """A class, in words."""
        return f"voters for {self.instance.tell_type(self.types[k])}"


def voters_of(instance: Instance) -> Voters:
    """The classes of voters, with what each project is worth to them."""
    setting: Any = instance.setting
    listed = tally(instance.reports)
    entries = [
        (k, c, worth)
        for k, (type_, _) in enumerate(listed)
        for c, worth in worths_of(setting, type_)
    ]
    return Voters(
        instance,
        tuple(type_ for type_, _ in listed),
        tuple(size for _, size in listed),
        np.array([k for k, _, _ in entries], np.int64),
        np.array([c for _, c, _ in entries], np.int64),
        [worth for _, _, worth in entries],
    )


def worths_of(setting: Any, type_: Any) -> Iterator[tuple[int, Fraction]]:
    """The projects that are worth something to a voter, and how much."""
    if isinstance(setting, Election):
        yield from ((c, Fraction(1)) for c in sorted(cast(Ballot, type_)))
        return
    for c in range(len(setting.costs)):
        worth = Fraction(setting.value(0, type_, frozenset({c})))
        if worth:
            yield c, worth


def demands_of(axiom: Any, voters: Voters) -> Demands | None:
    """What an axiom of expectations asks for each class; None of group fair share.

    Raises
    ------
    ValueError
        If it asks for something else.
    """
    if isinstance(axiom, GroupFairShare):
        return None
    asked: Any = axiom.axiom if isinstance(axiom, ExAnte) else axiom
    place = {type_: k for k, type_ in enumerate(voters.types)}
    nothing = frozenset[int]()
    classes: list[int] = []
    least: list[Fraction] = []
    for case in asked.cases(voters.instance):
        if not hasattr(case, "type_"):
            raise ValueError(
                f"axioms has {brief(axiom)}: it is no demand of voters of one mind, as "
                "UnanimousFairShare is"
            )
        classes.append(place[case.type_])
        least.append(Fraction(asked.outcome_violation(nothing, case)))
    told = [f"{brief(asked)} of {voters.tell(k)}" for k in classes]
    return Demands(told, np.array(classes, np.int64), least)
