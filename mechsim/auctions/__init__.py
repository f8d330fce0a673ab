"""Auctions: who gets which position, and what it pays."""

from .all_pay import AllPay as AllPay
from .average_bid import AverageBid as AverageBid
from .envy_free import envy_free_bids as envy_free_bids
from .envy_free import envy_free_revenue as envy_free_revenue
from .exclude_highest import ExcludeHighest as ExcludeHighest
from .first_price import FirstPrice as FirstPrice
from .greedy_cascade import GreedyCascade as GreedyCascade
from .greedy_cascade import IgnoreExternality as IgnoreExternality
from .groves import Groves as Groves
from .gsp import GSP as GSP
from .myerson import Myerson as Myerson
from .odds_cascade import OddsCascade as OddsCascade
from .odds_cascade import UnthinnedOdds as UnthinnedOdds
from .sales import Sales as Sales
from .sponsored_first_price import SponsoredFirstPrice as SponsoredFirstPrice
from .sponsored_groves import SponsoredGroves as SponsoredGroves
from .sponsored_vcg import SponsoredVCG as SponsoredVCG
from .vcg import VCG as VCG
