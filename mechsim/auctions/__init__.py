"""Auctions: who gets which position, and what it pays."""

from .all_pay import AllPay as AllPay
from .first_price import FirstPrice as FirstPrice
from .gsp import GSP as GSP
from .vcg import VCG as VCG
