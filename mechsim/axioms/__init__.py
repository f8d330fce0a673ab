"""Axioms, the verdicts on them, and what one does with both: check, confirm, shrink."""

from ._base import Axiom as Axiom
from ._base import Case as Case
from ._base import OutcomeAxiom as OutcomeAxiom
from ._base import Tally as Tally
from ._base import Undecided as Undecided
from ._base import check as check
from ._base import confirm as confirm
from ._base import places as places
from ._base import shrink as shrink
from .anonymous import Anonymous as Anonymous
from .anonymous import Swap as Swap
from .combinators import ExAnte as ExAnte
from .combinators import ExPost as ExPost
from .combinators import Universally as Universally
from .fair_share import LikeMinded as LikeMinded
from .fair_share import UnanimousFairShare as UnanimousFairShare
from .strategyproof import Misreport as Misreport
from .strategyproof import Strategyproof as Strategyproof
from .verdict import Exhaustion as Exhaustion
from .verdict import Misbehaved as Misbehaved
from .verdict import Proved as Proved
from .verdict import Refuted as Refuted
from .verdict import Survived as Survived
from .verdict import Unknown as Unknown
from .verdict import Verdict as Verdict
