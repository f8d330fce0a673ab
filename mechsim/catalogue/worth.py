"""The claim of what a mechanism for information leaves to who pays, beside the most there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from .._json import JSON
from .._numbers import Number, show
from .._text import brief
from ..axioms import BayesianIncentiveCompatible, Obedient, Unknown
from ..information import Advice, Decision, Hired, advise, hire, kept, received
from ..mechanism import Playable
from ..preferences import Acquisition
from ..proving import verify
from .claims import Card, Entry, Rederived
from .findings import finding_html, finding_json


class Task(Protocol):
    """What somebody wants from a mechanism, in a setting."""

    @property
    def setting(self) -> Any:
        """Where."""
        ...

    def worth(self, mechanism: Playable, /) -> Fraction:
        """What it is worth to them."""
        ...

    def most(self) -> tuple[Fraction, int]:
        """What the best mechanism is worth, and how many rows prove it."""
        ...

    def obeyed(self, mechanism: Playable, /) -> bool:
        """Whether agents do as the mechanism wants."""
        ...


@dataclass(frozen=True)
class HireTask:
    """A principal hires experts for a decision, with payments up to ``cap``."""

    setting: Acquisition
    decision: Decision
    cap: Number

    def worth(self, mechanism: Playable, /) -> Fraction:
        """What is left of the decision's worth, if all obey."""
        return kept(mechanism, self.setting, self.decision)

    def most(self) -> tuple[Fraction, int]:
        """The program over all plans and payments."""
        found = hire(self.setting, self.decision, self.cap)
        if not isinstance(found, Hired):
            raise ValueError(f"there is no mechanism: {found}")
        return found.value, sum(1 for y in found.optimum.dual if y)

    def obeyed(self, mechanism: Playable, /) -> bool:
        """Whether obedience is proved."""
        agents = len(self.setting.experts)
        return verify(mechanism, Obedient(), self.setting, agents=agents).word == "proved"

    def __str__(self) -> str:
        return f"{self.setting!r}, payments up to {show(self.cap)}"


@dataclass(frozen=True)
class AdviceTask:
    """A receiver takes advice, with payments up to ``cap``."""

    setting: Advice
    cap: Number = Fraction(0)

    def worth(self, mechanism: Playable, /) -> Fraction:
        """What the receiver expects, if all is true."""
        return received(mechanism, self.setting)

    def most(self) -> tuple[Fraction, int]:
        """The program over all rules and payments."""
        found = advise(self.setting, cap=self.cap)
        return found.value, sum(1 for y in found.optimum.dual if y)

    def obeyed(self, mechanism: Playable, /) -> bool:
        """Whether truthfulness is proved."""
        axiom, agents = BayesianIncentiveCompatible(), len(self.setting.senders)
        return verify(mechanism, axiom, self.setting, agents=agents).word == "proved"

    def __str__(self) -> str:
        return f"{self.setting!r}, payments up to {show(self.cap)}"


@dataclass(frozen=True)
class Left:
    """What ``mechanism`` is worth, and the most that any is, proved by ``rows``."""

    mechanism: Any
    task: str
    worth: Fraction
    most: Fraction
    rows: int

    @property
    def word(self) -> str:
        """Optimal, or not."""
        return "optimal" if self.worth == self.most else "suboptimal"

    def __str__(self) -> str:
        return (
            f"{brief(self.mechanism)} is worth {show(self.worth)} for {self.task}; none that is "
            f"obeyed is worth more than {show(self.most)}, as {self.rows} rows prove"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class IsWorth:
    """What the mechanism is ``worth`` in a ``task``, and the ``most`` that any is that is obeyed.

    The program over all mechanisms is solved and certified again, and the mechanism must be obeyed.
    Where it is worth the most, some mechanism of the catalogue that is obeyed must be worth less:
    a test that nothing can fail shows nothing.

    Parameters
    ----------
    task : Task
    worth, most : Number
        Exactly.
    because : str
        Why it is, or is not, optimal.
    """

    task: Task
    worth: Number
    most: Number
    because: str

    def row(self) -> tuple[str, ...]:
        """The claim as cells of a table."""
        optimal = "the most" if self.worth == self.most else f"of at most {show(self.most)}"
        return "worth", f"{show(self.worth)}, {optimal}", str(self.task), self.because

    def rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        """Play every profile, and solve the program."""
        try:
            return self._rederive(entry, catalogue)
        except Exception as error:  # a card may be wrong in any way; that is a finding
            note = f"it raises {type(error).__name__}: {error}"
            unknown = Unknown(entry.card.title, Obedient(), note, 0)
            return Rederived(entry, self, unknown, False, f"the claim cannot be tested: {note}")

    def _rederive(self, entry: Entry, catalogue: Sequence[Card]) -> Rederived:
        mechanism = entry.card.rule(self.task.setting)
        worth, (most, rows) = self.task.worth(mechanism), _most(self.task)
        verdict = Left(mechanism, str(self.task), worth, most, rows)
        for what, found, claimed in (
            ("its worth", worth, self.worth),
            ("the most", most, self.most),
        ):
            if found != claimed:
                note = f"{what} is {show(found)}, not {show(claimed)}"
                return Rederived(entry, self, verdict, False, note)
        if not self.task.obeyed(mechanism):
            return Rederived(entry, self, verdict, False, "it is not obeyed")
        if worth > most:
            note = f"it is worth {show(worth)}, more than any that keeps to the task can be"
            return Rederived(entry, self, verdict, False, note)
        if worth < most:
            return Rederived(entry, self, verdict, True, self.because)
        foils = sum(_worth_less(foil, self.task, most) for foil in catalogue)
        if not foils:
            note = "the test has no power: no mechanism of the catalogue is worth less there"
            return Rederived(entry, self, verdict, False, note, 0)
        return Rederived(entry, self, verdict, True, self.because, foils)


_seen: dict[int, tuple[Task, tuple[Fraction, int]]] = {}


def _most(task: Task) -> tuple[Fraction, int]:
    """Solved once a task, which is remembered by identity: settings need not be hashable."""
    if id(task) not in _seen:
        _seen[id(task)] = task, task.most()
    return _seen[id(task)][1]


def _worth_less(foil: Card, task: Task, most: Fraction) -> bool:
    """Whether ``foil``, which claims to be worth less than the most somewhere, is so here."""
    for claim in foil.claims:
        if not isinstance(claim, IsWorth) or claim.worth == claim.most:
            continue
        if type(claim.task) is type(task):
            try:
                mechanism = foil.rule(task.setting)
                return task.obeyed(mechanism) and task.worth(mechanism) < most
            except Exception:  # a foil for other settings of this kind
                return False
    return False
