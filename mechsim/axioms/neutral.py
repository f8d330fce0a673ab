r"""Neutrality: the outcome does not depend on what alternatives are called.

.. math:: f(\sigma(\theta_1), \dots, \sigma(\theta_n)) = \sigma(f(\theta))
          \qquad \forall \theta,\ \sigma,

for every renaming :math:`\sigma` that the setting allows: of candidates in voting, the reflection
of an interval in facility location.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar, Protocol, cast

import numpy as np

from .._numbers import Number, show
from .._text import brief
from ..lottery import Finite, is_finite, mix, sure
from ..mechanism import Playable, play
from ..setting import Instance, Priced, require
from ._base import Undecided
from ._sought import Numbers, Sought, Symmetries
from .anonymous import total_variation


class Renaming(Protocol):
    """What a renaming does to types and to alternatives."""

    def type_(self, type_: Any, /) -> Any:
        """The type that likes the renamed alternatives as ``type_`` likes the old ones."""
        ...

    def alternative(self, alternative: Any, /) -> Any:
        """What ``alternative`` is called now."""
        ...


class Renames(Protocol):
    """A setting that says which renamings there are, without the one that changes nothing."""

    def renamings(self) -> Iterator[Renaming]:
        """Each renaming once."""
        ...


@dataclass(frozen=True)
class Renamed:
    """Everything at ``instance`` is renamed by ``renaming``."""

    instance: Instance
    renaming: Any

    @property
    def reports(self) -> tuple[Any, ...]:
        """What is reported under the new names."""
        rename: Callable[[Any], Any] = self.renaming.type_
        return tuple(map(rename, self.instance.profile))


@dataclass(frozen=True)
class Neutral:
    """Renaming before or after makes no difference.  The violation is the total variation.

    The setting says which renamings there are, by ``renamings()``.
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def cases(self, instance: Instance, /) -> Iterator[Renamed]:
        """Each renaming."""
        require(instance.setting, "renamings")
        for renaming in cast(Renames, instance.setting).renamings():
            yield Renamed(instance, renaming)

    def violation(self, mechanism: Playable, case: Renamed, /) -> Number:
        """The total variation distance between what is renamed before and after."""
        after = self._renamed(play(mechanism, case.instance.reports), case)
        before = play(mechanism, case.reports)
        if not is_finite(before):
            raise Undecided("neutrality compares lotteries, and one does not list its outcomes")
        return total_variation(after, before)

    def symmetries(self, sought: Sought, /) -> Symmetries:
        """Types and alternatives may be renamed.

        Raises
        ------
        ValueError
            If after a renaming something is no type, or may not be chosen; or if one renaming after
            another is none of those that the setting lists.
        """
        require(sought.setting, "renamings")
        if any(listed != sought.types[0] for listed in sought.types):
            raise ValueError("agents have different types: renaming them is not known")
        found: list[tuple[Numbers, Numbers]] = []
        for new in cast(Renames, sought.setting).renamings():
            types = _renumbered(sought.types[0], new.type_, "types", new)
            found.append(
                (types, _renumbered(sought.alternatives, new.alternative, "alternatives", new))
            )
        _require_all(found, sought.setting)
        return Symmetries(renamings=tuple(found))

    def explain(self, mechanism: Playable, case: Renamed, /) -> str:
        """The renaming, and by how much the lotteries differ."""
        new = Instance(case.instance.setting, case.reports)
        return (
            f"at {case.instance.tell_reports()}, renamed to {new.tell_reports()}, the outcome is "
            f"not renamed likewise: total variation {show(self.violation(mechanism, case))}"
        )

    def _renamed(self, lottery: Any, case: Renamed) -> Finite[Any]:
        if not is_finite(lottery):
            raise Undecided("neutrality compares lotteries, and one does not list its outcomes")
        drawn = lottery.probability.items()
        return mix((p, sure(_new_name(outcome, case.renaming))) for outcome, p in drawn)


def _renumbered(
    listed: tuple[Any, ...], rename: Callable[[Any], Any], name: str, renaming: Renaming
) -> Numbers:
    """The number of what each of these is called after a renaming."""
    number = {one: k for k, one in enumerate(listed)}
    new = [rename(one) for one in listed]
    for old, one in zip(listed, new, strict=True):
        if one not in number:
            raise ValueError(
                f"{name} lacks {one!r}, which {old!r} is called after {brief(renaming)}"
            )
    return np.array([number[one] for one in new])


def _require_all(found: list[tuple[Numbers, Numbers]], setting: Any) -> None:
    """Raise `ValueError` unless one renaming after another is a renaming, or changes nothing."""
    if not found:
        return
    same = tuple(np.arange(len(part)) for part in found[0])
    known = {_key(*one) for one in (same, *found)}
    for (types, some), (then_types, then_some) in product(found, repeat=2):
        if _key(then_types[types], then_some[some]) not in known:
            raise ValueError(
                f"setting is {brief(setting)}: its renamings must be all of them, and one after "
                "another is none of those that it lists"
            )


def _key(types: Numbers, alternatives: Numbers) -> bytes:
    return types.tobytes() + alternatives.tobytes()


def _new_name(outcome: Any, renaming: Renaming) -> Any:
    """What the outcome is called now; what is paid is not renamed."""
    if isinstance(outcome, Priced):
        return Priced(renaming.alternative(outcome.alternative), outcome.payments)
    return renaming.alternative(outcome)
