"""Why a row is compared as it is, or not at all: the closed vocabularies of verdicts, reasons and notes.

Tables carry the short codes; their wording, in both languages, is in ``messages/verdicts/comparison.yaml``.
"""

from __future__ import annotations

from typing import Final

from fazhi_analysis.messages import word

VERDICTS: Final = (
    "improved",
    "worsened",
    "increased",
    "decreased",
    "unchanged",
    "uncertain",
    "new",
    "dropped",
    "not_comparable",
)
"""Every verdict of a comparison."""

SETTLED: Final = ("improved", "worsened", "increased", "decreased")
"""Verdicts with a direction."""

COMPARED: Final = (*SETTLED, "unchanged", "uncertain")
"""Verdicts on figures that both years have and that may be compared."""

REASONS: Final = (
    "",
    # why the verdict is what it is
    "settled",
    "equal",
    "equal_as_printed",
    "intervals_overlap",
    "stated_otherwise",
    "not_in_baseline",
    "not_in_year",
    "other_scope",
    "other_unit",
    # why two rows cannot be compared
    "conflicting_values",
    "period",
    "unit",
    "kind",
    "partial_year",
    "other_source",
    "other_document",
    "selection",
    "place_split",
    "law_changed",
    "other_base",
    "statistical",
    "no_denominator",
    # why a row is left out before any comparison
    "not_metric",
    "no_value",
    "duplicate",
    "repeated_value",
    "plan",
    "target",
    "change_only",
    "appendix",
    "unnamed",
    "other_period",
    "no_series",
    "no_report",
    "few_places",
    "single_figure",
    "no_other_year",
)
"""Every reason."""

NOTES: Final = (
    "place_renamed",
    "source_changed",
    "approximate",
    "unit_word",
    "gap",
    "law_changed",
    "ceiling",
)
"""Remarks that go with a comparison without forbidding it."""


_NAMED: Final = {"comparison.reason": REASONS, "comparison.verdict": VERDICTS, "comparison.note": NOTES}


def wording(code: str, lang: str = "zh") -> str:
    """Wording of a reason, verdict or note in ``zh`` or ``en``; an unknown code is shown as it stands.

    >>> wording("conflicting_values")
    '同一年出现不同数值'
    >>> wording("uncertain", "en")
    'uncertain'
    """
    for vocabulary, codes in _NAMED.items():
        if code in codes:
            return word(vocabulary, code, lang)
    return code
