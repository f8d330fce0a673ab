"""Approval elections as files in the Pabulib format (``.pb``), which `read_pabulib` reads."""

import csv
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from ..population import Population
from .elections import Ballot, Election


def write_pabulib(
    path: str | Path,
    election: Election,
    ballots: Population,
    *,
    meta: dict[str, str] | None = None,
    selected: frozenset[int] | None = None,
) -> None:
    """Write an approval election as a ``.pb`` file, which `read_pabulib` reads as equal.

    Parameters
    ----------
    path : path
    election : Election
        Costs that are no decimals are refused.
    ballots : Population
        Of sets of projects.
    meta : dict, optional
        More entries of META, such as description or country.
    selected : frozenset of int, optional
        The projects that are funded, for a column ``selected``.
    """
    given = {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(ballots)),
        "budget": _decimal(Fraction(election.budget), "budget"),
        "vote_type": "approval",
    }
    for name in (meta or {}).keys() & given.keys():
        raise ValueError(f"meta has {name!r}, which follows from the election")
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\n")
        table.writerow(["META"])
        table.writerow(["key", "value"])
        table.writerows([*(meta or {}).items(), *given.items()])
        table.writerow(["PROJECTS"])
        header = ["project_id", "cost"]
        header += ["name"] if election.titles else []
        header += ["selected"] if selected is not None else []
        table.writerow(header)
        for c, (project, cost) in enumerate(zip(election.projects, election.costs, strict=True)):
            if "," in project:
                raise ValueError(f"projects[{c}] is {project!r}: votes separate ids by commas")
            row = [project, _decimal(Fraction(cost), f"costs[{c}]")]
            row += [election.titles[c]] if election.titles else []
            row += [str(int(c in selected))] if selected is not None else []
            table.writerow(row)
        table.writerow(["VOTES"])
        table.writerow(["voter_id", "vote"])
        voter = 0
        classes: Iterable[tuple[Ballot, int]] = ballots.classes()
        for ballot, count in classes:
            names: list[str] = [election.projects[c] for c in sorted(ballot)]
            vote = ",".join(names)
            table.writerows([str(voter + k), vote] for k in range(count))
            voter += count


def _decimal(amount: Fraction, name: str) -> str:
    """The amount as a finite decimal."""
    for places in range(19):
        if (amount * 10**places).denominator == 1:
            whole = str(int(amount * 10**places))
            return whole if not places else f"{whole[:-places] or '0'}.{whole[-places:]:0>{places}}"
    raise ValueError(f"{name} is {amount}: it is no decimal number, and cannot be written")
