"""Batches of auctions with a click model, by compiled kernels."""

from typing import Any

import numpy as np
import numpy.typing as npt

from ..population import FloatArray
from ..preferences.click_models import Matrix, Multinomial
from ..preferences.sponsored import Sponsored
from .sales import Sales

Kernel = tuple[bool, FloatArray, int]
"""Whether clicks are drawn from others, the table as (1, bidders, positions), and the capacity."""


def kernel_of(setting: Sponsored) -> Kernel:
    """What kernels take of a setting's click model.

    Raises
    ------
    ValueError
        If there is no kernel for it.
    """
    model = setting.model
    if isinstance(model, Matrix):
        draws, table = False, model.probabilities
    elif isinstance(model, Multinomial):
        draws, table = True, model.weights
    else:
        raise ValueError(
            f"setting is {setting}: batches are for a Matrix or a Multinomial, play others one "
            "by one"
        )
    floats = np.array([[float(entry) for entry in row] for row in table])
    most = floats.shape[1] if model.capacity is None else model.capacity
    return draws, floats[None], min(most, *floats.shape)


def empty(bids: FloatArray) -> tuple[npt.NDArray[np.int64], FloatArray, FloatArray]:
    """Positions, clicks and payments to be filled."""
    return np.empty(bids.shape, np.int64), np.empty(bids.shape), np.zeros(bids.shape)


def vcg(setting: Sponsored, bids: FloatArray) -> Sales:
    """What is best, each for the harm done to others."""
    from . import _winner_kernels

    draws, table, most = kernel_of(setting)
    positions, clicks, paid = empty(bids)
    _winner_kernels.harm(draws, table, bids, most, positions, clicks, paid)
    return Sales(setting, positions, clicks, paid)


def first_price(setting: Sponsored, bids: FloatArray) -> Sales:
    """What is best, each for its bid."""
    from . import _winner_kernels

    draws, table, most = kernel_of(setting)
    positions, clicks, _ = empty(bids)
    _winner_kernels.show_all(draws, table, bids, most, positions, clicks)
    return Sales(setting, positions, clicks, bids * clicks)


def thresholds(setting: Sponsored, virtual: FloatArray, laws: Any) -> Sales:
    """What is best for virtual values, each click for the least value that brings it."""
    from . import _winner_kernels

    draws, table, most = kernel_of(setting)
    positions, clicks, paid = empty(virtual)
    room = 4 * virtual.shape[0] * min(virtual.shape[1], table.shape[2]) + 64
    while True:
        whose = np.empty(room, np.int64)
        place, here, beyond = (np.empty(room) for _ in range(3))
        asked = (draws, table, virtual, most, positions, clicks, whose, place, here, beyond)
        count = _winner_kernels.kinks_all(*asked)
        if count >= 0:
            break
        room *= 2
    bidders = virtual.shape[1]
    batch, agent = np.divmod(whose[:count], bidders)
    for i, law in enumerate(laws):
        own = agent == i
        at, rise, more = place[:count][own], here[:count][own], beyond[:count][own]
        charged = rise * np.asarray(law.least(at))
        over = np.asarray(law.beyond(at))
        charged += np.where(more > 0, more * np.where(more > 0, over, 0.0), 0.0)
        paid[:, i] = np.bincount(batch[own], charged, minlength=len(virtual))
    return Sales(setting, positions, clicks, paid)
