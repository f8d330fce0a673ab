"""How ``mechsim/data/riverside.pb`` was made: ``python -m tests.riverside`` writes it again.

Four neighbourhoods of a made-up city.  Who lives in one approves mostly of what is planned there,
and elsewhere of what serves its favourite cause; the islanders look after their island only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mechsim import Election, Population
from mechsim.algorithms.ties import Lexicographic
from mechsim.budgeting import GreedyAV

PAGE = Path(__file__).parents[1] / "mechsim" / "data" / "riverside.pb"
SEED, BUDGET, LONGEST = 2, 400_000, 10
VOTERS = {"Old Town": 230, "Harbour": 170, "Hillside": 120, "Mill Island": 80}
ISLAND, CITY = "Mill Island", "all"
CAUSES = ("green", "streets", "culture", "sport")


@dataclass(frozen=True)
class Project:
    """What is planned, and where."""

    name: str
    cost: int
    district: str
    category: str
    title: str


PROJECTS = (
    Project("square", 90_000, "Old Town", "streets", "Market square without cars"),
    Project("arcade", 60_000, "Old Town", "culture", "Lights for the arcades"),
    Project("clock", 25_000, "Old Town", "culture", "Repair of the town hall clock"),
    Project("chestnuts", 30_000, "Old Town", "green", "Forty chestnut trees"),
    Project("fountain", 45_000, "Old Town", "green", "Drinking fountains"),
    Project("courts", 70_000, "Old Town", "sport", "Ball courts at the city wall"),
    Project("cobbles", 55_000, "Old Town", "streets", "Smooth lanes between the cobbles"),
    Project("quay", 80_000, "Harbour", "streets", "Promenade on the east quay"),
    Project("crane", 40_000, "Harbour", "culture", "The old crane as a lookout"),
    Project("rowing", 35_000, "Harbour", "sport", "Boats for the rowing school"),
    Project("dunes", 20_000, "Harbour", "green", "Dune grass on the breakwater"),
    Project("cycling", 65_000, "Harbour", "streets", "Cycle track to the docks"),
    Project("cinema", 50_000, "Harbour", "culture", "Open-air cinema in dock 4"),
    Project("slope", 45_000, "Hillside", "sport", "Toboggan run"),
    Project("steps", 30_000, "Hillside", "streets", "Handrails on the hundred steps"),
    Project("vineyard", 25_000, "Hillside", "green", "A vineyard of all"),
    Project("observatory", 60_000, "Hillside", "culture", "Telescope for the school"),
    Project("bus", 75_000, "Hillside", "streets", "Bus shelters; with benches"),
    Project("bridge", 50_000, ISLAND, "streets", "Lamps on the mill bridge"),
    Project("wheel", 30_000, ISLAND, "culture", "The mill wheel turns again"),
    Project("orchard", 15_000, ISLAND, "green", "Orchard on the north bank"),
    Project("playground", 25_000, ISLAND, "sport", "Water playground"),
    Project("trams", 180_000, CITY, "streets", "Roofs for all tram stops"),
    Project("bees", 10_000, CITY, "green", "Bee meadows along the roads"),
)


def likes(home: str, cause: str, project: Project) -> float:
    """How likely somebody who lives there, with this favourite cause, approves of a project."""
    if project.district == CITY:
        return 0.12 + 0.12 * (project.category == cause)
    if project.district == home:
        return 0.5 + 0.3 * (project.category == cause)
    if ISLAND in (home, project.district):
        return 0.0
    return 0.05 + 0.2 * (project.category == cause)


def voters() -> Iterator[tuple[str, int, list[int]]]:
    """Where each voter lives, how old it is, and of which projects it approves.

    Only uniform numbers are drawn, which are the same in all versions of Python.
    """
    rng = Random(SEED)
    homes = sorted((rng.random(), home) for home, count in VOTERS.items() for _ in range(count))
    for _, home in homes:
        cause = CAUSES[int(len(CAUSES) * rng.random())]
        age = 16 + int(70 * rng.random())
        drawn = [rng.random() < likes(home, cause, project) for project in PROJECTS]
        approved = [c for c, yes in enumerate(drawn) if yes]
        first = next(c for c, project in enumerate(PROJECTS) if project.district == home)
        yield home, age, approved[:LONGEST] or [first]


def text() -> str:
    """The file."""
    listed = list(voters())
    election = Election(
        tuple(project.name for project in PROJECTS),
        tuple(project.cost for project in PROJECTS),
        BUDGET,
    )
    ballots = Population(tuple(frozenset(vote) for _, _, vote in listed))
    funded = GreedyAV(Lexicographic(), election)(ballots)
    meta = {
        "description": "A city of our own making, its voters drawn at random",
        "country": "Nowhere",
        "unit": "Riverside",
        "instance": "2025",
        "num_projects": len(PROJECTS),
        "num_votes": len(listed),
        "budget": BUDGET,
        "vote_type": "approval",
        "min_length": 1,
        "max_length": LONGEST,
        "rule": "greedy",
    }
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items())]
    lines += ["PROJECTS", "project_id;cost;votes;name;category;district;selected"]
    for c, project in enumerate(PROJECTS):
        votes = sum(c in vote for _, _, vote in listed)
        title = f'"{project.title}"' if ";" in project.title else project.title
        entries = (project.name, project.cost, votes, title, project.category, project.district)
        lines.append(";".join(map(str, (*entries, int(c in funded)))))
    lines += ["VOTES", "voter_id;age;neighborhood;vote"]
    for number, (home, age, vote) in enumerate(listed, start=1):
        names = ",".join(PROJECTS[c].name for c in vote)
        lines.append(f"{number};{age};{home};{names}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
