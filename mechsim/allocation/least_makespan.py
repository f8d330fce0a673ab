r"""The least makespan: tasks to machines so that all are done as soon as possible, nobody is paid.

.. math:: f(t) \in \arg\min_x \max_i \sum_{j \in x_i} t_{ij}.

Best if times were known; but a machine that says it is slow is given less to do.
"""

from dataclasses import dataclass

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ..objectives import MaxCost, best_of
from ..preferences.additive import Matrix
from ..preferences.chores import Chores
from ..setting import Instance


@dataclass(frozen=True)
class LeastMakespan:
    """The first of the best assignments, by trying all.  O(n^m).

    Examples
    --------
    >>> tasks = Chores(("build", "test"), agents=("ann", "bob"))
    >>> tasks.tell(LeastMakespan(tasks)([[-1, -1], [-2, -1]]))
    'ann: {build}, bob: {test}'
    """

    setting: Chores

    @accepts_reports
    def __call__(self, reports: Matrix, /) -> Bundles:
        """Who does which tasks."""
        here, every = Instance(self.setting, reports), self.setting.alternatives(len(reports))
        found: Bundles = best_of(MaxCost(), here, every).place
        return found
