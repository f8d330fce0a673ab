"""``mechsim tour``: the library in a minute, on answers that real people gave.

Each family has a section of its own here; a section prints what it finds and draws a picture.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from .. import facility
from .._progress import tqdm
from .._tables import Table
from ..axioms import (
    Anonymous,
    Axiom,
    ExAnte,
    ExPost,
    Refuted,
    Strategyproof,
    StronglyProportional,
    UnanimousFairShare,
    Universally,
    Verdict,
    confirm,
)
from ..axioms.names import label
from ..catalogue import entries
from ..design import Designed, optimize
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..objectives import MaxCost, Utilitarian, worst_case
from ..preferences import Line, anes96
from ..proving import verify
from ..setting import Instance
from . import _arguments, _families, exits, placing, verifying
from ._crowd import crowd, view

SCALE = Line(0, 6)


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    text = "See what the library does, on a survey that ships with it, in a minute."
    parser = subcommands.add_parser("tour", help=text, description=text)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("mechsim-tour"),
        metavar="FOLDER",
        help="where the pictures go (default: mechsim-tour)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every section, then how long it took."""
    start = time.perf_counter()
    options.out.mkdir(parents=True, exist_ok=True)
    sections: tuple[Callable[[Path], None], ...] = (
        place,
        question,
        pictures,
        best,
        families,
        catalogue,
    )
    for number, section in enumerate(sections, start=1):
        print(f"\n{number}. {(section.__doc__ or '').strip()}\n")
        section(options.out)
    print(f"\nThe tour took {time.perf_counter() - start:.0f} s.  Next: mechsim --help")
    return exits.DONE


def mechanisms() -> dict[str, Playable]:
    """The four that the tour compares, on the survey's scale of party identification."""
    return {
        "mean": facility.Mean(SCALE),
        "median": facility.Median(SCALE),
        "uniform-phantom": facility.UniformPhantom(SCALE),
        "random-rank": facility.RandomRank(SCALE),
    }


def place(out: Path) -> None:
    """Facility location: 944 Americans, strong Democrats (0) to strong Republicans (6), 1996."""
    from .. import plot

    reports = SCALE.read(anes96("PID"))
    lotteries = {
        name: lottery
        for name, mechanism in mechanisms().items()
        if is_finite(lottery := play(mechanism, reports))
    }
    print(placing.outcomes(lotteries), "\n", sep="")
    who = crowd(reports)
    seen = view(who, lotteries, placing.FEW)
    print(placing.who_gets_what(seen, lotteries), "\n", sep="")
    for name, lottery in lotteries.items():
        print(f"{name}: {placing.fair_share(who, SCALE, lottery)}.")
    picture = out / "placement.png"
    title = "Party identification of 944 Americans, and where four mechanisms build"
    unit = "0 strong Democrat, 6 strong Republican (ANES 1996)"
    plot.save(plot.placement(reports, lotteries, setting=SCALE, title=title, unit=unit), picture)
    print(f"\nA picture of this: {picture}")


def question(out: Path) -> None:
    """Axioms: can somebody gain by a false answer?  Does every like-minded group get its share?"""
    axioms: tuple[Axiom, ...] = (
        Strategyproof(),
        Universally(Strategyproof()),
        Universally(Anonymous()),
        ExPost(UnanimousFairShare()),
        ExAnte(UnanimousFairShare()),
    )
    setting = SCALE.grid(6)
    asked = [(name, axiom) for name in mechanisms() for axiom in axioms]
    verdicts: dict[tuple[str, str], Verdict] = {}
    for name, axiom in tqdm(asked, desc="verdicts", leave=False, disable=None):
        verdict = verify(mechanisms()[name], axiom, setting, agents=3)
        verdicts[name, label(axiom)] = verdict
    columns = [label(axiom) for axiom in axioms]
    rows = tuple(
        (name, *(verdicts[name, column].word for column in columns)) for name in mechanisms()
    )
    print(Table((f"3 agents on {setting}", *columns), rows))
    print("\nA proof evaluates every case of this finite domain; each refutation has a witness:\n")
    for verdict in verdicts.values():
        if isinstance(verdict, Refuted):
            again = "replayed" if confirm(verdict) else "DOES NOT REPLAY"
            print(f"- {verdict} ({again}).")


def pictures(out: Path) -> None:
    """Pictures: why a rule builds there, what a lie costs, who is treated fairly."""
    from .. import plot

    reports = SCALE.read(anes96("PID"))
    few = SCALE.read([0, 0, 1, 2, 4, 5, 6])
    drawn = {
        "why-there": plot.profile(facility.UniformPhantom(SCALE), few, unit="party, 0 to 6"),
        "what-a-lie-costs": plot.misreports(facility.Mean(SCALE), Instance(SCALE, few), 5),
        "who-is-treated-fairly": plot.fairness(
            reports,
            {
                name: lottery
                for name, mechanism in mechanisms().items()
                if is_finite(lottery := play(mechanism, reports))
            },
            setting=SCALE,
            unit="party, 0 to 6",
        ),
    }
    for name, axes in drawn.items():
        figure = axes.get_figure(root=True)
        if figure is not None:
            plot.save(figure, out / f"{name}.png")
            print(f"- {out / name}.png")
    worst = worst_case(facility.UniformPhantom(), Utilitarian(), Line(0, 1), agents=3)
    print(f"\nHow good is it?  {worst}.")


def best(out: Path) -> None:
    """The best mechanism: what no other with these axioms can beat, or why there is none."""
    from .. import plot

    points = Line(0, 1).grid(4)
    found = optimize(MaxCost(), [Strategyproof()], points, agents=2)
    print(f"{found}.  The proof:\n")
    if isinstance(found, Designed):
        print(found.proof())
        plot.save(plot.optimal_map(found), out / "the-best-for-two.png")
        print(f"\nA picture of it: {out / 'the-best-for-two.png'}\n")
    halves = Line(0, 1).grid(2)
    print(f"{optimize(MaxCost(), [Strategyproof(), StronglyProportional()], halves, agents=2)}.")


def families(out: Path) -> None:
    """The same words for every family."""
    asked: tuple[Callable[[], list[Verdict]], ...] = (
        _families.auctions,
        _families.information,
        _families.budgeting,
        _families.allocation,
        _families.voting,
    )
    for ask in tqdm(asked, desc="families", leave=False, disable=None):
        print(f"{ask.__name__.capitalize()}. {ask.__doc__}")
        for verdict in ask():
            print(f"- {verdict.word}: {verdict}.")
        print()
    print(f"{_families.program.__doc__}\n{_families.program()}")


def catalogue(out: Path) -> None:
    """The catalogue: every claim made of every mechanism, re-derived now."""
    shipped = entries()
    results = verifying.rederive(shipped, shipped)
    print(f"{verifying.tables(results)}\n\n{verifying.count(results)}")
