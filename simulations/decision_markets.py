r"""Do agents learn to be honest in a decision market?

**Question.**  There are two buckets, one of which will be opened.  Bucket A holds a prize with
probability .5, bucket B with .4.  Three agents come one after the other.  Each has seen a signal of
each bucket, right with probability .6 of A and .9 of B, and moves the market's prediction of bucket
:math:`k`, in logits, by :math:`c_k + a_k x_k`, where :math:`x_k = \pm 1` is the signal.  Bayes'
rule is :math:`c_k = 0` and :math:`a_k` the logit of the accuracy.  Agents learn :math:`c` and
:math:`a` by a policy gradient (REINFORCE, noise .3) from what the market pays: how much their
prediction of the bucket that was opened improves the score.  Does that make them honest, and which
bucket is opened?

**What the table answers.**  One row a market, scoring rule, replicate and step.  A step is a batch
of 4096 plays.  Markets are ``stochastic`` (the bucket that looks better is opened with probability
.8, and scores are divided by the probability), ``unweighted`` (the same without the division),
``deterministic`` (it is opened for sure) and ``one agent`` (who has all signals; stochastic).

- ``step``: how many updates there were.
- ``prize``: the probability that the bucket that looks better holds a prize, computed exactly, as a
  share of what all signals allow.
- ``sharpness A``, ``sharpness B``: the mean of :math:`a_k` as a share of Bayes' rule; 1 is honest.
- ``bias``: the mean of :math:`c_B - c_A`, how much bucket B is talked up; 0 is honest.

**What is found.**  Where scores are divided by the chances of buckets, agents get honest, as nearly
as the noise of their reports lets them (sharpness 1.02 to 1.07 of B, up to 1.14 of A), and choose
as well as one agent who knows all.  Without the division each talks bucket B up, by about .3, and
with the logarithmic score reports four fifths of what it knows of it (quadratic: nine tenths).
Where the better-looking bucket is opened for sure, it is by .4, and a half (quadratic: three
fifths, and still falling): agents earn more if B is opened, of which they know more, and so keep
bad news of it back.  That costs 3 of 100 prizes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product as every
from typing import Any

import numpy as np

from mechsim.population import FloatArray
from mechsim.studies import Results, Study, product

AGENTS = 3
PRIOR: FloatArray = np.array([0.5, 0.4])
RIGHT: FloatArray = np.array([0.6, 0.9])
BAYES: FloatArray = np.log(RIGHT / (1 - RIGHT))
START: FloatArray = np.log(PRIOR / (1 - PRIOR))
BATCH, STEPS, EVERY = 4096, 240, 20
NOISE, RATE, TIE = 0.3, 0.8, 1e-12

Score = Callable[[FloatArray, Any], FloatArray]


def logarithmic(logit: FloatArray, prize: Any) -> FloatArray:
    """The logarithm of the probability given to what came true."""
    return -np.logaddexp(0.0, np.where(prize, -logit, logit))


def quadratic(logit: FloatArray, prize: Any) -> FloatArray:
    """Minus twice the squared error."""
    p = 1 / (1 + np.exp(-logit))
    return np.asarray(-2 * (prize - p) ** 2)


@dataclass(frozen=True)
class Scoring:
    """A scoring rule, and what it is called."""

    name: str
    score: Score

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Market:
    """How often the better-looking bucket is opened, whether that is divided by, and who plays."""

    name: str
    better: float
    weighted: bool
    agents: int = AGENTS

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    market: Market
    scoring: Scoring


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, Any]:
    """The course of learning, read every few steps; parameters are (agents, c and a, buckets)."""
    learned = np.zeros((point.market.agents, 2, 2))
    learned[:, 1] = rng.uniform(0.5, 1.5, (point.market.agents, 2)) * BAYES
    honest = np.broadcast_to(np.stack([np.zeros(2), BAYES]), (AGENTS, 2, 2))
    names = ("step", "prize", "sharpness A", "sharpness B", "bias")
    found: dict[str, list[float]] = {name: [] for name in names}
    for step in range(STEPS + 1):
        if step % EVERY == 0:
            found["step"].append(step)
            found["prize"].append(prize(learned) / prize(honest))
            sharp_a, sharp_b = (learned[:, 1] / BAYES).mean(axis=0).tolist()
            found["sharpness A"].append(sharp_a)
            found["sharpness B"].append(sharp_b)
            found["bias"].append(float(np.diff(learned[:, 0]).mean()))
        learned += RATE / (1 + step / 100) * gradient(point, learned, rng)
    return found


def gradient(point: Point, learned: FloatArray, rng: np.random.Generator) -> FloatArray:
    """An estimate from a batch of plays, shaped as the parameters."""
    market, score = point.market, point.scoring.score
    prizes = rng.random((BATCH, 2)) < PRIOR
    right = rng.random((BATCH, AGENTS, 2)) < RIGHT
    seen = np.where(right == prizes[:, None], 1.0, -1.0)
    if market.agents == 1:
        seen = seen.sum(axis=1, keepdims=True)
    noise = NOISE * rng.standard_normal((BATCH, market.agents, 2))
    moves = np.cumsum(learned[:, 0] + learned[:, 1] * seen + noise, axis=1)
    logits = START + np.concatenate([np.zeros((BATCH, 1, 2)), moves], axis=1)
    second_looks_better = logits[:, -1, 1] > logits[:, -1, 0]
    as_ranked = rng.random(BATCH) < market.better
    opened = np.where(as_ranked == second_looks_better, 1, 0)
    plays = np.arange(BATCH)
    earned = np.diff(score(logits[plays, :, opened], prizes[plays, opened][:, None]), axis=1)
    if market.weighted:
        earned /= np.where(as_ranked, market.better, 1 - market.better)[:, None]
    surprise = (earned - earned.mean(axis=0))[:, :, None] * noise / (NOISE**2 * BATCH)
    return np.stack([surprise.sum(axis=0), (surprise * seen).sum(axis=0)], axis=1)


@cache
def profiles() -> tuple[FloatArray, FloatArray]:
    """All signals (profiles, agents, 2), and how likely each is with a prize in each bucket."""
    seen = np.array(list(every((1.0, -1.0), repeat=2 * AGENTS))).reshape(-1, AGENTS, 2)
    full = PRIOR * np.where(seen > 0, RIGHT, 1 - RIGHT).prod(axis=1)
    empty = (1 - PRIOR) * np.where(seen > 0, 1 - RIGHT, RIGHT).prod(axis=1)
    return seen, full * (full + empty)[:, ::-1]


def prize(learned: FloatArray) -> float:
    """How likely the bucket that looks better holds a prize, if nobody adds noise; exactly."""
    seen, likely = profiles()
    if len(learned) == 1:
        seen = seen.sum(axis=1, keepdims=True)
    moves: FloatArray = (learned[:, 0] + learned[:, 1] * seen).sum(axis=1)
    gap: FloatArray = START[0] - START[1] + moves[:, 0] - moves[:, 1]
    share = np.where(gap > TIE, 1.0, np.where(gap < -TIE, 0.0, 0.5))
    return float((share * likely[:, 0] + (1 - share) * likely[:, 1]).sum())


def figure(results: Results) -> Any:
    """Prize, sharpness and cross terms, step by step."""
    from mechsim import plot

    measures = {
        "prize": "prizes, as a share\nof what signals allow",
        "sharpness A": "sharpness of reports\nof bucket A (1 is honest)",
        "sharpness B": "sharpness of reports\nof bucket B (1 is honest)",
        "bias": "how much bucket B is\ntalked up (0 is honest)",
    }
    return plot.curves(results.summary(), measures, along="step", series="market", panels="scoring")


MARKETS = (
    Market("stochastic", 0.8, weighted=True),
    Market("unweighted", 0.8, weighted=False),
    Market("deterministic", 1.0, weighted=False),
    Market("one agent", 0.8, weighted=True, agents=1),
)
SCORINGS = (Scoring("logarithmic", logarithmic), Scoring("quadratic", quadratic))
POINTS = product(Point, MARKETS, SCORINGS)
STUDY = Study(
    name="decision-markets",
    question="Do agents learn to be honest in a decision market?",
    points=POINTS,
    measure=measure,
    replicates=30,
    common=("market", "scoring"),
    quick_points=tuple(point for point in POINTS if point.scoring.name == "logarithmic"),
    figure=figure,
    conclusion="Divided by chances, scores teach honesty; markets choose as well as one agent who "
    "knows all.\nIf the better-looking bucket is opened for sure, agents keep bad news back.",
    index="step",
)
