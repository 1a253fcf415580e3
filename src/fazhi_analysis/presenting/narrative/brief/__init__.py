"""The brief: what changed, what cannot be relied on, what came of promises, what to ask: one screen."""

from fazhi_analysis.presenting.narrative.brief.brief import brief_of
from fazhi_analysis.presenting.narrative.brief.changed import leading_change, named_changes

__all__ = ["brief_of", "leading_change", "named_changes"]
