"""How worker processes begin, whatever they are for."""

import multiprocessing
import os
import signal
import threading
from typing import Any


def prepare() -> None:
    """A worker's first steps: leave Ctrl-C to the main process, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)
