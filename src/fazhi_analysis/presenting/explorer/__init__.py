"""The interactive application of ``explore.ipynb``: choose, see table, chart and evidence; take a report in.

``Explorer`` and ``Intake`` are ipywidgets; what they show is made by modules that know nothing of widgets.
"""

from __future__ import annotations

from fazhi_analysis.presenting.explorer.app import Explorer
from fazhi_analysis.presenting.explorer.intake import Intake

__all__ = ["Explorer", "Intake"]
