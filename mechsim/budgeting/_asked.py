"""What is asked of the best lottery, read at the door; faults name the argument."""

from collections.abc import Iterable
from typing import Any, cast

from .._text import brief
from ..axioms import ExAnte, ExPost, GroupFairShare, OutcomeAxiom, require_axiom
from ..preferences.elections import Funded
from ..setting import Instance


def axioms_of(given: object) -> tuple[Any, ...]:
    """The axioms as a tuple.

    Raises
    ------
    ValueError
        If it is no list of axioms, but one of them, or has something else.
    """
    if not isinstance(given, Iterable) or isinstance(given, (str, bytes, type)):
        raise ValueError(f"axioms is {brief(given)}: it must be a list of axioms, even of one")
    axioms = tuple(cast("Iterable[Any]", given))
    for axiom in axioms:
        require_axiom(axiom, "axioms has")
    return axioms


def in_expectation(axiom: Any) -> bool:
    """Whether it says itself that it is a demand in expectation."""
    return isinstance(axiom, (ExAnte, GroupFairShare))


def of_outcomes(axiom: Any) -> Any:
    """An axiom that every outcome must satisfy."""
    asked = axiom.axiom if isinstance(axiom, ExPost) else axiom
    if not isinstance(asked, OutcomeAxiom):
        raise ValueError(
            f"axioms has {brief(axiom)}: it must be about outcomes, or in expectation about "
            "shares, by ExAnte or GroupFairShare"
        )
    return asked


def outcomes_of(given: object, setting: Any) -> tuple[Funded, ...]:
    """Outcomes, of projects by name or number, each once.

    Raises
    ------
    ValueError
        If it is no list of outcomes of this election, or is empty.
    """
    if not isinstance(given, Iterable) or isinstance(given, (str, bytes)):
        raise ValueError(f"outcomes is {brief(given)}: it must be a list of sets of projects")
    listed = enumerate(cast("Iterable[Any]", given))
    found = dict.fromkeys(setting.funded(chosen, f"outcomes[{k}]") for k, chosen in listed)
    if not found:
        raise ValueError("outcomes is empty: a lottery draws at least one outcome")
    return tuple(found)


def election_of(instance: object) -> Any:
    """The election whose ballots these are.

    Raises
    ------
    ValueError
        If they are none.
    """
    setting: Any = getattr(instance, "setting", None)
    if not isinstance(instance, Instance) or not hasattr(setting, "funded"):
        raise ValueError(
            f"instance is {brief(instance)}: it must be Instance(election, reports), of an "
            "Election or a ScoredElection"
        )
    return setting
