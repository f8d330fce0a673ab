"""An axiom says: in no case does the mechanism do wrong.  A witness is a case in which it does.

So an axiom is two functions, ``cases`` and ``violation``; trying, replaying and shrinking are
written once, in `mechsim.axioms.checking`, for all of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, cast, runtime_checkable

from .._text import brief
from ..mechanism import Playable
from ..setting import Domain, Instance
from ..setting import Undecided as Undecided

TOLERANCE = 1e-9
"""Float violations up to this, in units of the setting, are rounding; exact ones have none."""


class Case(Protocol):
    """One way in which a mechanism could do wrong, at an instance.

    A case that somebody wrote down may be no case at all; one that can tell has a method
    ``validate()`` that raises `ValueError`, and `confirm` asks it.
    """

    @property
    def instance(self) -> Instance: ...


class Axiom(Protocol):
    """``violation`` is positive exactly where ``case`` refutes the axiom, and says by how much.

    A violation is a fraction, a float, or a ball.  An axiom that is not about single profiles says
    where it is judged by a further method, ``instances(setting, agents)`` (see `places`).  One with
    very many cases may say which of them suffice at an instance, given what the mechanism does
    there, by ``binding(mechanism, instance)``: if none of these refutes, no case does.  What must
    be believed for that, ``granted(mechanism, instance)`` tells.  Where cases are departures of one
    agent, ``deviation(instance, agent, report)`` makes one.
    """

    def cases(self, instance: Any, /) -> Iterator[Any]:
        """Every way in which a mechanism could break the axiom at ``instance``."""
        ...

    def violation(self, mechanism: Playable, case: Any, /) -> Any:
        """By how much ``mechanism`` breaks the axiom in ``case``; not positive if it does not."""
        ...


@runtime_checkable
class OutcomeAxiom(Protocol):
    """An axiom of a single outcome; `ExPost` and `ExAnte` read it for mechanisms.

    Its ``binding(lottery, instance)``, if it has one, lists cases that suffice in expectation.
    ``explain_outcome(when, violation, case)`` puts a violation into words, and
    ``explain_drawn(outcome, when, violation, case)`` does where the words depend on the outcome.
    """

    def cases(self, instance: Any, /) -> Iterator[Any]:
        """Every way in which an outcome could break the axiom at ``instance``."""
        ...

    def outcome_violation(self, outcome: Any, case: Any, /) -> Any:
        """By how much ``outcome`` breaks the axiom in ``case``; not positive if it does not."""
        ...


@dataclass(frozen=True)
class Tally:
    """What was tried without finding a violation."""

    instances: int
    cases: int
    rounded: bool = False
    """Whether some violation was computed in floats, so that a small one may have been missed."""
    calls: int = 0
    """How often the mechanism was played."""
    complete: bool = True
    """Whether every case was tried; otherwise a limit ended it."""
    granted: tuple[str, ...] = ()
    """What must be believed besides, where an axiom says that its binding cases rest on it."""
    enclosed: bool = False
    """Whether some violation is irrational, and was enclosed in a ball."""

    def scope(self, where: str) -> str:
        """``where`` it was tried, and in which arithmetic, for a proof that nothing is wrong."""
        return f"{where}, in {'ball' if self.enclosed else 'exact'} arithmetic"


def require_axiom(axiom: object, what: str = "axiom is") -> None:
    """Raise `ValueError` unless this is an axiom, and one; its message begins with ``what``."""
    if isinstance(axiom, type):
        name = axiom.__name__
        raise ValueError(f"{what} {name}: it must be a value, not a class, as in {name}()")
    if isinstance(axiom, (list, tuple, set, frozenset)):
        named = ", ".join(map(brief, cast("Iterable[object]", axiom)))
        kind = type(cast("object", axiom)).__name__
        raise ValueError(f"{what} a {kind} of {named}: it must be one axiom")
    if not hasattr(axiom, "cases") or not (
        hasattr(axiom, "violation") or hasattr(axiom, "outcome_violation")
    ):
        raise ValueError(
            f"{what} {brief(axiom)}: it must be a value with cases and violation, "
            "as in Strategyproof()"
        )


def positive(violation: Any, scale: float = 1.0) -> bool:
    """Whether this is a violation: exactly above zero, all of a ball, a float beyond rounding.

    ``scale`` is how large the numbers are that a float was computed from.
    """
    return bool(violation > (TOLERANCE * scale if isinstance(violation, float) else 0))


def scale_of(setting: Any) -> float:
    """How large the numbers of a setting are, by its ``scale``; 1 if it does not say."""
    return float(getattr(setting, "scale", 1.0))


def scale_at(case: Case) -> float:
    """How large the numbers are that a violation in ``case`` is computed from.

    A setting in which agents choose the unit of their reports says so by ``scale_at(profile,
    agent)``, where ``agent`` is that of the case, or None; others by their ``scale``.
    """
    setting = case.instance.setting
    if not hasattr(setting, "scale_at"):
        return scale_of(setting)
    return float(setting.scale_at(case.instance.profile, getattr(case, "agent", None)))


def places(axiom: Axiom, domain: Domain) -> Iterable[Instance]:
    """Where ``axiom`` is judged: all instances of the domain, or those it asks for itself.

    Axioms about a prior, as Bayesian incentive compatibility, integrate over the reports of
    others; they have a method ``instances(setting, agents)`` that lists what is left.
    """
    own = getattr(axiom, "instances", None)
    return domain if own is None else _own_places(own, domain)


def _own_places(
    own: Callable[[Any, int], Iterable[Instance]], domain: Domain
) -> Iterator[Instance]:
    """Those that an axiom asks for; what it finds missing is raised when they are asked for."""
    yield from own(domain.setting, domain.agents)
