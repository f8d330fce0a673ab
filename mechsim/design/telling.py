"""An argument in sentences.  Where it is long, profiles with reasons alike share a line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from .._text import brief
from ..axioms._chosen import Literal
from .argument import Line, Step
from .choices import Choices, Reason
from .deduction import Conflict, Exclusion, Premise, bits

Ground = tuple[Any, tuple[int, ...], int]
Form = tuple[bool, frozenset[Ground]]

LONG = 6
"""Lines in a row, above which those that are alike are told together."""

LISTED = 12
"""Profiles of those that are named."""


def told(
    chosen: Choices,
    core: tuple[Reason, ...],
    opening: tuple[Exclusion, ...],
    parts: tuple[Line | Step, ...],
    *,
    likewise: bool = True,
) -> tuple[str, ...]:
    """The sentences of an argument, line by line; without ``likewise`` each has its own."""
    steps = [part.number for part in parts if isinstance(part, Step)]
    numbers = {number: place for place, number in enumerate(steps, 1) if number is not None}
    telling = _Telling(chosen, core, numbers, likewise)
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

    def __init__(
        self,
        chosen: Choices,
        core: tuple[Reason, ...],
        numbers: dict[int, int],
        likewise: bool,
    ) -> None:
        self.chosen, self.core, self.numbers, self.likewise = chosen, core, numbers, likewise
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
        if len(lines) <= LONG or not self.likewise:
            yield from map(self.line, lines)
            return
        for (first, *others), one_by_one in self.alike(lines):
            yield self.line(first) + self._likewise(others, one_by_one)

    def alike(self, lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
        """Lines that are alike, and whether some of them rest on others of them.

        Lines are alike if the same axioms say, in the same way, that something is chosen, or that
        something is not.  Those are told first of which most are alike.
        """
        rests = _premises(lines)
        forms = [self._form(line) for line in lines]
        said = [self._left(line) for line in lines]
        waiting = dict.fromkeys(range(len(lines)))
        while waiting:
            ready = [k for k in waiting if not any(one in waiting for one in rests[k])]
            by_form = [
                _in_turn([k for k in waiting if forms[k] == form], waiting, rests, said)
                for form in dict.fromkeys(forms[k] for k in ready)
            ]
            most = max(by_form, key=len)
            for k in most:
                del waiting[k]
            yield [lines[k] for k in most], any(rests[k] & {*most} for k in most)

    def _form(self, line: Line) -> Form:
        """Of what kind its conclusion is, and its reasons: the same of lines that are alike."""
        return self._is_left(line), frozenset(map(self._ground, line.excluded))

    def _ground(self, one: Exclusion) -> Ground:
        """The axiom or the steps, and at which of a clause's profiles it is: where a lie leads, or
        where it starts.
        """
        steps = tuple(sorted(k for k in one.why if k in self.numbers))
        core = [k for k in one.why if k < len(self.core)]
        place = self._places(self.core[core[0]].said).index(one.profile) if core else 0
        return self._axiom(one), steps, place

    def _likewise(self, lines: Sequence[Line], one_by_one: bool) -> str:
        """What else follows; ``one_by_one`` if some of it follows from what is said before it."""
        runs = [(what, list(run)) for what, run in groupby(lines, self._left)]
        parts = [f"{what} at {self._listed([one.profile for one in run])}" for what, run in runs]
        if not parts:
            return ""
        return f" Likewise{', in turn,' if one_by_one else ''} {_and(parts)}."

    def line(self, line: Line) -> str:
        """What is left at a profile, and why."""
        reasons: dict[str, list[int]] = {}
        for one in line.excluded:
            reasons.setdefault(self._reason(one), []).append(one.outcome)
        told = [f"{self.words.none(outcomes)}, {why}" for why, outcomes in reasons.items()]
        where = self.at(line.profile)
        left = self._left(line)
        if len(reasons) == 1 and line.left and not self._is_left(line):
            return f"At {where}, {left}, {next(iter(reasons))}."
        if not line.left:
            return f"Nothing can be chosen at {where}: {'; '.join(told)}."
        return f"At {where}, {left}: {'; '.join(told)}."

    def _is_left(self, line: Line) -> bool:
        """Whether it is said what is left, not what is excluded."""
        return len(line.left) == 1 or len(line.left) <= len(line.excluded)

    def _left(self, line: Line) -> str:
        return self._either(line.left, [one.outcome for one in line.excluded])

    def _either(self, left: Sequence[int], gone: Sequence[int]) -> str:
        """What is left or what is not, whichever is shorter."""
        if len(left) == 1 or len(left) <= len(gone):
            return f"{self.words.some(left)} is chosen"
        return self.words.denied(gone)

    def _chosen(self, outcomes: Sequence[int]) -> str:
        if self._denied(outcomes):
            return self.words.denied(self._rest(sum(1 << k for k in outcomes)))
        return f"{self.words.some(outcomes)} is chosen"

    def _denied(self, outcomes: Sequence[int]) -> bool:
        """Whether it is said what is not chosen, as that is shorter."""
        return 2 * len(outcomes) > self.size

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
        if self.likewise and len(named) > LISTED:
            named = [*named[: LISTED - 1], f"{len(named) - LISTED + 1} more profiles"]
        return _and(named)


def _premises(lines: Sequence[Line]) -> dict[int, set[int]]:
    """Of each line those before it on which it rests, or that are about the same profile."""
    telling: dict[tuple[int, int], int] = {}
    last: dict[int, int] = {}
    found: dict[int, set[int]] = {}
    for k, line in enumerate(lines):
        found[k] = {
            telling[premise.profile, outcome]
            for one in line.excluded
            for premise in one.given
            for outcome in bits(premise.outcomes)
            if (premise.profile, outcome) in telling
        }
        if line.profile in last:
            found[k].add(last[line.profile])
        last[line.profile] = k
        telling |= {(one.profile, one.outcome): k for one in line.excluded}
    return found


def _in_turn(
    alike: Sequence[int],
    waiting: Mapping[int, object],
    rests: Mapping[int, set[int]],
    said: Sequence[str],
) -> list[int]:
    """Those of the lines ``alike`` that rest on nothing else that waits, in an order to be told.

    What says the same stands together.
    """
    told: dict[int, None] = {}
    latest = ""
    while True:
        ready = [
            k
            for k in alike
            if k not in told and not any(r in waiting and r not in told for r in rests[k])
        ]
        if not ready:
            return list(told)
        again = [k for k in ready if said[k] == latest]
        latest = latest if again else said[ready[0]]
        told |= dict.fromkeys(again or [k for k in ready if said[k] == latest])


def _and(parts: Iterable[str]) -> str:
    """A list in a sentence."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
