"""The closed vocabularies of a follow-up: verdicts, kinds of evidence, and why a verdict is what it is.

Their wording, in both languages, is in ``messages/verdicts/follow_up.yaml``.
"""

from __future__ import annotations

from typing import Final

VERDICTS: Final = (
    "repeated",
    "kept",
    "contradicted",
    "dropped",
    "cannot_tell",
)
"""Every verdict of a follow-up."""

WORDINGS: Final = (
    "",
    "near_verbatim",
    "reworded",
)
"""How a statement is repeated."""

EXTENTS: Final = (
    "",
    "full",
    "part",
)
"""How much of a statement the verdict rests on: all of its parts, or some."""

REASONS: Final = (
    "same_words", "same_matter", "target_met", "target_missed", "done_in_text", "not_listed", "not_in_text",
    "figure_open", "figure_doubtful", "figure_conflict", "figure_other_kind", "figure_other_scope", "figure_missing",
    "other_year", "near_matter", "no_result", "no_statements", "no_text", "nothing_specific",
    "decided",
)  # fmt: skip
"""Every reason."""
