"""``mechsim place``: where mechanisms build for the answers in a survey file."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .._json import JSON, encode
from .._numbers import show
from .._tables import Table
from ..catalogue import find, known
from ..lottery import Finite, is_finite
from ..mechanism import play
from ..preferences import Line
from ..preferences.columns import Column, load
from ..setting import Instance
from . import _arguments, exits
from ._crowd import Crowd, Numbers, crowd, expected_distances

FEW = 12
"""As many places as a table lists one by one."""

MANY = 10_000
"""As many places as JSON lists one by one."""


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "place",
        help="Place a facility for the numbers in a column of a file.",
        description=(
            "Read one report a row, place a facility by each mechanism, and say who is how far "
            "from it.  Text and whole numbers are read and computed exactly."
        ),
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a .csv file with a header row, .parquet or .npy"
    )
    parser.add_argument("--column", help="the column that holds the reports, if there are several")
    parser.add_argument(
        "--range",
        nargs=2,
        type=_arguments.number,
        required=True,
        metavar=("LOW", "HIGH"),
        help="the ends of the line; reports must lie between them",
    )
    parser.add_argument(
        "--mechanism",
        nargs="+",
        required=True,
        metavar="NAME",
        help="one or more names from `mechsim list`, of the family facility",
    )
    parser.add_argument(
        "--missing",
        nargs="+",
        default=(),
        metavar="ENTRY",
        help="entries that mean no answer, such as '' NA -99; their rows are left out and counted; "
        "'' is also a null, and nan is not a number",
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw it: .png, .pdf or .svg")
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print outcomes and who gets what; optionally draw them."""
    if options.picture is not None:
        from .. import plot

        plot.require_format(options.picture)
    setting = Line(*options.range)
    mechanisms = {name: _facility(name)(setting) for name in options.mechanism}
    column = load(options.file, options.column, missing=options.missing, setting=setting)
    instance = Instance(setting, setting.read(column.reports))
    points = instance.profile if options.picture is not None else ()
    lotteries: dict[str, Finite[Any]] = {}
    for name, mechanism in mechanisms.items():
        lottery = play(mechanism, instance.reports)
        if is_finite(lottery):
            lotteries[name] = lottery
    who = crowd(instance.reports)
    if options.json:
        _arguments.print_json("place", _plain(column, setting, who, lotteries))
    else:
        left_out = f" ({column.missing} without an answer left out)" if column.missing else ""
        noun = "report" if instance.agents == 1 else "reports"
        print(f"{instance.agents} {noun} on {setting}{left_out}\n")
        print(outcomes(lotteries), "\n", sep="")
        print(who_gets_what(who, lotteries), "\n", sep="")
        for name, lottery in lotteries.items():
            print(f"{name}: {fair_share(who, setting, lottery)}.")
    if options.picture is not None:
        from .. import plot

        where = "" if column.column is None else f"column {column.column} of "
        title = f"{len(points)} reports in {where}{options.file.name}"
        figure = plot.placement(
            points, lotteries, setting=setting, title=title, unit=column.column or "location"
        )
        plot.save(figure, options.picture)
    return exits.DONE


def _facility(name: str) -> Any:
    """The rule called ``name``; names that several families share mean the one of facilities."""
    entry = find(f"facility/{name}" if known(f"facility/{name}") else name)
    if entry.family != "facility":
        raise ValueError(f"mechanism is {name!r}, of {entry.family}: it must place a facility")
    return entry.card.rule


def outcomes(lotteries: Mapping[str, Finite[Any]]) -> Table:
    """One row a mechanism, or a row for each of the few places where it may build."""
    rows: list[tuple[str, ...]] = []
    for name, lottery in lotteries.items():
        if len(lottery.support) > FEW:
            low, high = min(lottery.support), max(lottery.support)
            mean = float(lottery.expect(lambda place: place))
            span = f"{float(low):.4g} to {float(high):.4g}"
            rows.append((name, span, f"{len(lottery.support)} places", f"expected {mean:.4g}"))
            continue
        for row, (place, p) in enumerate(lottery.probability.items()):
            rows.append(("" if row else name, show(place), show(p), f"{float(place):.4g}"))
    return Table(("mechanism", "builds at", "with probability", "decimal"), tuple(rows))


def who_gets_what(who: Crowd, lotteries: Mapping[str, Finite[Any]]) -> Table:
    """The expected distance of the agents at each report; of many reports at five quantiles."""
    if len(who.places) > FEW:
        chosen = who.quantiles()
        names = ["lowest ", "lower quartile ", "median ", "upper quartile ", "highest "]
    else:
        chosen = list(range(len(who.places)))
        names = ["" for _ in chosen]
    distances = [expected_distances(lottery, who.places) for lottery in lotteries.values()]
    rows = [
        (
            name + (f"{float(who.places[k]):.4g}" if name else show(who.places[k])),
            str(who.counts[k]),
            *(f"{float(column[k]):.4g}" for column in distances),
        )
        for name, k in zip(names, chosen, strict=True)
    ]
    means = (f"{float(who.mean(column)):.4g}" for column in distances)
    total = ("all, mean", str(who.agents), *means)
    return Table(("report", "agents", *(f"distance, {name}" for name in lotteries)), (*rows, total))


def fair_share(who: Crowd, setting: Line, lottery: Finite[Any]) -> str:
    """Whether every like-minded group gets its fair share: in expectation and after the draw."""
    due, slack = who.due(setting), who.slack(setting)
    low, high = min(lottery.support), max(lottery.support)  # the farthest place is one of them
    ends = np.array([low, high], who.places.dtype)
    below, above = (np.abs(who.places - end) for end in ends)
    worst = np.maximum(below, above)
    ex_ante = _shortfall(who, expected_distances(lottery, who.places) - due, slack)
    if len(lottery.support) == 1:
        return ex_ante or "every like-minded group gets its fair share"
    ex_post = _shortfall(who, worst - due, slack)
    before = f"in expectation {ex_ante or 'every like-minded group gets its fair share'}"
    if not ex_post:
        return f"{before}, and whatever is drawn"
    k = int(np.argmax(worst - due))
    drawn = high if above[k] > below[k] else low
    return f"{before}; if {show(drawn)} is drawn, {ex_post}"


def _shortfall(who: Crowd, missing: Numbers, slack: float) -> str:
    """The group that is farthest beyond the distance it is due, in words; empty if none is."""
    k = int(np.argmax(missing))
    if missing[k] <= slack:
        return ""
    place, size = show(who.places[k]), int(who.counts[k])
    agents = f"the agent at {place} is" if size == 1 else f"the {size} agents at {place} are"
    return f"{agents} {show(missing[k])} farther away than their fair share allows"


def _plain(
    column: Column, setting: Line, who: Crowd, lotteries: Mapping[str, Finite[Any]]
) -> dict[str, JSON]:
    listed = range(len(who.places)) if len(who.places) <= MANY else who.quantiles()
    placed: list[JSON] = []
    for name, lottery in lotteries.items():
        distances = expected_distances(lottery, who.places)
        entry: dict[str, JSON] = {
            "mechanism": name,
            "lottery": [
                {"outcome": encode(place), "probability": encode(p), "decimal": float(place)}
                for place, p in lottery.probability.items()
            ],
            "distances": [
                {
                    "report": encode(who.places[k]),
                    "agents": int(who.counts[k]),
                    "expected": encode(distances[k]),
                }
                for k in listed
            ],
            "fair_share": fair_share(who, setting, lottery),
        }
        placed.append(entry)
    return {
        "file": column.source,
        "column": column.column,
        "range": [encode(setting.low), encode(setting.high)],
        "agents": who.agents,
        "missing": column.missing,
        "placed": placed,
    }
