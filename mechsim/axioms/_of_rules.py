"""What a rule chooses, for axioms that are about rules without payments."""

from typing import Any

from ..lottery import is_finite
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Priced
from ._base import Undecided


def outcome_of_rule(mechanism: Playable, reports: Reports) -> Any:
    """The outcome, which is sure and without payments.

    Raises
    ------
    Undecided
        If it is not.
    """
    lottery = play(mechanism, reports)
    if not is_finite(lottery) or len(lottery.support) != 1:
        raise Undecided("it is about rules, and this mechanism draws lots")
    if isinstance(lottery.support[0], Priced):
        raise Undecided("it is about rules without payments")
    return lottery.support[0]
