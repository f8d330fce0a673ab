r"""Betting against mechanisms that are known by their draws only.

An axiom says that some number is not positive on average, in each of its cases (`Expectation`).
One purse bets on all of them.  For the next draw a case and a stake are chosen, by whatever was
drawn before; the number drawn there, less what counts as rounding and over its bound, is
:math:`X_t \ge -1`, and the purse becomes :math:`W_t = W_{t-1} (1 + \lambda_t X_t)`.

*The level.*  Let the axiom hold in every case.  Draws are independent, so given the past the next
one has the mean of the case that the past has chosen, which is not positive; hence
:math:`E[W_t \mid \text{past}] = W_{t-1}(1 + \lambda_t E[X_t \mid \text{past}]) \le W_{t-1}`.  With
:math:`0 \le \lambda_t < 1` the purse stays non-negative, so by Ville's inequality it ever reaches
:math:`1/\alpha` with probability at most :math:`\alpha`.  This holds for every way of choosing
cases and stakes from the past, with no correction for how many were tried.

*What is assumed.*  That stretches of a counter-based generator are independent draws; that the
mechanism keeps nothing from one draw to the next; that the bounds are bounds.

*What is chosen.*  The case with the highest upper confidence bound, so that most draws go where a
violation is likely (UCB1, with the spread that is seen).  The first draws at a case are for looking
only, and nothing is staked where what was seen speaks against it; the stakes there are those of a
purse that has been betting on this case alone (see `mechsim.proving.betting`).
"""

import math
from collections.abc import Iterator
from itertools import chain, count, islice
from typing import Any

import numpy as np

from .._numbers import real, whole
from .._text import brief
from ..axioms import (
    Axiom,
    Bets,
    ExPost,
    Misbehaved,
    OutcomeAxiom,
    Refuted,
    RefutedAt,
    Survived,
    Unknown,
    Verdict,
    lift,
    shrink,
)
from ..axioms._memory import Misbehaviour, watched
from ..axioms._patience import ticking
from ..axioms.verdict import Played
from ..budget import SWEPT_A_CALL, Budget, require_budget
from ..sampler import FromUniforms, Sampler, Seeded, Stream, as_sampler
from ..setting import Domain, Instance, Setting, Undecided
from .betting import interval, log_purse, lower_end, parts
from .expected import Expectation, expectations, in_arrays
from .quest import Quest, Stopped, Swept
from .search import Searched, search
from .strategies import ways
from .table_of_bets import FIRST, KEPT, Arm, Table, most_hopeful

ALPHA = 0.05
"""The level, unless another is asked for."""

BLOCK = 4_096
"""Draws at a time, at most."""

A_CASE = 64
"""Draws of the budget for which one more case is bet on."""

MOST = 1_024
"""Cases bet on, at most."""

WRITTEN = 1_000_000
"""Reports that all cases together may have: each is written out, and so much is a minute's work."""

TRIED = 64
"""Steps of a search for each case that is wanted, at most."""

FRESH, FRESH_AT_ONCE = 1_000, 2**13
"""Draws, at least, by which a violation is estimated after it was found; and in batches."""

SEEDS = 8
"""Generators from which outcomes are drawn that are judged ex post."""


def bet_against(
    mechanism: Any,
    axiom: Axiom | OutcomeAxiom,
    setting: Setting,
    *,
    agents: int,
    budget: Budget = Budget(),
    alpha: float = ALPHA,
    bound: float | None = None,
) -> Verdict:
    r"""What draws of ``mechanism`` say about ``axiom``; it never proves.

    Parameters
    ----------
    mechanism : Sampler or function of ``(reports, rng)``
        `Sampled`, `FromUniforms`, or a plain function that draws one outcome.
    axiom : Axiom or OutcomeAxiom
        In expectation: `Strategyproof`, `SDStrategyproof`, `ExAnte`, `WithProbability`.  An
        outcome axiom is read ex post: an outcome that breaks it refutes, with the seed that draws
        it.
    setting : Setting
        One that bounds what a draw may be worth: by ``spread(agent, type)``, as `Line`, or by
        listing ``alternatives(agents)``.
    agents : int
        How many agents report; at most a million, and of many there are fewer cases.
    budget : Budget
        How often the mechanism may be played; a draw that compares two profiles plays twice.
    alpha : float
        The level: how likely a refutation may be if the axiom holds.
    bound : float, optional
        How far from 0 a draw of the violation can be, where the setting does not say.  It is
        granted, and the verdict says so.

    Returns
    -------
    Verdict
        `RefutedAt`, `Survived`, `Misbehaved`, `Unknown`; ex post `Refuted`.

    Notes
    -----
    At one case a mean violation of g is found after about
    :math:`2 \sigma^2 \log(1/\alpha) / g^2` draws, with :math:`\sigma^2` the variance of the
    difference, both as shares of the bound.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.preferences import Line
    >>> def about_the_mean(reports, rng):
    ...     mean = float(sum(reports)) / len(reports)
    ...     return min(1.0, max(0.0, mean + rng.uniform(-0.1, 0.1)))
    >>> found = bet_against(about_the_mean, Strategyproof(), Line(0, 1), agents=2)
    >>> found.word, found.e_value >= 20
    ('refuted at level alpha', True)
    """
    if whole(agents, "agents", least=1) > WRITTEN:
        raise ValueError(
            f"agents is {agents:,}: the report of each is written out in every case, which is "
            f"done for at most {WRITTEN:,}"
        )
    require_budget(budget)
    if not hasattr(setting, "types"):
        raise ValueError(f"setting is {brief(setting)}: it must have types and value")
    if not 0 < real(alpha, "alpha") < 1:
        raise ValueError(f"alpha is {alpha!r}: it must be between 0 and 1")
    if bound is not None and not real(bound, "bound") > 0:
        raise ValueError(f"bound is {bound!r}: it must be positive and finite")
    sampler = as_sampler(mechanism)
    if sampler is None:
        raise ValueError(
            f"mechanism is {brief(mechanism)}: it must draw, as a function of (reports, rng) does"
        )
    read = lift(axiom)
    if isinstance(read, ExPost):
        return _drawn_ex_post(sampler, read, setting, agents, budget)
    words, key = np.random.SeedSequence(budget.seed).spawn(2)
    high, low = key.generate_state(2, np.uint64).tolist()
    table = Table(sampler, setting, Stream((high, low)))
    try:
        with ticking():
            return _bets(table, read, agents, budget, alpha, bound, words)
    except Misbehaviour as what:
        return Misbehaved(sampler, read, Played(Instance(setting, what.reports)), str(what))
    except Stopped as end:
        return Unknown(sampler, read, str(end.why), 0)
    except Undecided as why:
        return Unknown(sampler, read, str(why), 0)


def _bets(
    table: Table,
    axiom: Axiom,
    agents: int,
    budget: Budget,
    alpha: float,
    bound: float | None,
    words: np.random.SeedSequence,
) -> Verdict:
    bets = _all_bets(table, axiom, agents, budget, bound, words)
    seen = np.zeros((len(bets), 3))
    arms = [Arm(what, row) for what, row in zip(bets, seen, strict=True)]
    if not arms:
        return Unknown(table.sampler, axiom, "no case arose that could be bet on", 0)
    purse, interrupted = 0.0, False
    try:
        while table.calls < budget.calls:
            arm = arms[most_hopeful(seen)]
            if not arm.drawn:
                table.require_alike(arm.what)
            before = log_purse(arm.logs)
            shares = table.draw(arm.what, min(BLOCK, max(FIRST, arm.drawn // 2)))
            logs = parts(shares, arm.logs)
            if arm.drawn and before > 0:
                path = purse + log_purse(logs) - before
                won = np.flatnonzero(path >= -math.log(alpha))
                if len(won):
                    arm.add(shares, logs[:, -1])
                    e_value = math.exp(path[won[0]])
                    return _refuted(table, axiom, arm, alpha, e_value, len(arms), bound, budget)
                purse = float(path[-1])
            arm.add(shares, logs[:, -1])
    except KeyboardInterrupt:
        interrupted = True
    most = max(arms, key=lambda one: one.drawn)
    if not most.drawn:
        return Unknown(table.sampler, axiom, "nothing was drawn: it was interrupted", 0)
    shares = most.shares
    margin = float(shares.mean()) - lower_end(shares, alpha)
    tried = [arm for arm in arms if arm.drawn]
    fewest = min(arm.drawn for arm in tried)
    worth = Bets(table.draws, alpha, fewest, len(shares), margin * most.what.unit)
    profiles = len({arm.what.case.instance.reports for arm in tried})
    noun = "agent" if agents == 1 else "agents"
    where = f"{agents} {noun} on {brief(table.setting)}"
    return Survived(
        table.sampler, axiom, where, profiles, len(tried), True, interrupted=interrupted, bets=worth
    )


def _refuted(
    table: Table,
    axiom: Axiom,
    arm: Arm,
    alpha: float,
    e_value: float,
    candidates: int,
    bound: float | None,
    budget: Budget,
) -> RefutedAt:
    """The verdict, with an estimate by draws that had no part in finding the case."""
    batches = isinstance(table.sampler, FromUniforms) and in_arrays(axiom, table.setting)
    spent = table.draws
    size = max(FRESH_AT_ONCE if batches else FRESH, min(arm.drawn, KEPT))
    shares = np.concatenate(
        [table.draw(arm.what, min(BLOCK, size - k)) for k in range(0, size, BLOCK)]
    )
    low, high = map(arm.what.number, interval(shares, alpha))
    return RefutedAt(
        table.sampler,
        axiom,
        arm.what.case,
        alpha,
        e_value,
        arm.what.number(float(shares.mean())),
        (low, high),
        size,
        spent,
        candidates,
        arm.what.bound,
        bound is not None,
        budget,
    )


def _all_bets(
    table: Table,
    axiom: Axiom,
    agents: int,
    budget: Budget,
    bound: float | None,
    words: np.random.SeedSequence,
) -> list[Expectation]:
    """What to bet on: all cases that there are, or as many as the budget allows."""
    batches = isinstance(table.sampler, FromUniforms) and in_arrays(axiom, table.setting)
    draws = budget.calls * (SWEPT_A_CALL if batches else 1) // 2
    most = max(1, min(MOST, draws // A_CASE, WRITTEN // agents))
    cases = _listed(axiom, table.setting, agents, most)
    if cases is None:
        cases = list(islice(_sought(table, axiom, agents, words, most), most))
    every = chain.from_iterable(expectations(axiom, case, bound) for case in cases)
    return list(islice(every, MOST))


def _listed(axiom: Axiom, setting: Any, agents: int, most: int) -> list[Any] | None:
    """All cases of a finite setting, if they are few enough."""
    if not all(setting.types(agent) for agent in range(agents)):
        return None
    domain = Domain(setting, agents)
    if domain.size > most:
        return None
    every = chain.from_iterable(axiom.cases(instance) for instance in domain)
    cases = list(islice(every, most + 1))
    return cases if len(cases) <= most else None


def _sought(
    table: Table, axiom: Axiom, agents: int, words: np.random.SeedSequence, most: int
) -> Iterator[Any]:
    """Different cases, as the ways of a search propose them in turn."""
    setting, chosen = table.setting, ways(table.setting, agents)
    recalled = watched(table.sampler, setting)
    looks = [
        look(Quest(axiom, table.sampler, recalled, setting, agents, np.random.default_rng(own)))
        for (_, _, look), own in zip(chosen, words.spawn(len(chosen)), strict=True)
    ]
    seen: set[Any] = set()
    for step in count():
        if not looks or step >= TRIED * most:
            return
        look = looks[step % len(looks)]
        try:
            case = next(one for one in look if one is not None and not isinstance(one, Swept))
        except (StopIteration, Undecided):  # some ask what is expected
            looks.remove(look)
            continue
        if case not in seen:
            seen.add(case)
            yield case


def _drawn_ex_post(
    sampler: Sampler, axiom: ExPost, setting: Any, agents: int, budget: Budget
) -> Verdict:
    """What a search of the rules finds that the mechanism becomes with a few seeds."""
    noun = "agent" if agents == 1 else "agents"
    where = f"{agents} {noun} on {brief(setting)}, drawn with each of {SEEDS} seeds"
    cases = calls = 0
    rounded = interrupted = False
    seeds = np.random.SeedSequence(budget.seed).generate_state(SEEDS).tolist()
    for seed in seeds:
        rule = Seeded(sampler, int(seed))
        part = Budget(max(1, budget.calls // SEEDS), budget.seed)
        found = search(axiom, rule, setting, agents=agents, budget=part)
        if isinstance(found, Refuted):
            return shrink(found)
        if not isinstance(found, Searched):
            return found
        cases, calls = cases + found.cases, calls + found.calls
        rounded, interrupted = rounded or found.rounded, interrupted or found.interrupted
        if interrupted:
            break
    if not cases:
        return Unknown(sampler, axiom, "no case arose", 0)
    return Survived(sampler, axiom, where, calls, cases, rounded, interrupted=interrupted)


def replay(found: RefutedAt) -> bool:
    """Whether the same bets, made afresh, end as ``found`` says, in every number.

    It takes as long as finding it did.

    Examples
    --------
    >>> from mechsim.axioms import Strategyproof
    >>> from mechsim.preferences import Line
    >>> def a_coin_or_the_mean(reports, rng):
    ...     return float(sum(reports)) / len(reports) if rng.random() < 0.9 else min(reports)
    >>> replay(bet_against(a_coin_or_the_mean, Strategyproof(), Line(0, 1), agents=2))
    True
    """
    instance = found.case.instance
    again = bet_against(
        found.mechanism,
        found.axiom,
        instance.setting,
        agents=instance.agents,
        budget=found.budget,
        alpha=found.alpha,
        bound=found.bound if found.granted else None,
    )
    return again == found
