"""Bets against samplers: how often they are wrong, how soon they find a gain, and their speed.

``python -m benchmarks.sampling [--quick] [--write]``
"""

import argparse
import math
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from mechsim import FromUniforms, Line, RefutedAt, Strategyproof, Survived
from mechsim.budget import SWEPT_A_CALL, Budget
from mechsim.population import FloatArray
from mechsim.proving import bet_against
from mechsim.proving.betting import log_e_values

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "power.md"
BEGIN, END = "<!-- the table of bets begins -->", "<!-- the table of bets ends -->"

ALPHA = 0.05
CHUNK = 25
"""Runs that are looked at together."""

TRUTH, LIE, AGENT = np.array([0.3, 0.9]), np.array([0.3, 1.0]), 1
NAIVE_FROM = 30
"""Draws before anybody trusts a normal law."""

Stops: TypeAlias = npt.NDArray[np.bool_]

Monitor: TypeAlias = Callable[[FloatArray], Stops]
"""(runs, draws) to whether each run is stopped at each look."""

Law: TypeAlias = Callable[[np.random.Generator, tuple[int, int]], FloatArray]
"""Differences of a shape."""


def mixed(often: float, reports: FloatArray, uniforms: FloatArray) -> FloatArray:
    """The mean so often, else anybody's report.

    Of two agents, one gains by a lie if and only if the mean is chosen more than half of the time.
    """
    ranked, u = np.sort(reports), uniforms[:, 0]
    place = ((u - often) / (1 - often) * len(reports)).astype(int)
    drawn: FloatArray = np.where(
        u < often, reports.mean(), ranked[np.clip(place, 0, len(reports) - 1)]
    )
    return drawn


def differences(
    often: float, common: bool, rng: np.random.Generator, shape: tuple[int, int]
) -> FloatArray:
    """What the agent at 0.9 gains by reporting 1: on average a tenth of the share above a half."""
    u = rng.random(math.prod(shape))
    v = u if common else rng.random(math.prod(shape))
    honest, lied = mixed(often, TRUTH, u[:, None]), mixed(often, LIE, v[:, None])
    gains: FloatArray = np.abs(TRUTH[AGENT] - honest) - np.abs(TRUTH[AGENT] - lied)
    return gains.reshape(shape)


def coin(rng: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
    """The whole bound, up or down."""
    return 2.0 * rng.integers(2, size=shape) - 1


def rare_loss(rng: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
    """A small gain almost always, and seldom the whole bound lost; 0 on average."""
    drawn: FloatArray = np.where(rng.random(shape) < 1 / 1.01, 0.01, -1.0).astype(np.float64)
    return drawn


def counted(draws: FloatArray) -> FloatArray:
    """1, 2, ... for the draws of a run."""
    return np.arange(1.0, draws.shape[-1] + 1.0, dtype=np.float64)


def betting(draws: FloatArray) -> Stops:
    """The purse over constant stakes that the library uses."""
    return log_e_values(draws) >= -math.log(ALPHA)


def plug_in(draws: FloatArray) -> Stops:
    """One stake, the mean over the second moment of the past, at most a half (aGRAPA)."""
    n = counted(draws)
    mean = np.cumsum(draws, axis=-1) / (n + 1)
    variance = (0.25 + np.cumsum((draws - mean) ** 2, axis=-1)) / (n + 1)
    stake = np.zeros_like(draws)
    stake[..., 1:] = np.clip(mean / (variance + mean**2), 0, 0.5)[..., :-1]
    return np.cumsum(np.log1p(stake * draws), axis=-1) >= -math.log(ALPHA)


def empirical_bernstein(draws: FloatArray) -> Stops:
    """A confidence sequence with plugged-in variances lies above 0."""
    x, n = (draws + 1) / 2, counted(draws)
    mean = (0.5 + np.cumsum(x, axis=-1)) / (n + 1)
    variance = (0.25 + np.cumsum((x - mean) ** 2, axis=-1)) / (n + 1)
    before, spread = np.full_like(x, 0.5), np.full_like(x, 0.25)
    before[..., 1:], spread[..., 1:] = mean[..., :-1], variance[..., :-1]
    stake = np.minimum(np.sqrt(2 * math.log(1 / ALPHA) / (spread * n * np.log(1 + n))), 0.5)
    cost = -np.log1p(-stake) - stake
    won = np.cumsum(stake * (x - 0.5) - (x - before) ** 2 * cost, axis=-1)
    return won >= -math.log(ALPHA)


def hoeffding(draws: FloatArray) -> Stops:
    """A confidence sequence that knows the bound only lies above 0."""
    n = counted(draws)
    stake = np.minimum(np.sqrt(2 * math.log(1 / ALPHA) / (n * np.log(1 + n))), 0.5)
    return np.cumsum(stake * draws - stake**2 / 2, axis=-1) >= -math.log(ALPHA)


def naive(draws: FloatArray) -> Stops:
    """A one-sided z-test at 5 %, made anew after every draw."""
    n = counted(draws)
    mean = np.cumsum(draws, axis=-1) / n
    variance = np.maximum(np.cumsum(draws**2, axis=-1) / n - mean**2, 1e-12)
    stopped: Stops = mean * np.sqrt(n / variance) > 1.6449
    stopped[..., :NAIVE_FROM] = False
    return stopped


MONITORS: dict[str, Monitor] = {
    "bets (here)": betting,
    "plug-in bets": plug_in,
    "empirical Bernstein": empirical_bernstein,
    "Hoeffding": hoeffding,
    "repeated z-test": naive,
}


def stops(law: Law, monitor: Monitor, runs: int, draws: int, seed: int = 0) -> FloatArray:
    """After how many draws each run stopped; infinity where it did not."""
    rng = np.random.default_rng(seed)
    found: list[FloatArray] = []
    for first in range(0, runs, CHUNK):
        stopped = monitor(law(rng, (min(CHUNK, runs - first), draws)))
        found.append(np.where(stopped.any(axis=-1), stopped.argmax(axis=-1) + 1.0, np.inf))
    return np.concatenate(found)


HARMLESS: dict[str, Law] = {
    "a sampler on the boundary, common random numbers": partial(differences, 0.5, True),
    "the same, independent random numbers": partial(differences, 0.5, False),
    "a fair coin of the whole bound": coin,
    "a small gain and a rare loss": rare_loss,
}


def alarms(runs: int, draws: int) -> Iterator[tuple[str, ...]]:
    """One row a law of mean 0: how many runs stopped at one of the looks after every draw."""
    for name, law in HARMLESS.items():
        shares = (np.isfinite(stops(law, one, runs, draws)).mean() for one in MONITORS.values())
        yield (name, *(f"{100 * share:.1f} %" for share in shares))


def power(runs: int, draws: int) -> Iterator[tuple[str, ...]]:
    """One row a gain: the median of the draws until it is found, and how often within 3,000."""
    for gain in (0.005, 0.01, 0.02):
        for common in (True, False):
            law = partial(differences, 0.5 + gain / 0.1, common)
            told: list[str] = []
            for monitor in list(MONITORS.values())[:-1]:
                found = stops(law, monitor, runs, draws)
                median = float(np.median(found))
                soon = 100 * float((found <= 3_000).mean())
                count = f"{median:,.0f}" if math.isfinite(median) else f"over {draws:,}"
                told.append(f"{count} ({soon:.0f} %)")
            yield (f"{gain:g}", "common" if common else "independent", *told)


def adaptive(most: int, calls: int) -> Iterator[tuple[str, ...]]:
    """One row a sampler: how many of the runs refute that choose their cases themselves."""
    for often, gain in ((0.5, "none"), (0.52, "up to 0.01"), (0.55, "up to 0.025")):
        runs = most if often == 0.5 else most // 5
        sampler = FromUniforms(partial(mixed, often), 1)
        found: list[float] = []
        cases = total = 0
        began = process_time()
        for seed in range(runs):
            verdict = bet_against(
                sampler, Strategyproof(), Line(0, 1), agents=2, budget=Budget(calls, seed)
            )
            if isinstance(verdict, RefutedAt):
                found.append(float(verdict.spent))
                cases, total = verdict.candidates, total + verdict.spent + verdict.fresh
            if isinstance(verdict, Survived) and verdict.bets is not None:
                cases, total = verdict.cases, total + verdict.bets.draws
        seconds = process_time() - began
        median = f"{np.median(found):,.0f}" if found else ""
        speed = f"{total / seconds / 1e6:.2f}"
        yield gain, f"{runs:,}", str(cases), f"{len(found):,}", median, speed


def markdown(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table for the documentation."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows), ""])


def report(quick: bool) -> str:
    """All tables."""
    runs, draws = (100, 5_000) if quick else (1_000, 20_000)
    few, calls = (50, 40) if quick else (1_000, 80)
    names = tuple(MONITORS)
    return "\n".join(
        [
            f"Of {runs:,} runs in which nobody gains, so many are refuted at one of {draws:,} "
            "looks:",
            "",
            markdown(("law", *names), list(alarms(runs, draws))),
            "Draws until a gain is found, the median, and how often within 3,000:",
            "",
            markdown(("gain", "random numbers", *names[:-1]), list(power(runs // 5, draws))),
            f"Searches that choose their cases, on up to {calls * SWEPT_A_CALL // 2:,} draws, in "
            "millions of draws a second:",
            "",
            markdown(
                ("gain", "runs", "cases", "refuted", "after draws", "speed"),
                list(adaptive(few, calls)),
            ),
        ]
    )


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sampling", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few runs and draws")
    parser.add_argument("--write", action="store_true", help=f"renew the tables in {PAGE.name}")
    options = parser.parse_args()
    told = report(options.quick)
    print(told)
    if options.write:
        text = PAGE.read_text()
        head, rest = text.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n\n{told}\n{END}{tail}")


if __name__ == "__main__":
    main()
