r"""The best way to hire experts: whom to ask for what, at random, and what to pay.

A mechanism asks for efforts :math:`b` with probability :math:`\mu(b)` and pays
:math:`\gamma_i(b, s, \theta) \in [0, M]`.  With :math:`x_i = \mu \gamma_i` it is a linear program:

.. math:: \max\ \sum_b \mu(b) U(b) - \sum_{i, b, s, \theta} P(\theta, s \mid b)\, x_i(b, s, \theta)

over :math:`0 \le x_i(b, s, \theta) \le M \mu(b)`, such that for all :math:`i, b_i, b_i'`

.. math:: \sum_{b_{-i}, s, \theta} P(\theta, s \mid b)\, x_i(b, s, \theta)
          - \sum_{b_{-i}} \mu(b) \bigl(c_i(b_i) - c_i(b_i')\bigr)
          \ge \sum_{s_i} z_i(b_i, b_i', s_i),

where :math:`z_i(b_i, b_i', s_i)` is at least what reporting any :math:`s_i'` for :math:`s_i` brings
after the effort :math:`b_i'`: a double deviation, to another effort and any map of signals to
reports.  Without a cap the supremum may not be attained.

References
----------
Cacciamani, Castiglioni, Gatti. Online Information Acquisition: Hiring Multiple Agents.
arXiv:2307.06210.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show
from ..lottery import Finite
from ..preferences.acquisition import Acquisition
from ..program import Draft, Infeasible, Optimum, Program, Terms, exact
from ..program.families import Columns, literal, multiplied
from .decision import Decision
from .hired import Efforts, Hired, PostedRewards

SAFE = 2**62
"""Sums of probabilities over a smaller denominator fit into int64."""


def hire(
    setting: Acquisition,
    decision: Decision,
    cap: Number,
    *,
    plan: Mapping[Efforts, Fraction] | None = None,
) -> Hired | Infeasible:
    r"""The mechanism that leaves most to the principal, exactly and proved.

    Parameters
    ----------
    setting : Acquisition
    decision : Decision
        What the principal does with what it learns.
    cap : Number
        The most that is paid to an expert, positive.
    plan : mapping of efforts to probabilities, optional
        If it is given, only payments are chosen; efforts that it leaves out are never asked for.

    Returns
    -------
    Hired, or Infeasible with a proof if no payments up to the cap make the plan obeyed
        :math:`|B| + n |B| |S| |\Theta| + \sum |B_i|^2 |S_i|` variables.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> from mechsim.preferences import Effort, Expert, World
    >>> look = Effort("look", Fraction(1, 10), ((1, 0), (0, 1)))
    >>> rest = Effort("rest", Fraction(0), ((1, 0), (1, 0)))
    >>> ann = Expert("Ann", ("wet", "dry"), (rest, look))
    >>> weather = Acquisition((World("rain", half), World("sun", half)), (ann,))
    >>> hire(weather, Decision.guess(("rain", "sun")), cap=1).value
    Fraction(4, 5)
    """
    cap = real(cap, "cap")
    if cap <= 0:
        raise ValueError(f"cap is {show(cap)}: it must be positive")
    program = Hiring(setting, decision, Fraction(cap))
    return program.solve(plan)


@dataclass(frozen=True)
class Hiring:
    """The program, written as arrays.

    Parameters
    ----------
    setting : Acquisition
    decision : Decision
    cap : Fraction
    estimate : (int array, int), optional
        Instead of the setting's law: how likely signals and states are, as `law`.
    slack : Fraction
        By how much what a disobedience brings, and saves, is overstated: with (1 + slack) times
        as much it must still not pay.
    """

    setting: Acquisition
    decision: Decision
    cap: Fraction
    estimate: tuple[npt.NDArray[Any], int] | None = None
    slack: Fraction = Fraction(0)

    @cached_property
    def efforts(self) -> tuple[Efforts, ...]:
        """Every profile of efforts."""
        named = ([effort.name for effort in expert.efforts] for expert in self.setting.experts)
        return tuple(product(*named))

    @cached_property
    def signals(self) -> tuple[tuple[str, ...], ...]:
        """Every profile of signals."""
        return tuple(product(*(expert.signals for expert in self.setting.experts)))

    @cached_property
    def law(self) -> tuple[npt.NDArray[Any], int]:
        """How likely signals and states are: (efforts, signals, states) over a denominator."""
        if self.estimate is not None:
            return self.estimate
        setting = self.setting
        worlds, below = exact([world.probability for world in setting.worlds], "worlds")
        at = np.array([world.state for world in setting.worlds])
        tables: list[npt.NDArray[Any]] = []
        for expert in setting.experts:
            rows, denominator = exact(
                [effort.likelihood for effort in expert.efforts], "likelihood"
            )
            tables.append(rows)  # (efforts, worlds, signals)
            below *= denominator
        kind: Any = np.int64 if below < SAFE else object
        found = worlds.astype(kind)[None, :, None]  # (efforts, worlds, signals), of experts so far
        for rows in tables:
            joint = found[:, None, :, :, None] * rows.astype(kind)[None, :, :, None, :]
            found = joint.reshape(-1, len(at), found.shape[2] * rows.shape[2])
        law = np.stack([found[:, at == state].sum(axis=1) for state in setting.states], axis=2)
        common = gcd(below, *map(int, law.ravel().tolist()))
        return law // common, below // common

    def write(self, plan: Mapping[Efforts, Fraction] | None = None) -> tuple[Draft, Any, Any]:
        """The draft without its objective, the plan's variables and those of the payments."""
        setting, draft = self.setting, Draft()
        law, below = self.law
        count, signals, states = law.shape
        asked = [" and ".join(b) for b in self.efforts]
        told = [" and ".join(s) for s in self.signals]
        mu = draft.variables("asks for {efforts}", (asked,))
        paid = [
            draft.variables(
                f"pays {literal(name)} for {{signals}} in {{state}} when asking for {{efforts}}",
                (asked, told, list(setting.states)),
            )
            for name in setting.agents
        ]
        draft.equal("something is asked for", (), 1, Terms(mu))
        if plan is not None:
            self._require_plan(plan)
            wanted = [plan.get(b, Fraction(0)) for b in self.efforts]
            draft.equal("asks for {0} as planned", (asked,), wanted, Terms(mu, 1, np.arange(count)))
        for i, x in enumerate(paid):
            row = np.arange(x.size).reshape(x.shape)
            draft.at_most(
                f"pays {literal(setting.agents[i])} at most the cap for {{0}}, {{1}}, {{2}}",
                (
                    np.repeat(asked, signals * states).tolist(),
                    np.tile(np.repeat(told, states), count).tolist(),
                    np.tile(list(setting.states), count * signals).tolist(),
                ),
                0,
                Terms(x, 1, row),
                Terms(mu[:, None, None], -self.cap.numerator, row, self.cap.denominator),
            )
            self._obedience(draft, i, mu, x, law, below)
        return draft, mu, paid

    def _obedience(
        self, draft: Draft, i: int, mu: Columns, x: Columns, law: npt.NDArray[Any], below: int
    ) -> None:
        """No other effort with any map of signals to reports brings more."""
        expert = self.setting.experts[i]
        called = literal(expert.name)
        names = [effort.name for effort in expert.efforts]
        many, own = len(names), len(expert.signals)
        shape = tuple(len(e.efforts) for e in self.setting.experts)
        seen = tuple(len(e.signals) for e in self.setting.experts)
        asked = np.stack(np.unravel_index(np.arange(len(self.efforts)), shape))
        heard = np.stack(np.unravel_index(np.arange(len(self.signals)), seen))
        z = draft.variables(
            f"most of {called} asked to {{asked}}, choosing to {{effort}}, for {{signal}}",
            (names, names, list(expert.signals)),
            low=None,
        )
        other = np.arange(many)
        cost = [Fraction(effort.cost) for effort in expert.efforts]
        pair = asked[i][:, None] * many + other  # (efforts, other)
        doing: list[int] = asked[i].tolist()
        more = 1 + self.slack
        saved = [
            [max(d, d * more) for d in (cost[k] - cost[o] for o in range(many))] for k in doing
        ]
        rows = list(product(names, names))
        draft.at_least(
            f"{called}, asked to {{0}}, does not gain by choosing to {{1}}",
            ([a for a, _ in rows], [o for _, o in rows]),
            0,
            Terms(x[:, None], law[:, None], pair[:, :, None, None], below),
            Terms(mu[:, None], [[-c for c in row] for row in saved], pair),
            Terms(z, -1, np.arange(many * many).reshape(many, many, 1)),
        )
        # what reporting `report` for `signal` brings after the effort `other`
        into, told = moved(asked, shape, i), moved(heard, seen, i)
        report = np.arange(own)
        row = (pair[:, :, None, None] * own + heard[i][None, None, :, None]) * own + report
        entry = law[into][:, :, :, None, :]  # (efforts, other, signals, 1, states)
        column = x[:, told][:, None]  # (efforts, 1, signals, reports, states)
        obeys = (other == asked[i][:, None])[:, :, None, None] & (report == heard[i][:, None])
        grown = np.where(obeys, more.denominator, more.numerator)[..., None]
        each = list(product(names, names, expert.signals, expert.signals))
        draft.at_least(
            f"{called}, asked to {{0}}, choosing to {{1}}, for {{2}} reporting {{3}}",
            tuple([entry_[k] for entry_ in each] for k in range(4)),
            0,
            Terms(
                np.repeat(z.ravel(), own),
                1,
                np.arange(many * many * own * own),
            ),
            Terms(column, multiplied(-entry, grown), row[..., None], below * more.denominator),
        )

    @cached_property
    def worth(self) -> list[Fraction]:
        """What the decision is worth after each profile of efforts."""
        law, below = self.law
        self.decision.require_states(self.setting.states)
        rows = [[Fraction(u) for u in row] for row in self.decision.utility]
        utility, over = exact(rows, "utility")
        most = below * max(1, *(abs(int(u)) for u in utility.ravel()))
        kind: Any = np.int64 if most < SAFE else object
        each = law.astype(kind).dot(utility.astype(kind).T)  # (efforts, signals, actions)
        total = each.max(axis=2).astype(object).sum(axis=1)
        return [Fraction(int(worth), below * over) for worth in total.tolist()]

    def program(self, plan: Mapping[Efforts, Fraction] | None = None) -> Program:
        """The program, finished."""
        return self._finish(plan)[0]

    def _finish(
        self, plan: Mapping[Efforts, Fraction] | None
    ) -> tuple[Program, Columns, list[Columns]]:
        draft, mu, paid = self.write(plan)
        law, below = self.law
        objective = [Terms(mu, self.worth), *(Terms(x, -law, 0, below) for x in paid)]
        return draft.maximize(*objective), mu, paid

    def solve(self, plan: Mapping[Efforts, Fraction] | None = None) -> "Hired | Infeasible":
        """The optimum, exactly."""
        program, mu, paid = self._finish(plan)
        found = program.solve()
        if isinstance(found, Optimum):
            return self._hired(found, mu, paid)
        assert isinstance(found, Infeasible)  # the worth of the decision bounds it
        return found

    def _hired(self, found: Optimum, mu: Columns, paid: list[Columns]) -> Hired:
        point = found.primal
        chosen = {b: point[int(column)] for b, column in zip(self.efforts, mu, strict=True)}
        offers: list[PostedRewards] = []
        states = range(len(self.setting.states))
        for b, efforts in enumerate(self.efforts):
            share = chosen[efforts]
            if share:
                table = {
                    signals: tuple(
                        tuple(point[int(x[b, s, t])] / share for t in states) for x in paid
                    )
                    for s, signals in enumerate(self.signals)
                }
                offers.append(PostedRewards(efforts, table, self.setting))
        plan = Finite({b: p for b, p in chosen.items() if p})
        return Hired(plan, tuple(offers), Fraction(found.value), found, self.setting)

    def _require_plan(self, plan: Mapping[Efforts, Fraction]) -> None:
        for efforts, share in plan.items():
            self.setting.require_efforts(efforts)
            if share < 0:
                raise ValueError(f"plan has {show(share)} for {efforts}: it must not be negative")
        if sum(plan.values()) != 1:
            raise ValueError(f"plan sums to {show(sum(plan.values()))}: it must sum to 1")


def moved(places: npt.NDArray[Any], shape: tuple[int, ...], axis: int) -> npt.NDArray[np.int64]:
    """Where each profile, a column of ``places``, is after each choice of one expert."""
    turned = places.copy()
    found = np.empty((places.shape[1], shape[axis]), dtype=np.int64)
    for choice in range(shape[axis]):
        turned[axis] = choice
        found[:, choice] = np.ravel_multi_index(tuple(turned), shape)
    return found
