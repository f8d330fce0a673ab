"""Which twins are proved for all reports, and which faults that refutes: no search, no seeds."""

from collections import Counter
from dataclasses import dataclass
from time import process_time

from mechsim.axioms import Explored, Proved, Refuted, Verdict
from mechsim.budget import Budget
from mechsim.mechanism import Playable
from mechsim.proving import prove_by_paths
from mechsim.proving.domains import space_of

from .planted import Planted

PATHS = Budget(5_000)
HEADER = ("fault", "axiom", "agents", "fault is", "seconds", "twin is", "paths", "seconds")


@dataclass(frozen=True)
class Answer:
    """A verdict, and how many seconds of the processor it took."""

    verdict: Verdict
    seconds: float

    @property
    def paths(self) -> str:
        """How many there are, where that is known."""
        shown = self.verdict.certificate if isinstance(self.verdict, Proved) else None
        return f"{shown.paths:,}" if isinstance(shown, Explored) else ""


def asked(entry: Planted, mechanism: Playable) -> Answer:
    """What exploring all paths says."""
    start = process_time()
    found = prove_by_paths(mechanism, entry.axiom, entry.setting, agents=entry.agents, budget=PATHS)
    return Answer(found, process_time() - start)


def of_continuum(entries: list[Planted]) -> list[Planted]:
    """Those whose types are numbers between bounds."""
    return [entry for entry in entries if space_of(entry.setting, entry.agents) is not None]


def table(entries: list[Planted]) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows, and what they come to."""
    rows: list[tuple[str, ...]] = []
    words: Counter[tuple[str, str]] = Counter()
    for entry in of_continuum(entries):
        fault, twin = asked(entry, entry.faulty), asked(entry, entry.correct)
        words["fault", fault.verdict.word] += 1
        words["twin", twin.verdict.word] += 1
        wrong = isinstance(fault.verdict, Proved) or isinstance(twin.verdict, Refuted)
        rows.append(
            (
                entry.name + (" (WRONG)" if wrong else ""),
                str(entry.axiom).replace("()", "").replace("axiom=", ""),
                str(entry.agents),
                fault.verdict.word,
                f"{fault.seconds:.2f}",
                twin.verdict.word,
                twin.paths,
                f"{twin.seconds:.2f}",
            )
        )
    told = ", ".join(f"{who} {word} {count}" for (who, word), count in sorted(words.items()))
    proofs, alarms = words["fault", "proved"], words["twin", "refuted"]
    return rows, [f"{told}. False alarms: {alarms}. False proofs: {proofs}."]
