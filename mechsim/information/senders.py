r"""The best action rule for a receiver whose senders know, and want, something else.

States and signals have the joint law :math:`P(\theta, s)`.  The receiver commits to take action
:math:`a` with probability :math:`\pi(a \mid s)` after reports :math:`s`, and may pay sender
:math:`i` the amount :math:`t_i(s, \theta) \in [0, M]`.  It maximises

.. math:: \sum_{\theta, s, a} P(\theta, s)\, \pi(a \mid s)\, u_0(a, \theta)
          - \sum_{i, \theta, s} P(\theta, s)\, t_i(s, \theta)

such that no sender gains by reporting :math:`s_i'` for :math:`s_i`, in expectation over what it
does not know, for all :math:`i, s_i, s_i'`:

.. math:: \sum_{s_{-i}, \theta} P(\theta, s) \Bigl[\sum_a \bigl(\pi(a \mid s) - \pi(a \mid s_i',
          s_{-i})\bigr) v_i(a, \theta) + t_i(s, \theta) - t_i(s_i', s_{-i}, \theta)\Bigr] \ge 0.

It is a linear program, and lotteries over actions may be needed.

References
----------
Cacciamani, Castiglioni, Gatti. Online Mechanism Design for Information Acquisition.
arXiv:2302.02873.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show
from ..program import Draft, Optimum, Program, Terms
from ..program.families import Columns, literal
from .advice import Advice, Advised
from .decision import Decision


def advise(advice: Advice, *, cap: Number = Fraction(0), deterministic: bool = False) -> Advised:
    """The rule that is best for the receiver if the truth is to be told.

    Parameters
    ----------
    advice : Advice
    cap : Number
        The most that is paid to a sender in a state; nothing by default.
    deterministic : bool
        Whether to use no lotteries.  Which actions are then best is an integer program, solved by
        HiGHS in floats; payments and value are exact for those actions.

    Returns
    -------
    Advised
        ``actions`` times profiles of signals variables, and with payments ``senders`` times states
        times profiles more.

    Examples
    --------
    >>> half, guess = Fraction(1, 2), Decision.guess(("low", "high"), prize=10)
    >>> wants_high = Decision(guess.actions, ((0, 0), (1, 1)))
    >>> law = {("low", ("l",)): half, ("high", ("h",)): half}
    >>> told = Advice(("low", "high"), (("l", "h"),), law, guess, (wants_high,))
    >>> print(advise(told).value, advise(told, cap=1).value)
    5 19/2
    """
    cap = real(cap, "cap")
    if cap < 0:
        raise ValueError(f"cap is {show(cap)}: it must be at least 0")
    found: Any
    if deterministic:
        found, pi, pays = _without_lotteries(advice, Fraction(cap))
    else:
        program, pi, pays = _write(advice, Fraction(cap))
        found = program.solve()
        assert isinstance(found, Optimum)  # to do always the same is feasible
    point = found.primal
    profiles = advice.profiles
    actions = {s: tuple(point[int(c)] for c in pi[:, k]) for k, s in enumerate(profiles)}
    paid = {
        s: tuple(tuple(point[int(c)] for c in t[k]) for t in pays) for k, s in enumerate(profiles)
    }
    return Advised(advice, actions, paid, Fraction(found.value), found)


def _write(
    advice: Advice,
    cap: Fraction,
    fixed: npt.NDArray[Any] | None = None,
    *,
    integer: bool = False,
    excluded: Sequence[npt.NDArray[Any]] = (),
) -> tuple[Program, Columns, list[Columns]]:
    """The program, the variables of actions, and those of payments."""
    law, profiles, states = advice.table, advice.profiles, advice.states
    named = [" and ".join(s) for s in profiles]
    listed = advice.receiver.actions
    draft = Draft()
    pi = draft.variables(
        "does {action} after {reports}",
        (listed, named),
        high=1 if integer else None,
        integer=integer,
    )
    each = np.arange(len(profiles))[:, None]
    draft.equal("does something after {0}", (named,), 1, Terms(pi.T, 1, each))
    if fixed is not None:
        names = ([a for a in listed for _ in named], named * len(listed))
        draft.equal("does {0} after {1} as fixed", names, fixed.ravel(), Terms(pi, 1, _rows(pi)))
    for k, ruled_out in enumerate(excluded):
        most = len(profiles) - 1
        draft.at_most(f"not all of choice {k}", (), most, Terms(pi[ruled_out.astype(np.bool_)]))
    pays = [
        draft.variables(f"pays sender {i} for {{reports}} in {{state}}", (named, states), high=cap)
        for i in range(len(advice.senders))
    ]
    for i, sender in enumerate(advice.senders):
        _truthful(advice, draft, i, _expected(law, sender), pi, pays[i])
    worth = _expected(law, advice.receiver)
    return draft.maximize(Terms(pi, worth), *(Terms(t, -law) for t in pays)), pi, pays


def _without_lotteries(advice: Advice, cap: Fraction) -> tuple[Optimum, Columns, list[Columns]]:
    """The best actions in floats; those that no exact payments support are ruled out in turn."""
    excluded: list[npt.NDArray[Any]] = []
    while True:
        fixed = _best_actions(advice, cap, excluded)
        program, pi, pays = _write(advice, cap, fixed)
        found: Any = program.solve()
        if isinstance(found, Optimum):
            return found, pi, pays
        excluded.append(fixed)  # incentives that are lost by less than floats can tell


def _best_actions(
    advice: Advice, cap: Fraction, excluded: list[npt.NDArray[Any]]
) -> npt.NDArray[Any]:
    """Zeros and ones: (actions, profiles)."""
    program, pi, _ = _write(advice, cap, integer=True, excluded=excluded)
    problem: Any = program.to_cvxpy()
    problem.solve(
        solver="SCIPY", scipy_options={"mip_rel_gap": 0.0}
    )  # which is HiGHS, without a word on stdout
    if problem.status != "optimal":
        raise ArithmeticError(f"HiGHS gave up: {problem.status}")
    values: npt.NDArray[np.float64] = problem.var_dict[program.variables[0].name].value
    return values[pi].round().astype(np.int64)


def _rows(columns: Columns) -> Columns:
    """One row a variable."""
    return np.arange(columns.size).reshape(columns.shape)


def _expected(law: npt.NDArray[Any], decision: Decision) -> npt.NDArray[Any]:
    """What each action is worth with each profile of signals: (actions, profiles)."""
    utility = np.array([[Fraction(u) for u in row] for row in decision.utility], dtype=object)
    found: npt.NDArray[Any] = utility.dot(law.T)
    return found


def _truthful(
    advice: Advice, draft: Draft, i: int, worth: npt.NDArray[Any], pi: Any, pays: Any
) -> None:
    """No sender gains by another report, whatever it saw."""
    own = advice.signals[i]
    place = {s: k for k, s in enumerate(advice.profiles)}
    for seen, told in product(own, repeat=2):
        if seen == told:
            continue
        here = [k for s, k in place.items() if s[i] == seen]
        there = [place[(*s[:i], told, *s[i + 1 :])] for s in place if s[i] == seen]
        draft.at_least(
            f"sender {i}, who saw {literal(seen)}, does not report {literal(told)}",
            (),
            0,
            Terms(pi[:, here], worth[:, here]),
            Terms(pi[:, there], -worth[:, here]),
            Terms(pays[here], advice.table[here]),
            Terms(pays[there], -advice.table[here]),
        )
