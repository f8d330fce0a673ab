"""Batches of auctions of separable positions."""

import numpy as np
import numpy.typing as npt

from .._numbers import Number
from ..preferences.positions import Positions
from .sales import Sales, read_bids_batch

BID, NEXT, HARM = 0, 1, 2
"""What is charged: the own bid, the next score, or the harm done to those below."""


def sell(setting: Positions, bids: npt.ArrayLike, reserve: Number, charge: int) -> Sales:
    """Positions by score, for one of the charges above."""
    from . import _separable_kernels

    read = read_bids_batch(bids, setting.bidders)
    qualities = np.array([float(setting.quality(i)) for i in range(read.shape[1])])
    effects = np.array([float(effect) for effect in setting.effects])
    shape, least = read.shape, float(reserve)
    positions, clicks, paid = np.empty(shape, np.int64), np.empty(shape), np.empty(shape)
    _separable_kernels.sell(read, qualities, effects, least, charge, positions, clicks, paid)
    return Sales(setting, positions, clicks, paid)
