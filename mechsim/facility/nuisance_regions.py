r"""Where a nuisance is fair, as intervals for each profile of a batch.

With the reports in order and :math:`r_i` the distance that the agent at :math:`x_{(i)}` is owed,
the fair places between :math:`x_{(k)}` and :math:`x_{(k+1)}` are those of

.. math:: \Bigl[\max_{i \le k} (x_{(i)} + r_i),\ \min_{i > k} (x_{(i)} - r_i)\Bigr].

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

import numpy as np

from ..axioms.nuisance_share import UnanimousNuisanceShare
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ._batches import Batch, float_ends, read_batch, sorted_blocks
from ._fair_places import NuisanceShare, require_share

TWO_UFS = UnanimousNuisanceShare()


def fair_regions(
    profiles: Batch, setting: Line = Line(0, 1), share: NuisanceShare = TWO_UFS
) -> tuple[FloatArray, FloatArray]:
    """The fair intervals between neighbours at each profile, up to rounding.  O(n log n) a row.

    Parameters
    ----------
    profiles : (batch, agents) array
    setting : Line
        With two finite ends.
    share : axiom
        `IndividualNuisanceShare`, `UnanimousNuisanceShare` or `ProportionalNuisanceShare`.

    Returns
    -------
    lower, upper : (batch, agents + 1) float64 arrays
        The k-th interval lies between the k-th smallest report and the next, the first and the
        last at the ends of the line.  It is empty where ``lower`` exceeds ``upper``; where
        they are the same but for rounding, `mechsim.axioms.fair_region` decides.

    Examples
    --------
    >>> lower, upper = fair_regions([[0.25, 0.25, 1.0]])
    >>> (lower <= upper).tolist()
    [[False, False, True, False]]
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([[0.0, 0.583, 0.583, 1.167]], [[-0.083, -0.083, 0.833, 1.0]])
    """
    setting.require_bounds("a fair share")
    require_share(share, NuisanceShare, "UnanimousNuisanceShare()")
    batch = read_batch(profiles)
    low, high = float_ends(setting)
    lower = np.full((len(batch), batch.shape[1] + 1), low)
    upper = np.full(lower.shape, high)
    for rows, ordered in sorted_blocks(setting, batch):
        radii = share.radii_of_batch(ordered, high - low)
        np.maximum.accumulate(ordered + radii, axis=1, out=lower[rows, 1:])
        nearest = np.minimum.accumulate((ordered - radii)[:, ::-1], axis=1)
        upper[rows, :-1] = nearest[:, ::-1]
    return lower, upper
