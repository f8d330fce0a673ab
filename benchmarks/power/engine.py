"""The one place that knows how a verdict is asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from mechsim.axioms import Verdict
from mechsim.mechanism import Playable
from mechsim.proving import Budget, verify

from .planted import Planted


def ask(entry: Planted, mechanism: Playable, calls: int, seed: int) -> Verdict:
    """The verdict on ``mechanism`` where ``entry`` is judged."""
    budget = Budget(calls, seed)
    return verify(mechanism, entry.axiom, entry.setting, agents=entry.agents, budget=budget)


def counted(mechanism: Playable) -> tuple[Playable, Callable[[], int]]:
    """``mechanism``, and how often it has been called; its code can be seen by ``__wrapped__``."""
    calls = 0

    @wraps(mechanism)
    def counting(reports: Any, /) -> Any:
        nonlocal calls
        calls += 1
        return mechanism(reports)

    return counting, lambda: calls
