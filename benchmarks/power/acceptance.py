"""Questions with known answers, and how long these may take."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from time import process_time
from typing import Any

from mechsim.axioms import Anonymous, Refuted, Strategyproof, Universally, Verdict
from mechsim.facility import LeftRightMiddle, Median, RandomRank
from mechsim.preferences.single_peaked import Line
from mechsim.proving import verify

from .spec_nine import strip, tie

UNIT = Line(0, 1)
HEADER = ("question", "answer", "seconds", "goal")
ONE_READING = Universally(Strategyproof())


@dataclass(frozen=True)
class Question:
    """What is asked, what must be answered, and within how many seconds of CPU."""

    text: str
    ask: Callable[[], Verdict]
    answer: str
    seconds: float = 1.0
    largest: int | None = None
    """The largest denominator that the witness may have."""

    def row(self) -> tuple[str, ...]:
        """Ask, and say whether the goal was reached."""
        start = process_time()
        verdict = self.ask()
        spent = process_time() - start
        said, goal = verdict.word, f"{self.answer} within {self.seconds:g} s"
        reached = verdict.word == self.answer and spent <= self.seconds
        if self.largest is not None:
            goal += f", denominators up to {self.largest:,}"
            found = denominator(verdict)
            said += f", denominators up to {found:,}"
            reached = reached and found <= self.largest
        return self.text, said, f"{spent:.2f}", goal + ("" if reached else " (missed)")


def denominator(verdict: Verdict) -> int:
    """The largest in the case of a refutation."""
    if not isinstance(verdict, Refuted):
        return 0
    case: Any = verdict.case
    return max(Fraction(number).denominator for number in (*case.instance.reports, case.report))


def _on(steps: int, agents: int, mechanism: Any, axiom: Any, **how: Any) -> Callable[[], Verdict]:
    return partial(verify, mechanism, axiom, UNIT.grid(steps), agents=agents, **how)


QUESTIONS = (
    Question(
        "median of 3, all reports: strategyproof",
        partial(verify, Median(), Strategyproof(), UNIT, agents=3),
        "proved",
    ),
    Question(
        "median of 5, all reports, granted anonymity: strategyproof",
        partial(verify, Median(), Strategyproof(), UNIT, agents=5, assuming=(Anonymous(),)),
        "proved",
        2,
    ),
    Question(
        "median of 3 on 13 points: strategyproof",
        _on(12, 3, Median(), Strategyproof()),
        "proved",
    ),
    Question(
        "median of 5 on 9 points, granted anonymity: strategyproof",
        _on(8, 5, Median(), Strategyproof(), assuming=(Anonymous(),)),
        "proved",
        2,
    ),
    Question(
        "median of 5, wrong where the two lowest tie",
        partial(verify, tie, Strategyproof(), UNIT, agents=5),
        "refuted",
        largest=5_001,
    ),
    Question(
        "median of 5, wrong on a strip of width 1e-4",
        partial(verify, strip, Strategyproof(), UNIT, agents=5),
        "refuted",
        largest=5_001,
    ),
    Question(
        "left-right-middle of 3 on 5 points: in expectation",
        _on(4, 3, LeftRightMiddle(), Strategyproof()),
        "proved",
    ),
    Question(
        "left-right-middle of 3 on 5 points: universally",
        _on(4, 3, LeftRightMiddle(), ONE_READING),
        "refuted",
    ),
    Question(
        "Random Rank of 3 on 5 points: in expectation",
        _on(4, 3, RandomRank(), Strategyproof()),
        "proved",
    ),
    Question(
        "Random Rank of 3 on 5 points: universally",
        _on(4, 3, RandomRank(), ONE_READING),
        "proved",
    ),
)


def warm_up() -> None:
    """Compile what is compiled, which is no part of the answer."""
    _on(1, 2, Median(), Strategyproof())()
