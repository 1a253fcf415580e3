"""The changes between two versions of a report: figures and statements changed, added, removed, moved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from fazhi_analysis.analysis.revising.pairing import moved, pair_figures, pair_statements
from fazhi_analysis.analysis.revising.version import Row, Version

Kind = Literal["changed", "added", "removed", "moved"]
What = Literal["figure", "problem", "next_step"]
KINDS: Final[tuple[Kind, ...]] = ("changed", "added", "removed", "moved")

_VALUE = ("value", "lower", "upper", "unit", "qualifier")
_NUMBERS = frozenset({"value", "lower", "upper"})
_MEANING = ("indicator_id", "scope", "subject", "period", "role", "change", "aspect", "base")
_FIGURE = ("row_id", "label", "indicator_id", "scope", *_VALUE, "wording", "section", "start", "end")
_STATEMENT = ("text", "ordinal", "start", "end")


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``old`` and ``new`` are what stood and stands there, each with its place; empty on the side that has
    nothing. ``fields`` names the columns that differ, ``heading`` where the section is another one.
    """

    what: What
    kind: Kind
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The change as ``fazhi diff --json`` prints it."""
        record = {"what": self.what, "kind": self.kind, "fields": list(self.fields)}
        return record | {"old": dict(self.old), "new": dict(self.new)}

    def to_record(self) -> dict[str, Any]:
        """The change as ``report.json`` keeps it: JSON has no infinity, and an open end is the text ``inf``."""
        return self.to_json() | {"old": _kept(self.old), "new": _kept(self.new)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Change:
        """The change that ``report.json`` keeps.

        >>> change = Change("figure", "added", new={"value": 3.0, "lower": 3.0, "upper": math.inf})
        >>> change.to_record()["new"]["upper"], Change.of(change.to_record()) == change
        ('inf', True)
        """
        old, new = (
            {key: float(item) if key in _NUMBERS else item for key, item in (record.get(side) or {}).items()}
            for side in ("old", "new")
        )
        return cls(record["what"], record["kind"], old, new, tuple(record.get("fields") or ()))


def compare_versions(old: Version, new: Version) -> list[Change]:
    """All changes from the old version to the new one, in the order of the new text; nothing for the same content.

    Layout, numbering of sections and running numbers of statements do not count. A figure that was both moved and
    changed is a changed one; its two places tell the rest.

    >>> row = {"label": "行政复议案件数", "indicator_id": "", "value": 12, "lower": 12, "upper": 12, "unit": "件",
    ...        "qualifier": "exact", "section": "一", "start": 20, "end": 23, "quote": "受理行政复议案件12件"}
    >>> more = {**row, "value": 13, "lower": 13, "upper": 13, "quote": "受理行政复议案件13件"}
    >>> [(one.what, one.kind, one.old["value"], one.new["value"], one.fields)
    ...  for one in compare_versions(Version.of("a", [row], []), Version.of("b", [more], []))]
    [('figure', 'changed', 12, 13, ('value', 'lower', 'upper'))]
    """
    found = [*_figure_changes(old, new), *_statement_changes(old, new)]
    return sorted(found, key=_place)


def without_text(changes: list[Change]) -> list[Change]:
    """The same changes without any wording, for a store that does not keep it."""
    return [
        Change(one.what, one.kind, _bare(one.old), _bare(one.new), one.fields) if one.what != "figure" else one
        for one in changes
    ]


def _bare(side: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in side.items() if key != "text"}


def _kept(side: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(item) if item in (math.inf, -math.inf) else item for key, item in side.items()}


def _figure_changes(old: Version, new: Version) -> list[Change]:
    pairs = pair_figures(old, new)
    found = []
    for number in sorted(set(range(len(old.figures))) - set(pairs)):
        found.append(Change("figure", "removed", old=_side(old.figures[number], _FIGURE)))
    for number in sorted(set(range(len(new.figures))) - set(pairs.values())):
        found.append(Change("figure", "added", new=_side(new.figures[number], _FIGURE)))
    elsewhere = moved(pairs)
    for number, other in pairs.items():
        before, after = old.figures[number], new.figures[other]
        fields = [name for name in (*_VALUE, *_MEANING) if not _same(before.get(name), after.get(name))]
        if not (before.get("indicator_id") or after.get("indicator_id")) and before["label"] != after["label"]:
            fields.append("label")
        heading = _other_section(before, after, old, new)
        if fields or heading or number in elsewhere:
            kind: Kind = "changed" if fields else "moved"
            sides = _side(before, _FIGURE), _side(after, _FIGURE)
            found.append(Change("figure", kind, *sides, (*fields, *(("heading",) if heading else ()))))
    return found


def _other_section(before: Row, after: Row, old: Version, new: Version) -> bool:
    """Whether a figure stands under another heading, both of which both versions have: not one that was reworded."""
    first, second = (version.headings.get(str(row.get("section"))) for row, version in ((before, old), (after, new)))
    return bool(
        first and second and first != second and first in new.headings.values() and second in old.headings.values()
    )


def _statement_changes(old: Version, new: Version) -> list[Change]:
    pairs = pair_statements(old, new)
    found = []
    for number in sorted(set(range(len(old.statements))) - set(pairs)):
        row = old.statements[number]
        found.append(Change(row["kind"], "removed", old=_side(row, _STATEMENT)))
    for number in sorted(set(range(len(new.statements))) - set(pairs.values())):
        row = new.statements[number]
        found.append(Change(row["kind"], "added", new=_side(row, _STATEMENT)))
    elsewhere = moved(pairs)
    for number, other in pairs.items():
        before, after = old.statements[number], new.statements[other]
        fields = ("text",) if "".join(before["text"].split()) != "".join(after["text"].split()) else ()
        if fields or number in elsewhere:
            kind: Kind = "changed" if fields else "moved"
            found.append(Change(after["kind"], kind, _side(before, _STATEMENT), _side(after, _STATEMENT), fields))
    return found


def _side(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """What one side of a change shows; what a row does not say is left out."""
    return {name: row[name] for name in names if row.get(name) not in (None, "") and row[name] == row[name]}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return one == other or (math.isnan(one) and math.isnan(other))
    return (one or "") == (other or "")


def _place(change: Change) -> tuple[int, int]:
    side = change.new or change.old
    return int(side.get("start", -1)), KINDS.index(change.kind)
