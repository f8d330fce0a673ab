r"""Onto: every alternative is chosen at some profile.

.. math:: \forall a\ \exists \theta:\ f(\theta) = a.

A constant rule is not onto.  The axiom is weaker than unanimity, and together with
strategyproofness it implies it (Muller and Satterthwaite 1977).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._text import brief
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..setting import Domain, Instance, require
from ._base import Undecided
from ._chosen import Chosen, Literal, Words


@dataclass(frozen=True)
class Missing:
    """``alternative`` ought to be chosen somewhere; ``instance`` is one of the profiles."""

    instance: Instance
    alternative: Any


@dataclass(frozen=True)
class Onto:
    """Every alternative has a positive probability at some profile of a finite setting.

    The setting lists them, by ``alternatives(agents)``.  The violation is 1 if one never has.
    """

    def instances(self, setting: Any, agents: int, /) -> Iterator[Instance]:
        """One profile: the question is about all of them together."""
        yield next(iter(Domain(setting, agents)))

    def cases(self, instance: Instance, /) -> Iterator[Missing]:
        """Each alternative."""
        require(instance.setting, "alternatives")
        for alternative in instance.setting.alternatives(instance.agents):
            yield Missing(instance, alternative)

    def violation(self, mechanism: Playable, case: Missing, /) -> Any:
        """1 if the alternative is never drawn, 0 if it is."""
        setting, agents = case.instance.setting, case.instance.agents
        if not all(map(setting.types, range(agents))):
            raise Undecided("whether something is chosen nowhere is asked of finite settings only")
        for instance in Domain(setting, agents):
            lottery = play(mechanism, instance.reports)
            if not is_finite(lottery):
                raise Undecided("a lottery does not list what it may draw")
            if case.alternative in lottery.support:
                return Fraction(0)
        return Fraction(1)

    def clauses(self, chosen: Chosen, /) -> None:
        """One for each alternative: it is chosen at some profile.

        Raises
        ------
        ValueError
            If one of those that the setting lists may not be chosen: then no rule is onto.
        """
        setting, every = chosen.setting, chosen.everywhere()
        require(setting, "alternatives")
        if getattr(setting, "is_abstraction", False):
            raise Undecided(f"alternatives on {brief(setting)} are parts of others")
        number = {one: k for k, one in enumerate(chosen.alternatives)}
        for one in setting.alternatives(chosen.agents):
            if one not in number:
                told = Instance(setting, ()).tell(one)
                raise ValueError(
                    f"alternatives lacks {told}, which {brief(setting)} lists: no rule is onto"
                )
            chosen.somewhere(self, every, np.full(len(every), number[one]))

    def explain(self, mechanism: Playable, case: Missing, /) -> str:
        """What is chosen nowhere."""
        return f"{case.instance.tell(case.alternative)} is chosen at no profile"

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """That the alternative is chosen somewhere."""
        return f"{words.some(literals[0].members)} is chosen somewhere"
