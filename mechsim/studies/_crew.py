"""Who works at a study: nobody else, processes of our own, or an executor that was given."""

import multiprocessing
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from .._processes import prepare
from .study import Study

AT_ONCE = 64
"""As many tasks an executor is thought to work at that does not say."""


@dataclass
class Crew:
    """Who does the work: an executor, how many tasks it works at, and how to get another."""

    executor: Executor
    width: int
    renew: Callable[[], Executor] | None = None
    breaks: int = 0
    """How often in a row all workers died before a task was done."""


class _Here(Executor):
    """An executor without anybody else: a task is done when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def crew(
    study: Study[Any], workers: int | None, executor: Executor | None
) -> Generator[Crew, None, None]:
    if executor is not None:
        known = getattr(executor, "_max_workers", None) or getattr(executor, "num_workers", None)
        yield Crew(executor, workers or known or AT_ONCE)
        return
    if workers is None or workers == 1:
        yield Crew(_Here(), 1)
        return
    function: Any = study.measure or study.measure_many
    if function.__module__ == "__main__" or "<locals>" in function.__qualname__:
        raise ValueError(
            f"workers is {workers}: other processes cannot import {function.__qualname__} of "
            f"{function.__module__}: write the study to a file, and `load` it"
        )
    start = partial(
        ProcessPoolExecutor,
        workers,
        mp_context=multiprocessing.get_context("spawn"),  # the same on every system
        initializer=prepare,
    )
    own = Crew(start(), workers, start)
    try:
        yield own
    finally:
        own.executor.shutdown(cancel_futures=True)
