"""Pictures.  A function takes ``ax`` and returns the axes it drew on, or a figure of panels."""

from ._style import require_format as require_format
from ._style import save as save
from .auctions import auction as auction
from .bid_curve import bid_curve as bid_curve
from .bundles import bundles as bundles
from .cases import cases as cases
from .comparison import comparison as comparison
from .contradiction import contradiction as contradiction
from .core_graph import core_graph as core_graph
from .curves import curves as curves
from .design import optimal_curves as optimal_curves
from .design import optimal_map as optimal_map
from .fairness import fairness as fairness
from .funding import funding as funding
from .lottery import lottery as lottery
from .menu import menu as menu
from .misreports import misreports as misreports
from .pieces import pieces as pieces
from .placement import outcomes as outcomes
from .placement import placement as placement
from .placement import reports as reports
from .power_laws import power_laws as power_laws
from .profile import profile as profile
from .ratios import ratios as ratios
from .revenue_curve import revenue_curve as revenue_curve
from .scoring_rule import scoring_rule as scoring_rule
