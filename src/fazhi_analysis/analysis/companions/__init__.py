"""Figures that several documents of one body give: the annual report, the disclosure report, the statistics."""
