"""Races of information acquisition: writing the program of hiring, and solving one repeatedly."""

import tracemalloc
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linprog

from mechsim.information import Advice, Decision, Hiring, draw_structure
from mechsim.information.learning import Guidance
from mechsim.preferences import Acquisition
from mechsim.program.repeated import Repeated

from .limit import Race

CAP = 4


def structure(experts: int, size: int) -> Acquisition:
    """As many efforts, signals and states as ``size``, with more worlds than states."""
    rng = np.random.default_rng(5)
    return draw_structure(
        rng, experts=experts, efforts=size, signals=size, states=size, worlds=2 * size
    )


def ours(setting: Acquisition) -> Any:
    """The program, exact, from the structure."""
    return Hiring(setting, Decision.guess(setting.states, 10), Fraction(CAP)).program()


def pulp_hiring(setting: Acquisition) -> Any:
    """The same program as one writes it in PuLP, a term at a time."""
    import pulp

    experts, states = setting.experts, setting.states
    efforts = list(product(*([e.name for e in x.efforts] for x in experts)))
    signals = list(product(*(x.signals for x in experts)))
    law = {b: {k: float(p) for k, p in setting.law(b).items()} for b in efforts}
    guess = Decision.guess(states, 10)
    mu = pulp.LpVariable.dicts("mu", efforts, lowBound=0)
    pay = {
        i: pulp.LpVariable.dicts(f"x{i}", (efforts, signals, range(len(states))), lowBound=0)
        for i in range(len(experts))
    }
    model = pulp.LpProblem("hiring", pulp.LpMaximize)
    model += pulp.lpSum(float(guess.worth_of(setting, b)) * mu[b] for b in efforts) - pulp.lpSum(
        p * pay[i][b][s][t]
        for i in range(len(experts))
        for b in efforts
        for (t, s), p in law[b].items()
    )
    model += pulp.lpSum(mu[b] for b in efforts) == 1
    for i, expert in enumerate(experts):
        names = [e.name for e in expert.efforts]
        cost = {e.name: float(e.cost) for e in expert.efforts}
        z = pulp.LpVariable.dicts(f"z{i}", (names, names, expert.signals))
        for b, s, t in product(efforts, signals, range(len(states))):
            model += pay[i][b][s][t] <= CAP * mu[b]
        for asked, other in product(names, repeat=2):
            told = [b for b in efforts if b[i] == asked]
            model += pulp.lpSum(
                p * pay[i][b][s][t] for b in told for (t, s), p in law[b].items()
            ) - pulp.lpSum((cost[asked] - cost[other]) * mu[b] for b in told) >= pulp.lpSum(
                z[asked][other][s] for s in expert.signals
            )
            for seen, said in product(expert.signals, repeat=2):
                model += z[asked][other][seen] >= pulp.lpSum(
                    p * pay[i][b][(*s[:i], said, *s[i + 1 :])][t]
                    for b in told
                    for (t, s), p in law[(*b[:i], other, *b[i + 1 :])].items()
                    if s[i] == seen
                )
    return model


def cvxpy_hiring(setting: Acquisition) -> Any:
    """The same in cvxpy, a constraint a row with numpy sums, ready for HiGHS."""
    import cvxpy as cp

    experts, states = setting.experts, setting.states
    efforts = list(product(*([e.name for e in x.efforts] for x in experts)))
    signals = list(product(*(x.signals for x in experts)))
    place = {s: k for k, s in enumerate(signals)}
    law = np.zeros((len(efforts), len(signals), len(states)))
    for k, b in enumerate(efforts):
        for (t, s), p in setting.law(b).items():
            law[k, place[s], t] = p
    guess = Decision.guess(states, 10)
    worth = np.array([float(guess.worth_of(setting, b)) for b in efforts])
    flat = law.reshape(len(efforts), -1)
    mu = cp.Variable(len(efforts), nonneg=True)
    pay = [cp.Variable(flat.shape, nonneg=True) for _ in experts]
    rows: list[Any] = [cp.sum(mu) == 1]
    for i, expert in enumerate(experts):
        names = [e.name for e in expert.efforts]
        rows.append(
            pay[i]
            <= CAP * cp.reshape(mu, (len(efforts), 1), order="C") @ np.ones((1, flat.shape[1]))
        )
        z = cp.Variable((len(names) ** 2, len(expert.signals)))
        for (a, asked), (o, other) in product(enumerate(names), repeat=2):
            told = [k for k, b in enumerate(efforts) if b[i] == asked]
            gap = float(expert.efforts[a].cost - expert.efforts[o].cost)
            honest = cp.sum(cp.multiply(flat[told], pay[i][told]))
            pair = a * len(names) + o
            rows.append(honest - gap * cp.sum(mu[told]) >= cp.sum(z[pair]))
            into = [efforts.index((*efforts[k][:i], other, *efforts[k][i + 1 :])) for k in told]
            for (g, seen), said in product(enumerate(expert.signals), expert.signals):
                here = [k for k, s in enumerate(signals) if s[i] == seen]
                there = [place[(*signals[k][:i], said, *signals[k][i + 1 :])] for k in here]
                states_ = np.arange(len(states))
                column = (np.array(there)[:, None] * len(states) + states_).ravel()
                weight = law[into][:, here].reshape(len(told), -1)
                lied = cp.sum(cp.multiply(weight, pay[i][told][:, column]))
                rows.append(z[pair, g] >= lied)
    paid = sum(cp.sum(cp.multiply(flat, x)) for x in pay)
    return cp.Problem(cp.Maximize(worth @ mu - paid), rows).get_problem_data(cp.HIGHS)


def memory(job: Callable[[], Any]) -> float:
    """The most that Python and numpy held at once while a job ran, in megabytes."""
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


class Walk:
    """The programs of a learner, as its estimates change from round to round."""

    def __init__(self, rounds: int) -> None:
        two = ("0", "1")
        law: dict[tuple[str, tuple[str, ...]], Fraction] = {
            (state, (one, other)): Fraction(9 if one == state else 1, 20)
            * Fraction(7 if other == state else 3, 10)
            for state, one, other in product(two, repeat=3)
        }
        wants = Decision(two, ((0, 0), (1, 1)))
        advice = Advice(two, (two, two), law, Decision.guess(two), (wants, wants))
        self.guide = Guidance(advice)
        rng = np.random.default_rng(3)
        drawn = rng.multinomial(1, self.guide.law.ravel(), size=rounds + 200).cumsum(axis=0)[200:]
        total = np.arange(200, rounds + 200)[:, None]
        self.laws = (drawn / total).reshape(rounds, *self.guide.law.shape)

    def ours(self) -> None:
        """The last basis, or HiGHS from there."""
        self.guide.program = Repeated(self.guide.program.equations)
        for law in self.laws:
            self.guide.best(np.einsum("iat,st->ias", self.guide.utility, law), 0.05)

    def scipy(self) -> None:
        """A call of linprog for each."""
        self.guide.program = FromNothing(self.guide.program.equations)  # type: ignore[assignment]
        for law in self.laws:
            self.guide.best(np.einsum("iat,st->ias", self.guide.utility, law), 0.05)


class FromNothing(Repeated):
    """The interface of `Repeated`, by scipy's linprog."""

    def maximize(self, objective: Any, matrix: Any, right: Any, /) -> Any:
        """The optimum, found anew."""
        same = self.equations
        found: Any = linprog(
            -objective, matrix[~same], right[~same], matrix[same], right[same], method="highs"
        )
        return found.x


def races(quick: bool) -> Iterator[Race]:
    """Writing against both modelling layers, and solving again against scipy."""
    experts, size = (2, 2) if quick else (3, 3)
    setting = structure(experts, size)
    job = f"write hiring of {experts} experts, {size} efforts, signals and states"
    write = partial(ours, setting)
    peers = (("PuLP, a term at a time", pulp_hiring), ("cvxpy, a row at a time", cvxpy_hiring))
    for name, rival in peers:
        yield Race(job, write, name, partial(rival, setting), 20, rounds=3)
    walk = Walk(60 if quick else 600)
    job = f"solve a learner's program {len(walk.laws)} times"
    yield Race(job, walk.ours, "scipy.linprog", walk.scipy, 10, rounds=5)


if __name__ == "__main__":
    chosen = structure(3, 3)
    for label, way in (("mechsim", ours), ("PuLP", pulp_hiring), ("cvxpy", cvxpy_hiring)):
        print(f"{label}: {memory(partial(way, chosen)):.0f} MB")
