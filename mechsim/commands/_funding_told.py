"""What ``mechsim budget`` prints of an election, as text and as JSON."""

import argparse
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._json import JSON
from .._numbers import show
from .._tables import Table
from .._text import many
from ..algorithms.rounding import Rounded
from ..axioms import Refuted, Unknown
from ..population import Population, tally
from ..preferences.elections import Election
from ..preferences.pabulib_files import PabulibFile
from ..setting import Instance
from ._explaining import points_of, short, votes_of

GROUPS = 8
"""So many groups of voters of one mind are shown, the largest."""


BB1 = """\
BB1, budget balance up to one: the whole budget is spent, or one project more would pass or reach
it, or it is passed and would not be without one of the projects."""


@dataclass(frozen=True)
class Answer:
    """Everything that is said about an election."""

    file: PabulibFile
    mechanism: Any
    lottery: Rounded
    drawn: frozenset[int]
    axioms: tuple[tuple[str, str, Any], ...]
    instance: Instance
    """The setting that was asked about, and the reports: sets of projects, or points."""

    @property
    def setting(self) -> Any:
        """The setting that was asked about."""
        return self.instance.setting

    @property
    def election(self) -> Election:
        """Projects and budget."""
        return self.file.election

    @property
    def ballots(self) -> Population:
        """Votes as sets of projects."""
        return self.file.approvals


def _word(verdict: Any) -> str:
    if isinstance(verdict, Unknown):
        return "not decided"
    return "fails" if isinstance(verdict, Refuted) else "holds"


def _why(verdict: Any, election: Election) -> str:
    """The witness in short, or what it was that was not decided."""
    if isinstance(verdict, Unknown):
        return str(verdict).rpartition(": ")[2]
    if not isinstance(verdict, Refuted):
        granted: tuple[str, ...] = getattr(verdict, "assuming", ())
        return f"granted {', '.join(granted)}" if granted else ""
    case, lack = verdict.case, show(verdict.violation)
    if hasattr(case, "type_"):
        return f"voters for {case.instance.tell_type(case.type_)} lack {short(verdict.violation)}"
    if hasattr(case, "projects"):
        return f"a group could pay for {election.tell(case.projects)}"
    if hasattr(case, "project"):
        return f"{election.tell(frozenset({case.project}))} fits"
    return f"by {lack}"


def told(options: argparse.Namespace, answer: Answer) -> str:
    election, lottery = answer.election, answer.lottery
    votes = votes_of(election, answer.ballots)
    points = points_of(answer.instance)
    order = sorted(range(len(votes)), key=lambda c: (-lottery.marginals[c], -points[c], c))
    counted = ("points",) if options.points else ()
    rows = (
        (
            election.projects[c],
            _clip(election.titles[c] if election.titles else election.projects[c]),
            short(election.costs[c]),
            f"{votes[c]:,}",
            *(short(points[c]) for _ in counted),
            show(lottery.marginals[c])
            if lottery.marginals[c] in (0, 1)
            else f"{float(lottery.marginals[c]):.4f}",
            "drawn" if c in answer.drawn else "",
        )
        for c in order
        if lottery.marginals[c]
    )
    projects = Table(
        ("id", "project", "cost", "votes", *counted, "probability", "outcome"), tuple(rows)
    )
    verdicts = Table(
        ("axiom", "when", "verdict", "witness"),
        tuple((n, when, _word(v), _clip(_why(v, election), 60)) for n, when, v in answer.axioms),
    )
    kind = answer.file.vote_type
    as_what = "points" if options.points else "approvals"
    read = "" if kind in ("approval", "choose-1") else f", {kind} votes read as {as_what}"
    return "\n".join(
        (
            f"{answer.file.source}: {many(len(answer.ballots), 'voter')}, "
            f"{many(len(election.projects), 'project')}, budget {short(election.budget)}{read}",
            f"{options.mechanism}, {_spending(options, answer)}",
            *_notes(options, answer),
            "",
            str(projects),
            "",
            "the largest groups of voters of one mind",
            "",
            str(_groups(answer)),
            "",
            str(verdicts),
            "",
            BB1,
        )
    )


def _spending(options: argparse.Namespace, answer: Answer) -> str:
    """What is spent; of a lottery, on average and as drawn."""
    election, lottery = answer.election, answer.lottery
    if not lottery.fractional:
        return f"a rule without a lottery: spends {short(lottery.cost)}"
    spent = election.cost(answer.drawn)
    over = spent - election.budget
    more = f", which is {short(over)} more than the budget" if over > 0 else ""
    return (
        f"seed {options.seed}: spends {short(lottery.cost)} on average, and {short(spent)} as "
        f"drawn{more}"
    )


def _notes(options: argparse.Namespace, answer: Answer) -> list[str]:
    """What is easily overlooked: what a lottery may spend, and that nothing is funded."""
    election, lottery = answer.election, answer.lottery
    if not any(lottery.marginals):
        better = "mes-add1" if options.points else "mes-add1 or bw-mes"
        hint = f": --mechanism {better} spends more" if "mes" in options.mechanism else ""
        return [f"nothing is funded: no group of voters can pay for a project{hint}"]
    if not lottery.fractional:
        return []
    dearest = max(election.costs[c] for c in lottery.fractional)
    return [f"an outcome may cost more than the budget, by less than {short(dearest)}: see BB1"]


def _groups(answer: Answer) -> Table:
    setting, agents = answer.setting, answer.instance.agents
    rows: list[tuple[str, ...]] = []
    for vote, voters in _largest(answer.instance.reports):
        share = Fraction(setting.budget) * voters / agents
        rows.append(
            (
                _clip(setting.tell_type(vote), 44),
                f"{voters:,}",
                short(setting.value(0, vote, answer.lottery.marginals)),
                short(setting.value(0, vote, answer.drawn)),
                short(setting.best(vote, share)),
            )
        )
    header = ("ballot", "voters", "expects", "gets as drawn", "could buy alone")
    return Table(header, tuple(rows))


def _largest(reports: Any) -> list[tuple[Any, int]]:
    """The largest groups of one mind, and how many are in each."""
    listed: list[tuple[Any, int]] = list(tally(reports))
    return sorted(listed, key=lambda pair: -pair[1])[:GROUPS]


def _clip(text: str, width: int = 36) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."


def plain(options: argparse.Namespace, answer: Answer) -> dict[str, JSON]:
    election, lottery = answer.election, answer.lottery
    votes, points = votes_of(election, answer.ballots), points_of(answer.instance)
    voters = answer.instance.agents
    projects: list[JSON] = [
        {
            "id": election.projects[c],
            "title": election.titles[c] if election.titles else None,
            "cost": str(Fraction(election.costs[c])),
            "votes": votes[c],
            "points": str(points[c]) if options.points else None,
            "probability": str(p),
            "drawn": c in answer.drawn,
        }
        for c, p in enumerate(lottery.marginals)
    ]
    axioms: list[JSON] = [
        {
            "axiom": name,
            "when": when,
            "verdict": _word(verdict),
            "violation": str(verdict.violation) if isinstance(verdict, Refuted) else None,
            "witness": _why(verdict, election) or None,
        }
        for name, when, verdict in answer.axioms
    ]
    groups: list[JSON] = [
        {
            "ballot": {election.projects[c]: str(p) for c, p in answer.setting.points(vote).items()}
            if options.points
            else [election.projects[c] for c in sorted(vote)],
            "voters": count,
            "expected": str(answer.setting.value(0, vote, lottery.marginals)),
            "drawn": str(answer.setting.value(0, vote, answer.drawn)),
            "alone": str(answer.setting.best(vote, Fraction(election.budget) * count / voters)),
        }
        for vote, count in _largest(answer.instance.reports)
    ]
    return {
        "file": answer.file.source,
        "vote_type": answer.file.vote_type,
        "voters": len(answer.ballots),
        "budget": str(Fraction(election.budget)),
        "points": options.points,
        "mechanism": options.mechanism,
        "seed": options.seed,
        "expected_cost": str(lottery.cost),
        "drawn_cost": str(election.cost(answer.drawn)),
        "projects": projects,
        "groups": groups,
        "axioms": axioms,
    }
