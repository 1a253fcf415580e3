"""The closed sets of words that stored columns may hold: kinds, roles, changes, severities, bodies, documents."""

from __future__ import annotations

from typing import Literal, get_args

Qualifier = Literal["exact", "over", "about", "under", "range"]
Kind = Literal["count", "rate", "money", "date", "ordinal", "docnumber", "name"]
Role = Literal["result", "plan", "target"]
Change = Literal["level", "yoy_pct", "yoy_abs", "points", "reduction"]
Aspect = Literal["level", "increment", "share", "rate", "change"]
Origin = Literal["text", "ocr", "curated", "corrected"]
Severity = Literal["error", "warning", "note", "confirmed"]
Strength = Literal["direct", "partial", "none"]
Direction = Literal["higher_better", "lower_better", "neutral"]
BodyKind = Literal["government", "department", "township", "other"]
DocumentKind = Literal[
    "annual_report", "work_report", "disclosure", "enforcement_stats", "reconsideration_stats", "other"
]
Means = Literal["", "given", "title", "heading", "signature", "opening", "masthead", "text", "plan", "file_name"]
"""How something was found: the user gave it; the title, a heading, the signature or its date, the opening, the lines of
a web page above the text, the names in its body, the year of a plan, or the name of the file says so; empty: nothing
does."""

QUALIFIERS: tuple[str, ...] = ("exact", "over", "about", "under", "range")
KINDS: tuple[str, ...] = ("count", "rate", "money", "date", "ordinal", "docnumber", "name")
METRIC_KINDS: tuple[str, ...] = ("count", "rate", "money")
ROLES: tuple[str, ...] = ("result", "plan", "target")
CHANGES: tuple[str, ...] = ("level", "yoy_pct", "yoy_abs", "points", "reduction")
ASPECTS: tuple[str, ...] = ("level", "increment", "share", "rate", "change")
ORIGINS: tuple[str, ...] = ("text", "ocr", "curated", "corrected")
SEVERITIES: tuple[str, ...] = ("error", "warning", "note", "confirmed")
STATUSES: tuple[str, ...] = ("open", "accepted", "dismissed")
DIRECTIONS: tuple[str, ...] = ("higher_better", "lower_better", "neutral")
BODY_KINDS: tuple[str, ...] = get_args(BodyKind)
DOCUMENT_KINDS: tuple[str, ...] = get_args(DocumentKind)
MEANS: tuple[str, ...] = get_args(Means)
