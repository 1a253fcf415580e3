"""The notice of a page that a report was revised: which version it is, what changed, whether a newer one was stored."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.analysis.revising.changes import Change
from fazhi_analysis.analysis.stored_rows import ReportRow
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.presenting.wording.revision import change_text, summary


def revision_notes(reports: Iterable[ReportRow], words: Words) -> list[Fragment]:
    """A notice a report that has other versions, with the list of changes one click away."""
    return [note for report in reports if report["former"] for note in _notes(report, words)]


def _notes(report: ReportRow, words: Words) -> list[Fragment]:
    number, former = report["version"], report["former"]
    newest = max(former, key=lambda one: int(one["number"] or 0))
    if int(newest["number"] or 0) > number:
        fields = {"newest": newest["number"], "name": words.source(newest["name"])}
        return [tag("p", words.html("revision.older", year=report["year"], number=number, **fields), cls="fz-notice")]
    before = former[-1]
    changes = [Change.of(one) for one in before["changes"] or ()]
    fields = {"former": words.source(before["name"]), "summary": summary(changes, words)}
    text = words.html("revision.note", year=report["year"], number=number, **fields)
    if not changes:
        return [tag("p", text, cls="fz-notice")]
    lines = [tag("li", words.source(change_text(change, words))) for change in changes]
    listed = tag("details", tag("summary", words("revision.show")), tag("ul", *lines))
    return [tag("div", tag("p", text), listed, cls="fz-notice fz-revision")]
