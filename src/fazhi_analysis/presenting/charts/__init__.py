"""Charts in one house style, drawn by matplotlib, shown as SVG with an alternative text that states the finding.

A chart is one module. matplotlib is imported when a chart is drawn, not before.
"""

from __future__ import annotations

from fazhi_analysis.presenting.charts.chart import Chart

__all__ = ["Chart"]
