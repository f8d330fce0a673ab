"""Engines that decide whether a mechanism satisfies an axiom, as far as that can be decided."""

from ..axioms.judge import judge as judge
from ..budget import Budget as Budget
from .certificates import certificate as certificate
from .certificates import save as save
from .certificates import tabulate as tabulate
from .continuum import prove_by_paths as prove_by_paths
from .declarative import prove_declared as prove_declared
from .mixtures import Mixture as Mixture
from .mixtures import NoMixture as NoMixture
from .mixtures import mixture as mixture
from .pieces import Piece as Piece
from .pieces import pieces as pieces
from .proofs import prove as prove
from .sampled import bet_against as bet_against
from .sampled import replay as replay
from .sweep import Lead as Lead
from .sweep import confirm_lead as confirm_lead
from .sweep import sweep as sweep
from .verify import verify as verify
