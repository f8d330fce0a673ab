"""Votes, by rankings, that somebody can improve by a lie or that depend on who votes first."""

from collections import Counter
from typing import Any

from mechsim.axioms import Anonymous, SDStrategyproof, Strategyproof
from mechsim.lottery import Finite, uniform
from mechsim.preferences.rankings import Rankings

from .planted import Planted

Ballots = tuple[tuple[int, ...], ...]

TWO = Rankings(("ann", "bob"))
THREE = Rankings(("ann", "bob", "cat"))
FOUR = Rankings(("ann", "bob", "cat", "dan"))
FIVE = Rankings(("ann", "bob", "cat", "dan", "eve"))
SIX = Rankings(("ann", "bob", "cat", "dan", "eve", "fay"))


def yields_to_consensus(ballots: Ballots) -> int:
    """The chair decides, unless all others agree."""
    chair, *others = [ballot[0] for ballot in ballots]
    if len(set(others)) == 1:
        return others[0]
    return chair


def chair_decides(ballots: Ballots) -> int:
    """The chair decides."""
    chair, *_ = [ballot[0] for ballot in ballots]
    return chair


def random_candidate(ballots: Ballots) -> Finite[int]:
    """One of the candidates whom somebody ranks first."""
    named = {ballot[0] for ballot in ballots}
    return uniform(sorted(named))


def random_voter(ballots: Ballots) -> Finite[int]:
    """The first choice of a random voter."""
    named = [ballot[0] for ballot in ballots]
    return uniform(sorted(named))


def first_seen(ballots: Ballots) -> int:
    """Plurality; of tied candidates the one that the counter has met first."""
    votes = Counter(ballot[0] for ballot in ballots)
    return votes.most_common(1)[0][0]


def first_listed(ballots: Ballots) -> int:
    """Plurality; of tied candidates the one that is listed first."""
    votes = Counter(ballot[0] for ballot in sorted(ballots))
    return votes.most_common(1)[0][0]


def cancels_opposites(ballots: Ballots) -> Finite[int]:
    """A random voter, after ballots that are exactly opposite have been struck out."""
    left = list(ballots)
    for ballot in ballots:
        opposite = ballot[::-1]
        if ballot in left and opposite in left:
            left.remove(ballot)
            left.remove(opposite)
    return uniform(ballot[0] for ballot in left or ballots)


def cancels_nothing(ballots: Ballots) -> Finite[int]:
    """A random voter."""
    left = list(ballots)
    return uniform(ballot[0] for ballot in left or ballots)


def quorum_of_one_side(ballots: Ballots) -> int:
    """The majority, unless fewer than two turn up on the other side."""
    ann = sum(1 for ballot in ballots if ballot[0] == 0)
    bob = len(ballots) - ann
    if ann > bob:
        return 0 if bob >= 2 else 1
    return 1


def majority(ballots: Ballots) -> int:
    """The majority."""
    ann = sum(1 for ballot in ballots if ballot[0] == 0)
    bob = len(ballots) - ann
    if ann > bob:
        return 0
    return 1


def two_thirds_win(ballots: Ballots) -> Finite[int]:
    """A random voter, but whoever is first on two thirds of the ballots wins for certain."""
    votes = Counter(ballot[0] for ballot in ballots)
    for candidate, count in votes.items():
        if 3 * count >= 2 * len(ballots):
            return uniform([candidate])
    return uniform(votes.elements())


def two_thirds_draw(ballots: Ballots) -> Finite[int]:
    """A random voter."""
    votes = Counter(ballot[0] for ballot in ballots)
    return uniform(votes.elements())


def veto(ballots: Ballots) -> Any:
    """The chair's first choice, or its second if all others rank the first one last."""
    chair, *others = ballots
    if all(ballot[-1] == chair[0] for ballot in others):
        return chair[1]
    return chair[0]


def no_veto(ballots: Ballots) -> Any:
    """The chair's first choice."""
    chair, *_ = ballots
    return chair[0]


VOTING = (
    Planted(
        "consensus",
        "voting",
        yields_to_consensus,
        chair_decides,
        Strategyproof(),
        FOUR,
        4,
        "Needs all but one of the others to agree against the chair. The twin is a dictatorship.",
    ),
    Planted(
        "candidates, not voters",
        "voting",
        random_candidate,
        random_voter,
        SDStrategyproof(),
        FOUR,
        4,
        "A voter whose first choice is named anyway names its second. The twin is a random "
        "dictatorship.",
    ),
    Planted(
        "first seen",
        "voting",
        first_seen,
        first_listed,
        Anonymous(),
        THREE,
        6,
        "Needs a tie. The twin counts ballots in sorted order.",
    ),
    Planted(
        "opposites cancel",
        "voting",
        cancels_opposites,
        cancels_nothing,
        SDStrategyproof(),
        FIVE,
        3,
        "Needs two of three ballots to be opposite, of 120. The twin is a random dictatorship.",
    ),
    Planted(
        "quorum",
        "voting",
        quorum_of_one_side,
        majority,
        Strategyproof(),
        TWO,
        7,
        "Five against two win and six against one lose, so a sixth stays away. The twin is the "
        "majority of an odd number.",
    ),
    Planted(
        "two thirds",
        "voting",
        two_thirds_win,
        two_thirds_draw,
        SDStrategyproof(),
        FOUR,
        9,
        "Needs five of nine to agree, and a sixth who likes their candidate second. The twin is a "
        "random dictatorship.",
    ),
    Planted(
        "veto",
        "voting",
        veto,
        no_veto,
        Strategyproof(),
        SIX,
        4,
        "Needs two others who rank the chair's favourite last, and a third who comes to like the "
        "chair's second better. The twin is a dictatorship.",
    ),
)
