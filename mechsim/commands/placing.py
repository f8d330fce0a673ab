"""``mechsim place``: where mechanisms build for the answers in a survey file."""

import argparse
from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from .. import _numbers
from .._json import JSON, encode
from .._numbers import Number, show
from .._tables import Table
from ..catalogue import find, known
from ..lottery import Finite, is_finite
from ..mechanism import play
from ..population import tally
from ..preferences import Line
from ..preferences.surveys import Answers, read_answers
from ..setting import Instance
from . import _arguments, exits

FEW = 12
"""As many places as a table lists one by one."""


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
        help="one or more names from `mechsim list`, of the family facility",
    )
    parser.add_argument(
        "--missing",
        nargs="+",
        default=(),
        metavar="ENTRY",
        help="entries that mean no answer, such as '' NA -99; their rows are left out and counted",
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
    answers = read_answers(options.file, options.column, options.missing)
    reports = _inside(answers, setting)
    instance = Instance(setting, reports)
    lotteries: dict[str, Finite[Any]] = {}
    for name, mechanism in mechanisms.items():
        lottery = play(mechanism, reports)
        if is_finite(lottery):
            lotteries[name] = lottery
    if options.json:
        _arguments.print_json("place", _plain(answers, instance, lotteries))
    else:
        left_out = f" ({answers.missing} without an answer left out)" if answers.missing else ""
        noun = "report" if len(reports) == 1 else "reports"
        print(f"{len(reports)} {noun} on {setting}{left_out}\n")
        print(outcomes(lotteries), "\n", sep="")
        print(who_gets_what(instance, lotteries), "\n", sep="")
        for name, lottery in lotteries.items():
            print(f"{name}: {fair_share(instance, lottery)}.")
    if options.picture is not None:
        from .. import plot

        title = f"{len(reports)} reports in column {options.column} of {options.file.name}"
        figure = plot.placement(
            reports, lotteries, setting=setting, title=title, unit=options.column
        )
        plot.save(figure, options.picture)
    return exits.DONE


def _facility(name: str) -> Any:
    """The rule called ``name``; names that several families share mean the one of facilities."""
    entry = find(f"facility/{name}" if known(f"facility/{name}") else name)
    if entry.family != "facility":
        raise ValueError(f"mechanism is {name!r}, of {entry.family}: it must place a facility")
    return entry.card.rule


def _inside(answers: Answers, setting: Line) -> tuple[Number, ...]:
    """The reports; one that lies outside is named by its line in the file."""
    for place, number in enumerate(answers.numbers):
        if not setting.low <= number <= setting.high:
            ends = f"[{show(setting.low)}, {show(setting.high)}]"
            raise ValueError(f"{answers.where(place)} is {show(number)}: it must lie in {ends}")
    return setting.read(answers.numbers)


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


def who_gets_what(instance: Instance, lotteries: Mapping[str, Finite[Any]]) -> Table:
    """The expected distance of the agents at each report; of many reports at five quantiles."""
    count = dict(tally(instance.reports))
    places = sorted(count)
    names = [show(place) for place in places]
    if len(places) > FEW:
        ordered = sorted(instance.profile)
        last = len(ordered) - 1
        ranks = (0, last // 4, last // 2, -(-3 * last // 4), last)
        places = [ordered[rank] for rank in ranks]
        quantiles = ("lowest", "lower quartile", "median", "upper quartile", "highest")
        names = [f"{name} {float(x):.4g}" for name, x in zip(quantiles, places, strict=True)]
    columns = [expected_distances(lottery, places) for lottery in lotteries.values()]
    rows = [
        (name, str(count[place]), *(f"{float(column[k]):.4g}" for column in columns))
        for k, (name, place) in enumerate(zip(names, places, strict=True))
    ]
    means = [_mean(count, lottery) for lottery in lotteries.values()]
    total = ("all, mean", str(instance.agents), *(f"{mean:.4g}" for mean in means))
    return Table(("report", "agents", *(f"distance, {name}" for name in lotteries)), (*rows, total))


def expected_distances(lottery: Finite[Any], places: list[Any]) -> list[Number]:
    """The exact expected distance of each place from the facility.  O((s + p) log s)."""
    support = sorted(lottery.support)
    weights = [lottery.probability[point] for point in support]
    mass = [Fraction(0), *accumulate(weights)]
    moment = [0, *accumulate(w * point for w, point in zip(weights, support, strict=True))]
    found: list[Number] = []
    for place in places:
        k = bisect_right(support, place)
        below = place * mass[k] - moment[k]
        found.append(below + (moment[-1] - moment[k]) - place * (mass[-1] - mass[k]))
    return found


def _mean(count: Mapping[Any, int], lottery: Finite[Any]) -> float:
    distances = expected_distances(lottery, list(count))
    total = sum((k * d for k, d in zip(count.values(), distances, strict=True)), Fraction(0))
    return float(total / sum(count.values()))


def fair_share(instance: Instance, lottery: Finite[Any]) -> str:
    """Whether every like-minded group gets its fair share: in expectation and after the draw."""
    groups = tally(instance.reports)
    places = [place for place, _ in groups]
    due = [
        -instance.setting.fair_share(place, Fraction(size, instance.agents))
        for place, size in groups
    ]
    average = expected_distances(lottery, places)
    low, high = min(lottery.support), max(lottery.support)  # the farthest place is one of them
    drawn = [max((low, high), key=partial(_numbers.distance, place)) for place in places]
    worst = [_numbers.distance(end, place) for end, place in zip(drawn, places, strict=True)]
    ex_ante = _shortfall(average, due, groups)
    if len(lottery.support) == 1:
        return ex_ante or "every like-minded group gets its fair share"
    ex_post = _shortfall(worst, due, groups)
    before = f"in expectation {ex_ante or 'every like-minded group gets its fair share'}"
    if not ex_post:
        return f"{before}, and whatever is drawn"
    k = max(range(len(due)), key=lambda group: worst[group] - due[group])
    return f"{before}; if {show(drawn[k])} is drawn, {ex_post}"


def _shortfall(got: list[Number], due: list[Number], groups: Any) -> str:
    """The group that is farthest beyond the distance it is due, in words; empty if none is."""
    k = max(range(len(due)), key=lambda group: got[group] - due[group])
    missing = got[k] - due[k]
    if missing <= 0:
        return ""
    place, size = groups[k]
    who = (
        f"the agent at {show(place)} is" if size == 1 else f"the {size} agents at {show(place)} are"
    )
    return f"{who} {show(missing)} farther away than their fair share allows"


def _plain(
    answers: Answers, instance: Instance, lotteries: Mapping[str, Finite[Any]]
) -> dict[str, JSON]:
    count = tally(instance.reports)
    places = [place for place, _ in count]
    placed: list[JSON] = [
        {
            "mechanism": name,
            "lottery": [
                {"outcome": encode(place), "probability": encode(p), "decimal": float(place)}
                for place, p in lottery.probability.items()
            ],
            "distances": [
                {"report": encode(place), "agents": size, "expected": encode(distance)}
                for (place, size), distance in zip(
                    count, expected_distances(lottery, places), strict=True
                )
            ],
            "fair_share": fair_share(instance, lottery),
        }
        for name, lottery in lotteries.items()
    ]
    return {
        "file": answers.source,
        "column": answers.column,
        "range": [encode(instance.setting.low), encode(instance.setting.high)],
        "agents": instance.agents,
        "missing": answers.missing,
        "placed": placed,
    }
