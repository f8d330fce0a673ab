"""Games: how far from equilibrium, how players get there, and what a mediator could reach.

`Game` holds payoffs; `regret` and `simulated_regret` say how far a profile is from a Nash
equilibrium; `play` runs a learning dynamic; `correlated_equilibrium` solves a linear program with a
certificate; `reporting_game` makes a game of any mechanism; `NumberGame` is a mechanism that plays
a game where others draw.
"""

from .continuous import GradientPlay as GradientPlay
from .continuous import gradient_play as gradient_play
from .correlated import Correlated as Correlated
from .correlated import coarse_correlated_equilibrium as coarse_correlated_equilibrium
from .correlated import correlated_equilibrium as correlated_equilibrium
from .dynamics import BestResponse as BestResponse
from .dynamics import FictitiousPlay as FictitiousPlay
from .dynamics import Gradient as Gradient
from .dynamics import History as History
from .dynamics import Logit as Logit
from .dynamics import MultiplicativeWeights as MultiplicativeWeights
from .dynamics import RegretMatching as RegretMatching
from .dynamics import Replicator as Replicator
from .game import Game as Game
from .nash import mixed_equilibria as mixed_equilibria
from .nash import pure_equilibria as pure_equilibria
from .number_game import Derandomized as Derandomized
from .number_game import NumberGame as NumberGame
from .number_game import bit_by_bit as bit_by_bit
from .number_game import equally_likely as equally_likely
from .number_game import one_by_one as one_by_one
from .number_game import others_bits as others_bits
from .number_game import sum_modulo as sum_modulo
from .play import Play as Play
from .play import play as play
from .quantal import QuantalResponse as QuantalResponse
from .quantal import cognitive_hierarchy as cognitive_hierarchy
from .quantal import level_k as level_k
from .quantal import quantal_response as quantal_response
from .quantal import replies_in as replies_in
from .regret import Regret as Regret
from .regret import SimulatedRegret as SimulatedRegret
from .regret import regret as regret
from .regret import simulated_regret as simulated_regret
from .reporting import reporting_game as reporting_game
