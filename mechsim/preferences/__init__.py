"""Who the agents are and what they like: the settings that mechanisms and axioms work in."""

from .acquisition import Acquisition as Acquisition
from .acquisition import ContractTerms as ContractTerms
from .acquisition import Effort as Effort
from .acquisition import Expert as Expert
from .acquisition import World as World
from .additive import Goods as Goods
from .beliefs import Beliefs as Beliefs
from .elections import Election as Election
from .groups import Clustered as Clustered
from .groups import TwoGroups as TwoGroups
from .pabulib import read_pabulib as read_pabulib
from .pabulib import village as village
from .positions import Positions as Positions
from .rankings import Rankings as Rankings
from .samplers import Beta as Beta
from .samplers import Empirical as Empirical
from .samplers import Mixture as Mixture
from .samplers import Sampler as Sampler
from .samplers import Uniform as Uniform
from .single_peaked import Line as Line
from .surveys import anes96 as anes96
from .surveys import read_column as read_column
from .tastes import Distance as Distance
from .tastes import Hybrid as Hybrid
from .tastes import Obnoxious as Obnoxious
from .tastes import SinglePeaked as SinglePeaked
