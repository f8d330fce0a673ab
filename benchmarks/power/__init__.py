"""How well `mechsim.verify` finds faults: mechanisms with a planted fault, and their correct twins.

``python -m benchmarks.power`` asks for a verdict on each and prints what was found.  The mechanisms
are written as one writes them in a notebook, with loops, dictionaries and helpers; they do not know
this library, except that two of its functions make lotteries and outcomes with payments.
"""
