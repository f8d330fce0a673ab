"""A limit on how long a mechanism may think.

A timer of the operating system ticks while verdicts are sought, and each call says when it began;
a tick that finds a call too old ends it.  While a compiler runs the call does not grow old: that
happens once, and a compiler that is ended within may not work again.  Only the main thread of a
process can set the timer, and only where there are such timers; elsewhere a mechanism may think for
ever.
"""

import signal
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

PATIENCE = 10.0
"""Seconds after which a mechanism that has not answered is said to hang."""

TICK = 0.25
"""Seconds between two looks at the call that is running."""


AGAIN = 1.0
"""Seconds until a call that has swallowed its end is ended once more."""


class Hangs(BaseException):
    """Raised inside code that runs for too long; no ``except Exception`` of it catches this."""


@dataclass
class Clock:
    """When the call that is running began; None between calls."""

    began: float | None = None
    patience: float = PATIENCE

    def look(self, signum: int, frame: FrameType | None) -> None:
        """End the call that is running if it is too old; again, should it go on regardless."""
        if self.began is not None and _compiles(frame):
            self.began = time.monotonic()
        if self.began is not None and time.monotonic() - self.began > self.patience:
            self.began = time.monotonic() - self.patience + AGAIN
            raise Hangs


def _compiles(frame: FrameType | None) -> bool:
    """Whether what runs was called by a compiler of kernels."""
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in ("numba", "llvmlite"):
            return True
        frame = frame.f_back
    return False


CLOCK = Clock()


@contextmanager
def ticking() -> Generator[None]:
    """Let the timer tick in the body, unless it does already or cannot."""
    if not hasattr(signal, "setitimer") or not _may_set():
        yield
        return
    before = signal.signal(signal.SIGALRM, CLOCK.look)
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _may_set() -> bool:
    """Whether this is the main thread, and nobody else has set the timer."""
    if threading.current_thread() is not threading.main_thread():
        return False
    return signal.getitimer(signal.ITIMER_REAL)[0] == 0
