"""What re-deriving a claim about ratios found: findings, as verdicts are about axioms."""

from dataclasses import dataclass
from html import escape
from typing import Any

from .._json import JSON, encode
from .._numbers import Number, show
from .._text import brief, many
from ..objectives import Convention, Objective
from ..objectives.ratio import told
from ..setting import Instance


def heading(objective: Objective, convention: Convention) -> str:
    """What an objective is called, read by a convention."""
    return convention.heading.format(objective.heading)


def finding_json(finding: Any, word: str) -> JSON:
    """A finding, its word and its sentence."""
    said: dict[str, JSON] = {
        "schema": "mechsim/verdict/1",
        "verdict": word,
        "sentence": str(finding),
    }
    written = encode(finding, brief)
    return said | written if isinstance(written, dict) else said


def finding_html(finding: Any, word: str) -> str:
    """A finding for a notebook."""
    return f"<p><b>{word}</b> {escape(str(finding))}.</p>"


@dataclass(frozen=True)
class Attained:
    """``mechanism`` has the ratio ``ratio`` at ``instance``.

    ``bound`` says where every profile was tried and none has a larger one, and ``profiles`` how
    many these are.
    """

    mechanism: Any
    objective: Objective
    convention: Convention
    ratio: Any
    instance: Instance
    bound: str | None = None
    profiles: int = 0

    word = "attained"

    def __str__(self) -> str:
        found = (
            f"{brief(self.mechanism)} has {told(self.ratio)} of "
            f"{heading(self.objective, self.convention)} at {self.instance}"
        )
        if self.bound is None:
            return found
        return (
            f"{found}, and no larger one at any of {many(self.profiles, 'profile')}, {self.bound}"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class OptimalOn:
    """``mechanism`` does as well as the best place at every profile of ``domain``."""

    mechanism: Any
    objective: Objective
    convention: Convention
    domain: str
    profiles: int

    word = "optimal"

    def __str__(self) -> str:
        what = f"{brief(self.mechanism)} is optimal for {heading(self.objective, self.convention)}"
        return f"{what} at all {many(self.profiles, 'profile')}, {self.domain}"

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)


@dataclass(frozen=True)
class Forced:
    """At ``instance`` the places that satisfy ``axiom`` are those from ``low`` to ``high``.

    The best of them, ``place``, has the ratio ``ratio``.
    """

    axiom: Any
    objective: Objective
    instance: Instance
    low: Number
    high: Number
    place: Number
    ratio: Any

    word = "forced"

    def __str__(self) -> str:
        return (
            f"at {self.instance}, {brief(self.axiom)} allows the places from {show(self.low)} to "
            f"{show(self.high)}; the best of them is {show(self.place)} and has "
            f"{told(self.ratio)} of {self.objective.heading}"
        )

    def to_json(self) -> JSON:
        """The finding as an object for `json.dumps`."""
        return finding_json(self, self.word)

    def _repr_html_(self) -> str:
        return finding_html(self, self.word)
