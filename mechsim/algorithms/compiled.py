"""Loops over arrays that are compiled where that is possible, and run as they are where it is not.

A kernel is a plain function of arrays and numbers, and stays one.  Where numba is missing, or the
environment variable ``NUMBA_DISABLE_JIT`` is 1, it is called as it stands: slow, and correct.
"""

import functools
import os
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """``kernel``, compiled when it is first called.

    The compiled code is kept beside the source between processes, and lets other threads run.  Sums
    keep their order, so a kernel gives the same floats compiled or not.  The function itself stays
    within reach as ``__wrapped__``.

    Parameters
    ----------
    kernel : callable
        Takes arrays and numbers, by position; its source is a module's own, not a notebook's.

    Examples
    --------
    >>> import numpy as np
    >>> @compiled
    ... def highest(values):
    ...     best = values[0]
    ...     for value in values:
    ...         best = max(best, value)
    ...     return best
    >>> highest.__wrapped__(np.array([1.0, 3.0, 2.0]))
    np.float64(3.0)
    """

    @functools.cache
    def ready() -> Callable[..., R]:
        return _ready(kernel)

    @functools.wraps(kernel)
    def call(*arguments: P.args, **named: P.kwargs) -> R:
        return ready()(*arguments, **named)

    return call


def compiled_together(kernel: Callable[P, R]) -> Callable[P, R]:
    """``kernel``, as other kernels of its module can call it.

    Compilers are imported with the module that uses this, so that module is imported by whoever
    calls a kernel, when it does.
    """
    return _ready(kernel)


def _ready(kernel: Callable[..., R]) -> Callable[..., R]:
    """The fastest form of ``kernel`` that there is here."""
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return kernel
    try:
        from numba import njit
    except ImportError:  # there is no wheel for this Python yet
        return kernel
    return cast(Callable[..., R], cast(Any, njit)(nogil=True, cache=True)(kernel))


def compiled_with(kernel: Callable[P, R], *helpers: Callable[..., Any]) -> Callable[P, R]:
    """``kernel``, compiled with the plain functions that it calls, which stay plain functions.

    So one source runs on arrays of machine integers, compiled, and on Python's own integers.
    Compilers are imported, as by `compiled_together`.
    """
    ready = _ready(kernel)
    if ready is not kernel:
        from numba.extending import register_jitable

        for helper in helpers:
            cast(Any, register_jitable)(helper)
    return ready
