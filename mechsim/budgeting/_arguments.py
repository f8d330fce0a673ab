"""What rules ask of their arguments; faults name the argument."""

from .._text import brief
from ..preferences.elections import Election
from ..preferences.scored import ScoredElection

BALLOTS = {
    Election: "an Election, with ballots that approve of projects",
    ScoredElection: "a ScoredElection, with points for projects",
}
"""The worlds in which projects are funded, in words."""


def require_setting(setting: object, *kinds: type) -> None:
    """Raise `ValueError` unless this is an election of one of these kinds."""
    if not isinstance(setting, kinds):
        wanted = ", or ".join(BALLOTS[kind] for kind in kinds)
        raise ValueError(f"setting is {brief(setting)}: it must be {wanted}")


def require_ties(ties: object) -> None:
    """Raise `ValueError` unless this is a policy that resolves ties."""
    if isinstance(ties, type) or not hasattr(ties, "resolve"):
        raise ValueError(
            f"ties is {brief(ties)}: it must be a policy, as Lexicographic() is: the first comes "
            "first"
        )


def require_weights(weights: object) -> None:
    """Raise `ValueError` unless this says what further members are worth."""
    if isinstance(weights, type) or not hasattr(weights, "weight"):
        raise ValueError(f"weights is {brief(weights)}: it must have weight, as Harmonic() has")
