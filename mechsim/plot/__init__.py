"""Pictures.  Every function takes ``ax`` and returns the axes it drew on."""

from ._style import require_format as require_format
from ._style import save as save
from .comparison import comparison as comparison
from .fairness import fairness as fairness
from .lottery import lottery as lottery
from .misreports import misreports as misreports
from .placement import outcomes as outcomes
from .placement import placement as placement
from .placement import reports as reports
from .profile import profile as profile
from .ratios import ratios as ratios
