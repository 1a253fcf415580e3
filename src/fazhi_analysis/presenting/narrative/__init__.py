"""The narrative: one place and year in sentences that an office would sign, each with its sources.

>>> from fazhi_analysis.presenting.narrative import narrate
>>> narrate("霁原旗", 2024).sentences[0].section
'done'
"""

from __future__ import annotations

from fazhi_analysis.presenting.narrative.narrative import Narrative, Piece, Sentence, Source
from fazhi_analysis.presenting.narrative.narrator import narrate

__all__ = ["Narrative", "Piece", "Sentence", "Source", "narrate"]
