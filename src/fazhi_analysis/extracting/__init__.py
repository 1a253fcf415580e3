"""From a Report to quantities and statements."""

from fazhi_analysis.extracting.extraction import Extraction, extract

__all__ = ["Extraction", "extract"]
