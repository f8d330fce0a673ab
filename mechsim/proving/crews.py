"""Paths that are explored by several processes, in parts, with what one process would see.

A part of the tree of all paths is a path as far as some fork, and all that may follow.  Parts are
split, at their first forks, until there are several for each worker; they are sent out, and what
was seen is put together in the order in which one process would have come by it.
"""

import multiprocessing
import pickle
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, cast

from .._processes import prepare
from .._text import brief
from ..axioms._patience import ticking
from .attempt import Attempt, Question, Seen
from .paths import Part

PARTS = 32
"""Parts for each worker."""

Look: TypeAlias = Callable[[int, int, int], Iterator[Seen]]
"""What is seen on all paths of a departing agent, or case of the axiom.

It is told how many there may be, and of how many a point is to be played in fractions.
"""


@dataclass(frozen=True)
class Crew:
    """Processes, and the question that they know."""

    attempt: Attempt
    workers: int
    executor: Executor
    sent: bytes

    def seen(self, first: int, most: int, replayed: int) -> Iterator[Seen]:
        """What is seen, in the order of the paths."""
        listed = _split(self.attempt, first, most, PARTS * self.workers)
        mark = self.attempt.box.mark
        each = replayed // max(1, sum(isinstance(one, Part) for one in listed))
        waiting = [
            self.executor.submit(_look, self.sent, mark, first, one, most, each)
            if isinstance(one, Part)
            else one
            for one in listed
        ]
        try:
            for one in waiting:
                seen = one.result() if isinstance(one, Future) else one
                if seen is None:
                    raise ValueError(
                        f"workers is {self.workers}: other processes have another "
                        f"{brief(self.attempt.question.mechanism)}, as what it reaches was changed "
                        "after it was imported; ask with workers=1"
                    )
                yield seen
        finally:
            for one in waiting:
                if isinstance(one, Future):
                    one.cancel()


@contextmanager
def crew(attempt: Attempt, workers: int) -> Generator[Look]:
    """Who looks: this process, or others that live as long as the body."""
    if workers == 1:

        def alone(first: int, most: int, replayed: int) -> Iterator[Seen]:
            yield attempt.look(first, attempt.whole, most, replayed)

        yield alone
        return
    sent = _packed(attempt.question, workers)
    executor = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),  # the same on every system
        initializer=prepare,
    )
    try:
        yield Crew(attempt, workers, executor, sent).seen
    finally:
        executor.shutdown(cancel_futures=True)


def _packed(question: Question, workers: int) -> bytes:
    """The question as bytes."""
    why = "it is defined in a notebook or a script"
    try:
        sent = pickle.dumps(question)
    except Exception as error:  # whatever objects raise that cannot be sent
        why, sent = f"{type(error).__name__}: {error}", b"__main__"
    if b"__main__" in sent:
        raise ValueError(
            f"workers is {workers}: {brief(question.mechanism)} cannot be sent to other processes, "
            f"as {why}; write it to a module, at its top, or ask with workers=1"
        )
    return sent


def _split(attempt: Attempt, first: int, most: int, enough: int) -> list[Seen | Part]:
    """What was seen and the parts that are left, in order; no more parts than need be."""
    listed: list[Seen | Part] = [attempt.whole]
    for _ in range(most) if most else ():
        places = [place for place, one in enumerate(listed) if isinstance(one, Part)]
        if not 0 < len(places) < enough:
            break
        place = min(places, key=lambda k: len(cast(Part, listed[k]).begun))
        found = attempt.step(first, cast(Part, listed[place]))
        ends = isinstance(found[0], Seen) and found[0].ends
        listed[place:] = found[:1] if ends else [*found, *listed[place + 1 :]]
    return listed


def _look(sent: bytes, mark: str, first: int, part: Part, most: int, replayed: int) -> Seen | None:
    """What is seen in a part, by another process; None if it knows another mechanism."""
    attempt = _unpacked(sent)
    if attempt.box.mark != mark:
        return None
    with ticking():
        return attempt.look(first, part, most, replayed)


@lru_cache(maxsize=1)
def _unpacked(sent: bytes) -> Attempt:
    return Attempt.at(pickle.loads(sent))
