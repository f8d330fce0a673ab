"""An argument in sentences.  Where it is long, profiles with reasons alike share a line."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from .._text import brief
from ..axioms._chosen import Literal
from .argument import Line, Step
from .choices import Choices, Reason
from .deduction import Conflict, Exclusion, Premise, bits

LONG = 6
"""Lines in a row, above which those that are alike are told together."""

LISTED = 12
"""Profiles of those that are named."""


def told(
    chosen: Choices,
    core: tuple[Reason, ...],
    opening: tuple[Exclusion, ...],
    parts: tuple[Line | Step, ...],
) -> tuple[str, ...]:
    """The sentences of an argument, line by line."""
    steps = [part.number for part in parts if isinstance(part, Step)]
    numbers = {number: place for place, number in enumerate(steps, 1) if number is not None}
    telling = _Telling(chosen, core, numbers)
    sentences = [*telling.opening(opening)]
    run: list[Line] = []
    for part in parts:
        if isinstance(part, Step):
            sentences += telling.lines(run)
            run = []
            sentences += telling.step(part)
        else:
            run.append(part)
    return tuple(sentences)


class _Telling:
    """The words of an argument; ``numbers`` are those of its steps, by lemma."""

    def __init__(self, chosen: Choices, core: tuple[Reason, ...], numbers: dict[int, int]) -> None:
        self.chosen, self.core, self.numbers = chosen, core, numbers
        self.words = chosen.words
        self.size = len(chosen.alternatives)

    def at(self, profile: int) -> str:
        """A profile's name."""
        return self.words.profile(self.chosen.profiles[profile].tolist())

    def opening(self, opening: tuple[Exclusion, ...]) -> Iterator[str]:
        """What single clauses say, axiom by axiom."""
        by_axiom: dict[Any, dict[int, list[int]]] = {}
        for one in opening:
            profiles = by_axiom.setdefault(self._axiom(one), {})
            profiles.setdefault(one.profile, []).append(one.outcome)
        for axiom, profiles in by_axiom.items():
            said: dict[str, list[int]] = {}
            for profile, excluded in profiles.items():
                left = [k for k in range(self.size) if k not in excluded]
                said.setdefault(self._either(left, sorted(excluded)), []).append(profile)
            parts = [f"{what} at {self._listed(where)}" for what, where in said.items()]
            yield f"B{self._by(axiom)[1:]}, {_and(parts)}."

    def step(self, step: Step) -> Iterator[str]:
        """A supposition, what follows, and what follows from that."""
        conflict = self._conflict(step.conflict)
        if step.number is None:
            yield f"{conflict}So there is no such rule."
            return
        contrary = [
            f"{self._chosen(left)} at {self.at(profile)}"
            for (profile, _), left in zip(step.allowed, step.supposed, strict=True)
        ]
        yield f"{self.numbers[step.number]}. Suppose {_and(contrary)}."
        for line in self.lines(step.lines):
            yield f"   {line}"
        if step.left:
            ((profile, _),) = step.allowed
            so = f"{self._chosen(step.left)} at {self.at(profile)}"
        else:
            so = " or ".join(
                f"{self._chosen(tuple(bits(allowed)))} at {self.at(profile)}"
                for profile, allowed in step.allowed
            )
        yield f"   {conflict}So {so}."

    def lines(self, lines: Sequence[Line]) -> Iterator[str]:
        """One each; if they are many, one for those that are alike."""
        if len(lines) <= LONG:
            yield from map(self.line, lines)
            return
        latest: dict[tuple[int, int], int] = {}
        last: dict[int, int] = {}
        alike: dict[tuple[int, frozenset[Any]], list[Line]] = {}
        for line in lines:
            above = [
                latest.get((premise.profile, outcome), 0)
                for one in line.excluded
                for premise in one.given
                for outcome in bits(premise.outcomes)
            ]
            depth = 1 + max(above, default=0)
            depth = max(depth, 1 + last.get(line.profile, 0))
            last[line.profile] = depth
            latest |= {(one.profile, one.outcome): depth for one in line.excluded}
            axioms = frozenset(map(self._axiom, line.excluded))
            alike.setdefault((depth, axioms), []).append(line)
        for _, listed in sorted(alike.items(), key=lambda pair: pair[0][0]):
            yield self.line(listed[0]) + self._likewise(listed[1:])

    def _likewise(self, lines: Sequence[Line]) -> str:
        said: dict[str, list[int]] = {}
        for line in lines:
            said.setdefault(self._left(line), []).append(line.profile)
        parts = [f"{what} at {self._listed(where)}" for what, where in said.items()]
        return f" Likewise {_and(parts)}." if parts else ""

    def line(self, line: Line) -> str:
        """What is left at a profile, and why."""
        reasons: dict[str, list[int]] = {}
        for one in line.excluded:
            reasons.setdefault(self._reason(one), []).append(one.outcome)
        told = [
            f"not {self.words.some(outcomes)}, {reason}" for reason, outcomes in reasons.items()
        ]
        where = self.at(line.profile)
        left = self._left(line)
        if len(reasons) == 1 and left.endswith("not chosen"):
            return f"At {where}, {left}, {next(iter(reasons))}."
        if not line.left:
            return f"Nothing can be chosen at {where}: {'; '.join(told)}."
        return f"At {where}, {left}: {'; '.join(told)}."

    def _left(self, line: Line) -> str:
        return self._either(line.left, [one.outcome for one in line.excluded])

    def _either(self, left: Sequence[int], gone: Sequence[int]) -> str:
        """What is left or what is not, whichever is shorter."""
        if len(left) == 1 or len(left) <= len(gone):
            return f"{self.words.some(left)} is chosen"
        return f"{self.words.some(gone)} is not chosen"

    def _chosen(self, outcomes: Sequence[int]) -> str:
        rest = [k for k in range(self.size) if k not in outcomes]
        if len(rest) < len(outcomes):
            return f"{self.words.some(rest)} is not chosen"
        return f"{self.words.some(outcomes)} is chosen"

    def _rest(self, allowed: int) -> tuple[int, ...]:
        return tuple(k for k in range(self.size) if not allowed >> k & 1)

    def _reason(self, one: Exclusion) -> str:
        axiom = self._axiom(one)
        steps = [f"by step {self.numbers[k]}" for k in one.why if k in self.numbers]
        if steps:
            return self._from(_and([*steps, *([self._by(axiom)] if axiom else [])]), one.given)
        said = self.core[one.why[0]].said
        alike = {tuple(literal.profile for literal in self.core[k].said) for k in one.why}
        told = getattr(axiom, "explain_exclusion", None)
        simple = len(said) == 2 and len(alike) == len(one.given) == 1 and not self.chosen.renamed
        if told is None or not simple:
            return self._from(self._by(axiom), one.given)
        (premise,) = one.given
        here = self._places(said).index(one.profile)
        known = self._chosen(self._rest(premise.outcomes))
        other = self.at(premise.profile)
        return str(told(self.words, said, here, other, known, self.chosen.anonymous))

    def _places(self, said: Sequence[Literal]) -> list[int]:
        profiles = np.array([one.profile for one in said], dtype=np.int64)
        return list(map(int, self.chosen.places(profiles)))

    def _from(self, by: str, given: Sequence[Premise]) -> str:
        """The axiom or the step, and what is known elsewhere."""
        if not given:
            return by
        if len(given) > 3:
            return f"{by} and what is chosen at {len(given)} other profiles"
        known = [
            f"{self._chosen(self._rest(one.outcomes))} at {self.at(one.profile)}" for one in given
        ]
        return f"{by}, as {_and(known)}"

    def _conflict(self, conflict: Conflict) -> str:
        if not conflict.why:
            return ""
        (number,) = conflict.why
        if number in self.numbers:
            return f"That contradicts step {self.numbers[number]}. "
        reason = self.core[number]
        told = getattr(reason.axiom, "explain_clause", None)
        if told is None:
            return f"That contradicts {brief(reason.axiom)}. "
        return f"But {told(self.words, reason.said)}, {self._by(reason.axiom)}. "

    def _axiom(self, one: Exclusion) -> Any:
        core = [k for k in one.why if k < len(self.core)]
        return self.core[core[0]].axiom if core else None

    def _by(self, axiom: Any) -> str:
        if axiom is None:
            return "by symmetry"
        return f"by {brief(getattr(axiom, 'axiom', axiom))}"

    def _listed(self, profiles: Sequence[int]) -> str:
        named = [self.at(profile) for profile in profiles]
        if len(named) > LISTED:
            named = [*named[: LISTED - 1], f"{len(named) - LISTED + 1} more profiles"]
        return _and(named)


def _and(parts: Iterable[str]) -> str:
    """A list in a sentence."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
