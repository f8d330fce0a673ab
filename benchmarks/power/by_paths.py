"""Which twins are proved for all reports, and which faults that refutes: no search, no seeds."""

from collections import Counter
from dataclasses import dataclass
from time import process_time
from typing import Any

from mechsim.axioms import Anonymous, Explored, Proved, Refuted, Unknown, Verdict
from mechsim.budget import Budget
from mechsim.mechanism import Playable
from mechsim.preferences.single_peaked import Line
from mechsim.proving import prove_by_paths
from mechsim.proving.domains import space_of

from .planted import Planted
from .runner import told

PATHS = Budget(5_000)
WHY_NOT = ("twin", "why it is not proved", "granted anonymity", "paths", "seconds")
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


def asked(entry: Planted, mechanism: Playable, *assuming: Any) -> Answer:
    """What exploring all paths says."""
    start = process_time()
    found = prove_by_paths(
        mechanism,
        entry.axiom,
        entry.setting,
        agents=entry.agents,
        budget=PATHS,
        assuming=assuming,
    )
    return Answer(found, process_time() - start)


def of_continuum(entries: list[Planted]) -> list[Planted]:
    """Those whose types are numbers between bounds."""
    return [entry for entry in entries if space_of(entry.setting, entry.agents) is not None]


@dataclass(frozen=True)
class Tables:
    """The rows of `HEADER`, what they come to, and the rows of `WHY_NOT`."""

    rows: list[tuple[str, ...]]
    told: str
    why_not: list[tuple[str, ...]]


def table(entries: list[Planted]) -> Tables:
    """Ask about all, and again about twins that are not proved."""
    rows: list[tuple[str, ...]] = []
    why_not: list[tuple[str, ...]] = []
    words: Counter[tuple[str, str]] = Counter()
    for entry in of_continuum(entries):
        fault, twin = asked(entry, entry.faulty), asked(entry, entry.correct)
        words["fault", fault.verdict.word] += 1
        words["twin", twin.verdict.word] += 1
        if isinstance(twin.verdict, Unknown):
            why_not.append(_why_not(entry, twin.verdict))
        wrong = isinstance(fault.verdict, Proved) or isinstance(twin.verdict, Refuted)
        rows.append(
            (
                entry.name + (" (WRONG)" if wrong else ""),
                told(entry.axiom),
                str(entry.agents),
                fault.verdict.word,
                f"{fault.seconds:.2f}",
                twin.verdict.word,
                twin.paths,
                f"{twin.seconds:.2f}",
            )
        )
    summed = ", ".join(f"{who} {word} {count}" for (who, word), count in sorted(words.items()))
    proofs, alarms = words["fault", "proved"], words["twin", "refuted"]
    total = f"{summed}. False alarms: {alarms}. False proofs: {proofs}."
    return Tables(rows, total, why_not)


def _why_not(entry: Planted, verdict: Unknown) -> tuple[str, ...]:
    """Why a twin is not proved, and whether it is if others may change places."""
    why = verdict.reason.removeprefix("no proof by paths: ")
    if why.endswith(" paths"):
        why = f"there are more than {PATHS.calls:,} paths"
    if entry.axiom == Anonymous() or entry.setting != Line(0, 1):
        return entry.name, why, "", "", ""
    granted = asked(entry, entry.correct, Anonymous())
    return entry.name, why, granted.verdict.word, granted.paths, f"{granted.seconds:.2f}"
