"""``mechsim auction``: who is shown where for the bids in a file, what it brings and costs."""

import argparse
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from .._json import JSON, encode
from .._numbers import Number, show
from .._tables import Table
from .._text import many
from ..auctions import GSP, VCG, FirstPrice, OddsCascade, SponsoredFirstPrice, SponsoredVCG
from ..lottery import is_finite
from ..mechanism import play
from ..preferences import Cascade, Matrix, Multinomial, Positions, Sponsored
from ..preferences.bid_files import BidFile, read_bids
from ..preferences.surveys import parse
from . import _arguments, exits


@dataclass(frozen=True)
class Way:
    """A mechanism of the command line: its click model, and the auction."""

    clicks: str
    auction: Any


WAYS = {
    "mnl-vcg": Way("mnl", SponsoredVCG),
    "mnl-first-price": Way("mnl", SponsoredFirstPrice),
    "cascade-vcg": Way("cascade", SponsoredVCG),
    "odds-cascade": Way("cascade", OddsCascade),
    "assignment-vcg": Way("matrix", SponsoredVCG),
    "assignment-first-price": Way("matrix", SponsoredFirstPrice),
    "vcg": Way("separable", VCG),
    "gsp": Way("separable", GSP),
    "first-price": Way("separable", FirstPrice),
}


def add_to(subcommands: _arguments.Subcommands) -> None:
    """Describe the subcommand."""
    parser = subcommands.add_parser(
        "auction",
        help="Sell positions to the bidders in a file.",
        description=(
            "Read one bidder a row (bidder, value, slot1, slot2, ...: the probability of a click "
            "at each position, shown alone), sell the positions, and say who is where, how many "
            "clicks that brings, and what is paid.  Ties go to earlier bidders and positions."
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv or .parquet file")
    parser.add_argument("--mechanism", required=True, choices=tuple(WAYS), metavar="NAME",
                        help=", ".join(WAYS))  # fmt: skip
    parser.add_argument("--capacity", type=int, metavar="K", help="how many are shown at most")
    parser.add_argument(
        "--weights", action="store_true", help="the entries are weights w of the mnl model"
    )
    parser.add_argument(
        "--effects",
        metavar="A,B,...",
        help="clicks of each position, falling, for vcg, gsp and first-price; the file may have "
        "a column quality",
    )
    _arguments.add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a table or JSON."""
    way = WAYS[options.mechanism]
    bids = read_bids(options.file)
    setting = _setting(way, bids, options)
    lottery = play(way.auction(setting), bids.values)
    if not is_finite(lottery):
        raise ValueError(f"mechanism is {options.mechanism}: its lottery is not listed")
    sold = _sold(setting, bids, lottery.probability)
    if options.json:
        _arguments.print_json("auction", _plain(options, bids, sold))
        return exits.DONE
    print(f"{many(len(bids.bidders), 'bidder')}, {options.mechanism}\n\n{_table(sold)}")
    total = sum((row.payment for row in sold), Fraction(0))
    welfare = sum((row.value * row.clicks for row in sold), Fraction(0))
    print(f"\nrevenue {_short(total)}, welfare {_short(welfare)}; ties go to earlier bidders")
    return exits.DONE


def _setting(way: Way, bids: BidFile, options: argparse.Namespace) -> Any:
    if way.clicks == "separable":
        if options.effects is None or bids.slots:
            raise ValueError(
                f"mechanism is {options.mechanism}: it needs --effects, and no columns slot1, ..."
            )
        if options.capacity is not None:
            raise ValueError("capacity is given: the effects say how many positions there are")
        effects = tuple(parse(text.strip()) for text in options.effects.split(","))
        return Positions(effects, bids.qualities, agents=bids.bidders)
    if options.effects is not None or bids.qualities or not bids.slots:
        raise ValueError(
            f"mechanism is {options.mechanism}: it needs columns slot1, slot2, ..., and neither "
            "quality nor --effects"
        )
    if options.weights and way.clicks != "mnl":
        raise ValueError(f"weights are given: {options.mechanism} needs probabilities")
    if way.clicks == "mnl":
        made = Multinomial if options.weights else Multinomial.of_probabilities
        model: Any = made(bids.slots, options.capacity)
    else:
        model = {"cascade": Cascade, "matrix": Matrix}[way.clicks](bids.slots, options.capacity)
    return Sponsored(model, agents=bids.bidders)


@dataclass(frozen=True)
class Row:
    """What becomes of a bidder, in expectation; its position where that is sure."""

    bidder: str
    value: Number
    position: int | None
    shown: Fraction
    clicks: Number
    payment: Number


def _sold(setting: Any, bids: BidFile, drawn: Any) -> list[Row]:
    rows: list[Row] = []
    for i, name in enumerate(bids.bidders):
        shown, clicks, payment = Fraction(0), Fraction(0), Fraction(0)
        position: int | None = None
        for priced, chance in drawn.items():
            where, rate = _place(setting, priced.alternative, i)
            if where is not None:
                position, shown = where, shown + chance
            clicks += chance * rate
            payment += chance * priced.payments[i]
        rows.append(Row(name, bids.values[i], position, shown, clicks, payment))
    return rows


def _place(setting: Any, alternative: Any, bidder: int) -> tuple[int | None, Any]:
    """Where a bidder is shown, counted from 1, and its clicks."""
    if isinstance(setting, Positions):
        slot = alternative[bidder]
        return None if slot is None else slot + 1, setting.clicks(bidder, slot)
    where = next((j + 1 for i, j in alternative if i == bidder), None)
    return where, setting.model.clicks(alternative)[bidder]


def _table(sold: list[Row]) -> Table:
    header = ["bidder", "value", "position", "clicks", "pays", "per click", "utility"]
    thinned = any(row.shown not in (0, 1) for row in sold)
    if thinned:
        header.insert(3, "shown")
    rows: list[tuple[str, ...]] = []
    for row in sold:
        cells = [
            row.bidder,
            show(row.value),
            "-" if row.position is None else str(row.position),
            _short(row.clicks),
            _short(row.payment),
            "-" if row.clicks == 0 else _short(row.payment / row.clicks),
            _short(row.value * row.clicks - row.payment),
        ]
        if thinned:
            cells.insert(3, _short(row.shown))
        rows.append(tuple(cells))
    return Table(tuple(header), tuple(rows))


def _short(number: Any) -> str:
    return f"{float(number):.4g}"


def _plain(options: argparse.Namespace, bids: BidFile, sold: list[Row]) -> dict[str, JSON]:
    listed: list[JSON] = [
        {
            "bidder": row.bidder,
            "value": encode(row.value),
            "position": row.position,
            "shown": encode(row.shown),
            "clicks": encode(row.clicks),
            "payment": encode(row.payment),
            "per_click": None if row.clicks == 0 else encode(row.payment / row.clicks),
        }
        for row in sold
    ]
    return {
        "file": bids.source,
        "mechanism": options.mechanism,
        "capacity": options.capacity,
        "ties": "earlier bidders and positions",
        "bidders": listed,
    }
