"""Elections for, and from, two other packages: pabutools and abcvoting.

Neither is needed for anything else; each is imported when one of its functions is called.  Numbers
stay exact: pabutools keeps them as fractions of gmpy2, unless it is told to keep floats.

References
----------
Rey, Janeczko, Lehtonen. pabutools: a Python library for participatory budgeting.
Lackner, Regner, Krenn. abcvoting: A Python package for approval-based multi-winner voting rules.
Journal of Open Source Software 8, 2023.
"""

from fractions import Fraction
from importlib import import_module
from typing import Any

from .._numbers import whole
from ..population import Population
from .elections import Ballot, Election


def to_pabutools(election: Election, ballots: Population) -> tuple[Any, Any]:
    """The election as an ``Instance`` and an ``ApprovalMultiProfile`` of pabutools.

    Projects keep their names.  The order of the projects, and their titles, are kept in
    ``instance.project_meta``, as an ``Instance`` is a set.

    Raises
    ------
    ImportError
        If pabutools is not installed.
    """
    package = _package("pabutools.election", "pabutools")
    frac = _package("pabutools.fractions", "pabutools").frac
    projects = [
        package.Project(name, _whole_or(frac, Fraction(cost)))
        for name, cost in zip(election.projects, election.costs, strict=True)
    ]
    titles = election.titles or election.projects
    instance = package.Instance(
        projects,
        budget_limit=_whole_or(frac, Fraction(election.budget)),
        project_meta={
            project: {"project_id": project.name, "name": title}
            for project, title in zip(projects, titles, strict=True)
        },
    )
    profile = package.ApprovalMultiProfile(instance=instance)
    for ballot, voters in ballots.classes():
        profile[package.FrozenApprovalBallot([projects[c] for c in sorted(ballot)])] += voters
    return instance, profile


def from_pabutools(instance: Any, profile: Any) -> tuple[Election, Population]:
    """The election of an ``Instance`` and an approval profile of pabutools.

    Projects come in the order of ``instance.project_meta``, as in the file that it was read from;
    those that are not in it come last, by name.

    Parameters
    ----------
    instance : pabutools.election.Instance
    profile : pabutools.election.ApprovalProfile or ApprovalMultiProfile

    Raises
    ------
    ValueError
        If ballots are of another kind, there are none, or one has a project that is not in the
        instance.
    ImportError
        If pabutools is not installed.
    """
    package = _package("pabutools.election", "pabutools")
    if not isinstance(profile, (package.ApprovalProfile, package.ApprovalMultiProfile)):
        raise ValueError(
            f"profile is a {type(profile).__name__}: it must be an ApprovalProfile or an "
            "ApprovalMultiProfile"
        )
    place = {project: k for k, project in enumerate(instance.project_meta)}
    last = len(place)
    projects = sorted(instance, key=lambda p: (place.get(p, last), str(p.name)))
    told = [instance.project_meta.get(p, {}).get("name") or str(p.name) for p in projects]
    names = tuple(str(project.name) for project in projects)
    election = Election(
        names,
        tuple(Fraction(project.cost) for project in projects),
        Fraction(instance.budget_limit),
        tuple(told) if tuple(told) != names else (),
    )
    number = {name: c for c, name in enumerate(names)}
    counts: dict[Ballot, int] = {}
    for given in profile:
        for project in given:
            if str(project) not in number:
                raise ValueError(f"profile has {str(project)!r}, which is no project of instance")
        ballot = frozenset(number[str(project)] for project in given)
        counts[ballot] = counts.get(ballot, 0) + int(profile.multiplicity(given))
    return election, _counted(counts)


def to_abcvoting(election: Election, ballots: Population) -> tuple[Any, int]:
    """The election of a committee as a ``Profile`` of abcvoting, and the size of the committee.

    Voters with the same ballot are one voter with a weight.

    Raises
    ------
    ValueError
        If projects differ in cost, or the budget pays for none.
    ImportError
        If abcvoting is not installed.
    """
    cost = election.costs[0]
    for project, other in zip(election.projects, election.costs, strict=True):
        if other != cost:
            raise ValueError(
                f"election has projects that differ in cost, {election.projects[0]!r} ({cost}) and "
                f"{project!r} ({other}): the members of a committee cost the same"
            )
    size = min(len(election.costs), int(election.budget // cost))
    if size == 0:
        raise ValueError(f"election has the budget {election.budget}: a project costs {cost}")
    package = _package("abcvoting.preferences", "abcvoting")
    profile = package.Profile(len(election.projects), cand_names=list(election.projects))
    for ballot, voters in ballots.classes():
        profile.add_voter(package.Voter(sorted(ballot), weight=voters))
    return profile, size


def from_abcvoting(profile: Any, committeesize: int) -> tuple[Election, Population]:
    """The election of a committee from a ``Profile`` of abcvoting: all candidates cost 1.

    Parameters
    ----------
    profile : abcvoting.preferences.Profile
        Weights of voters must be whole numbers.
    committeesize : int
        The budget.

    Raises
    ------
    ValueError
        If a weight is no whole number, or there are no voters.
    ImportError
        If abcvoting is not installed.
    """
    package = _package("abcvoting.preferences", "abcvoting")
    if not isinstance(profile, package.Profile):
        raise ValueError(f"profile is a {type(profile).__name__}: it must be a Profile")
    size = whole(committeesize, "committeesize", least=1)
    counts: dict[Ballot, int] = {}
    for k, voter in enumerate(profile):
        weight = Fraction(voter.weight)
        if weight.denominator != 1:
            raise ValueError(f"profile[{k}] has the weight {weight}: it must be a whole number")
        ballot = frozenset(int(c) for c in voter.approved)
        counts[ballot] = counts.get(ballot, 0) + int(weight)
    names = tuple(map(str, profile.cand_names))
    return Election(names, (1,) * len(names), size), _counted(counts)


def _package(module: str, package: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise ImportError(
            f"{package} is not installed, which elections are exchanged with here: "
            f"pip install {package}"
        ) from error


def _whole_or(frac: Any, amount: Fraction) -> Any:
    """A whole number as it is, others as a fraction of pabutools."""
    if amount.denominator == 1:
        return amount.numerator
    return frac(amount.numerator, amount.denominator)


def _counted(counts: dict[Ballot, int]) -> Population:
    if not counts:
        raise ValueError("profile is empty: at least one agent must report")
    return Population(tuple(counts), tuple(counts.values()))
