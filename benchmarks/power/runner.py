"""Ask for verdicts on planted faults and their twins, and count.

A mechanism that counts its calls keeps state, and nothing can be proved of it.  So calls are
counted where a search finds the fault; where it does not the question is asked again, uncounted.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import median
from time import process_time
from typing import TypeAlias

from mechsim.axioms import Explored, Proved, Refuted, Verdict
from mechsim.mechanism import Playable

from .engine import ask, counted
from .planted import Planted

Ask: TypeAlias = Callable[[Planted, Playable, int, int], Verdict]

HEADER = ("fault", "family", "axiom", "found", "calls", "seconds", "otherwise", "twin")


@dataclass(frozen=True)
class Asked:
    """What was said, in how many calls if a search refuted, and how many seconds it took."""

    verdict: Verdict
    calls: int | None
    seconds: float


@dataclass(frozen=True)
class Result:
    """The verdicts on a fault, one a seed, and the one on its twin."""

    entry: Planted
    faulty: tuple[Asked, ...]
    correct: Asked

    @property
    def found(self) -> tuple[Asked, ...]:
        """Where the fault was found."""
        return tuple(one for one in self.faulty if isinstance(one.verdict, Refuted))

    @property
    def missed(self) -> tuple[Asked, ...]:
        """Where it was not."""
        return tuple(one for one in self.faulty if not isinstance(one.verdict, Refuted))

    @property
    def is_false_alarm(self) -> bool:
        """Whether the twin was refuted."""
        return isinstance(self.correct.verdict, Refuted)

    @property
    def false_proofs(self) -> int:
        """How often the faulty mechanism was said to be proved."""
        return sum(isinstance(one.verdict, Proved) for one in self.faulty)

    def row(self) -> tuple[str, ...]:
        """The cells of `HEADER`."""
        words = Counter(one.verdict.word for one in self.missed)
        return (
            self.entry.name,
            self.entry.family,
            told(self.entry.axiom),
            f"{len(self.found)}/{len(self.faulty)}",
            self._calls(),
            f"{median(one.seconds for one in self.faulty):.2f}",
            ", ".join(words),
            self.correct.verdict.word,
        )

    def _calls(self) -> str:
        """The median over the seeds with which a search found the fault."""
        calls = [one.calls for one in self.found if one.calls is not None]
        if not calls:
            return "by paths" if self.found else ""
        return f"{median(calls):,.0f}"


def told(axiom: object) -> str:
    """An axiom as it is written, without empty brackets."""
    words = repr(axiom)
    defaults = (
        "axiom=",
        "sets=None",
        "benchmark='fractional'",
        "entitlements=",
        "alpha=Fraction(1, 1)",
    )
    for default in defaults:
        words = words.replace(default, "")
    return words.replace("()", "")


def run(entry: Planted, seeds: Iterable[int], calls: int, ask: Ask = ask) -> Result:
    """Ask about the faulty mechanism with each seed, and about its twin with the first."""
    listed = tuple(seeds)
    faulty = tuple(_counted(ask, entry, calls, seed) for seed in listed)
    return Result(entry, faulty, _timed(ask, entry, entry.correct, calls, listed[0]))


def _counted(ask: Ask, entry: Planted, calls: int, seed: int) -> Asked:
    """About the faulty mechanism: counted if a search refutes it, else as it is."""
    counting, played = counted(entry.faulty)
    found = _timed(ask, entry, counting, calls, seed)
    if isinstance(found.verdict, Refuted):
        return replace(found, calls=played())
    return _timed(ask, entry, entry.faulty, calls, seed)


def _timed(ask: Ask, entry: Planted, mechanism: Playable, calls: int, seed: int) -> Asked:
    start = process_time()
    verdict = ask(entry, mechanism, calls, seed)
    return Asked(verdict, None, process_time() - start)


def _by_whom(verdict: Verdict) -> str:
    """The word of a verdict, and the engine that it comes from."""
    if isinstance(verdict, Proved):
        explored = isinstance(verdict.certificate, Explored)
        return f"proved by {'paths' if explored else 'exhaustion'}"
    return verdict.word + (" a search" if verdict.word == "survived" else "")


def totals(results: list[Result]) -> list[str]:
    """What the table comes to, in sentences."""
    runs = sum(len(result.faulty) for result in results)
    found = sum(len(result.found) for result in results)
    always = sum(not result.missed for result in results)
    never = sum(not result.found for result in results)
    twins = Counter(_by_whom(result.correct.verdict) for result in results)
    alarms = sum(result.is_false_alarm for result in results)
    proofs = sum(result.false_proofs for result in results)
    said = ", ".join(f"{word} {count}" for word, count in sorted(twins.items()))
    return [
        f"Sensitivity: {found} of {runs} questions ({found / runs:.1%}); of {len(results)} faults "
        f"{always} were found with every seed, {never} with none.",
        f"Correct twins: {said}. False alarms: {alarms}. False proofs: {proofs}.",
    ]
