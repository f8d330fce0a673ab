"""``mechsim place``: where mechanisms build for the answers in a survey file."""

import argparse
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from .. import _numbers
from .._json import JSON, encode
from .._numbers import Number, show
from .._tables import Table
from ..axioms import Axiom, ExAnte, ExPost, Refuted, Tally, UnanimousFairShare, check
from ..catalogue import find
from ..lottery import Finite, is_finite
from ..mechanism import play
from ..population import tally
from ..preferences import Line, read_column
from ..setting import Instance
from . import _arguments, exits


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "place",
        help="Place a facility for the numbers in a CSV column.",
        description=(
            "Read one report a row, place a facility by each mechanism, and say who is how far "
            "from it.  Numbers are read and computed exactly."
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="a CSV file with a header row")
    parser.add_argument("--column", required=True, help="the column that holds the reports")
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
        help="one or more names from `mechsim list`",
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw it: .png, .pdf or .svg")
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print outcomes and who gets what; optionally draw them."""
    setting = Line(*options.range)
    mechanisms = {name: find(name).card.rule(setting) for name in options.mechanism}
    try:
        reports = setting.read(read_column(options.file, options.column))
    except ValueError as error:
        located = f"{options.file}, column {options.column}: {error}"
        raise ValueError(str(error) if str(options.file) in str(error) else located) from None
    instance = Instance(setting, reports)
    chosen = {name: play(mechanism, reports) for name, mechanism in mechanisms.items()}
    lotteries = {name: lot for name, lot in chosen.items() if is_finite(lot)}
    if options.json:
        _arguments.print_json("place", {"agents": len(reports), "placed": _plain(lotteries)})
    else:
        print(f"{len(reports)} reports on {setting}\n")
        print(outcomes(lotteries), "\n", sep="")
        print(who_gets_what(instance, lotteries), "\n", sep="")
        for name, mechanism in mechanisms.items():
            print(f"{name}: {fair_share(instance, mechanism)}")
    if options.picture is not None:
        from .. import plot

        title = f"{len(reports)} reports in column {options.column} of {options.file.name}"
        figure = plot.placement(reports, lotteries, title=title, unit=options.column)
        plot.save(figure, options.picture)
    return exits.DONE


def outcomes(lotteries: Mapping[str, Finite[Any]]) -> Table:
    """One row a mechanism, or a row for each place it may build."""
    rows: list[tuple[str, ...]] = []
    for name, lottery in lotteries.items():
        for row, (place, p) in enumerate(lottery.probability.items()):
            rows.append(("" if row else name, show(place), show(p), f"{float(place):.4g}"))
    return Table(("mechanism", "builds at", "with probability", "decimal"), tuple(rows))


def who_gets_what(instance: Instance, lotteries: Mapping[str, Finite[Any]]) -> Table:
    """The expected distance of the agents at each report; many reports by their quartiles."""
    count = dict(tally(instance.reports))
    places = sorted(count)
    if len(places) > 12:
        ordered = sorted(instance.profile)
        places = sorted({ordered[round(q * (len(ordered) - 1) / 4)] for q in range(5)})
    rows = [
        (show(place), str(count[place]), *(show_distance(lot, place) for lot in lotteries.values()))
        for place in places
    ]
    total = ("mean", str(instance.agents), *(_mean(count, lot) for lot in lotteries.values()))
    return Table(("report", "agents", *(f"distance, {name}" for name in lotteries)), (*rows, total))


def distance(lottery: Finite[Any], place: Number) -> Number:
    """The expected distance from ``place``."""
    expected: Number = lottery.expect(lambda outcome: _numbers.distance(outcome, place))
    return expected


def show_distance(lottery: Finite[Any], place: Number) -> str:
    """Four digits are enough to compare."""
    return f"{float(distance(lottery, place)):.4g}"


def _mean(count: Mapping[Number, int], lottery: Finite[Any]) -> str:
    agents = sum(count.values())
    total = sum((k * distance(lottery, place) for place, k in count.items()), Fraction(0))
    return f"{float(total / agents):.4g}"


def fair_share(instance: Instance, mechanism: Any) -> str:
    """Whether every like-minded group got its share here, after the draw and before it."""
    readings: dict[str, Axiom] = {
        "whatever is drawn": ExPost(UnanimousFairShare()),
        "in expectation": ExAnte(UnanimousFairShare()),
    }
    said: list[str] = []
    for when, axiom in readings.items():
        found = check(axiom, mechanism, [instance])
        if isinstance(found, Tally):
            said.append(f"each of {found.cases} like-minded groups gets its fair share {when}")
        elif isinstance(found, Refuted):
            case = found.case
            said.append(
                f"{case.size} of {case.instance.agents} agents, at {show(case.type_)}, get "
                f"{show(found.violation)} less than their fair share {when}"
            )
        else:
            said.append(str(found))
    return "; ".join(said)


def _plain(lotteries: Mapping[str, Finite[Any]]) -> list[JSON]:
    return [
        {
            "mechanism": name,
            "lottery": [
                {"outcome": encode(place), "probability": encode(p), "decimal": float(place)}
                for place, p in lottery.probability.items()
            ],
        }
        for name, lottery in lotteries.items()
    ]
