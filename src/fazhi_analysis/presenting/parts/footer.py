"""The foot of a page: what it rests on, so that a reader can check it and make it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.sign_off_state import sign_off
from fazhi_analysis.analysis.stored_rows import ReportRow
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.html.markup import Fragment, address, join, tag
from fazhi_analysis.presenting.html.tables import facts
from fazhi_analysis.presenting.wording.naming import named
from fazhi_analysis.presenting.wording.numbers import plain
from fazhi_analysis.presenting.wording.page_texts import Words


def footer(
    place_year: PlaceYear, years: Sequence[int], words: Words, at: Callable[[str], str], *, folded: bool = True
) -> Fragment:
    """Sources with addresses and digests, every correction that was applied, versions, digest of the figures.

    ``years`` are those whose figures the page uses, ``at`` gives the address of a figure's place by its row.
    What serves only those who check or repeat is ``folded``, unless a correction was made; print has it.
    """
    from platform import python_version

    from fazhi_analysis import __version__

    reports = place_year.reports_of(years)
    pairs: list[tuple[str, Any]] = [
        (words("footer.source", year=report["year"]), _source(place_year, report, words, at)) for report in reports
    ]
    rows = words("footer.rows", n=sum(len(place_year.rows(year)) for year in years))
    figures = tag("span", f"SHA-256 {place_year.digest(years)}", cls="fz-long fz-digest")
    pairs.append((words("footer.digest"), join([tag("span", rows), figures], " ")))
    pairs.append((words("footer.made"), words("footer.version", version=__version__, python=python_version())))
    said: list[tuple[str, Any]] = [
        (words("footer.claims"), words(f"footer.claims_{_origin(place_year, reports)}")),
        (words("footer.review"), join([_review(place_year, report, words) for report in reports], " ")),
    ]
    heading = tag("h2", words("section.footer"), id="footer-heading")
    if not folded:
        return tag("footer", heading, facts(pairs + said), cls="fz-footer", id="footer")
    touched = any(
        report["corrections"] or place_year.waiting_corrections.get(report["report_id"]) for report in reports
    )
    more = tag("details", tag("summary", words("footer.more")), facts(pairs), cls="fz-fold", open=touched)
    return tag("footer", heading, facts(said), more, cls="fz-footer", id="footer")


def _source(place_year: PlaceYear, report: ReportRow, words: Words, at: Callable[[str], str]) -> Fragment:
    """One report: who published it and where, its digest, its corrections."""
    digest, corrections = report["digest"], report["corrections"] or []
    touched = [tag("li", _correction(place_year, report, one, words, at)) for one in corrections]
    parts = [
        tag("span", words.source(report["producer"] or report["issuer"] or place_year.region)),
        tag("span", address(report["address"]), cls="fz-long") if report["address"] else None,
        tag("span", words("footer.document", digest=digest), cls="fz-long fz-digest") if digest else None,
        tag("span", words("footer.corrections", n=len(corrections))),
        tag("ul", *touched) if touched else None,
        *_waiting(place_year, report, words),
    ]
    return join([part for part in parts if part], " ")


def _waiting(place_year: PlaceYear, report: ReportRow, words: Words) -> list[Fragment]:
    """Corrections that the ledger holds and the figures lack, each with its entry, why, by whom, when."""
    entries = place_year.waiting_corrections.get(report["report_id"], [])
    listed = []
    for one in entries:
        entry = one.place.text(words.lang) if isinstance(one.place, Message) else one.place
        why = [words.source(text) for text in (one.why, one.who, one.date) if text]
        listed.append(words.html("footer.waiting_one", entry=entry, why=join(why, words("punctuation.comma"))))
    if not entries:
        return []
    return [tag("span", words("footer.waiting", n=len(entries))), tag("ul", *(tag("li", line) for line in listed))]


def _review(place_year: PlaceYear, report: ReportRow, words: Words) -> Fragment:
    """Whether a person has signed the figures of a report: 草稿 or 已核, by whom and when."""
    found = sign_off(report["report_id"], place_year.data)
    note = join([words("footer.review_note", note=""), words.source(found.note)]) if found.note else ""
    fields = {"who": words.source(found.who), "date": found.date, "note": note}
    state = words.html(f"footer.review_{found.state}", **fields)
    text = words.html("footer.review_of", year=report["year"], state=state)
    return tag("span", text, cls=f"fz-review fz-{found.state}")


def _origin(place_year: PlaceYear, reports: Sequence[ReportRow]) -> str:
    """Where the figures come from: published reports, files that nothing says are published, both, or the sample."""
    if place_year.is_fictional:
        return "sample"
    published = [bool(report["address"] or report["licence"]) for report in reports]
    return "published" if all(published) else "mixed" if any(published) else "given"


def _correction(
    place_year: PlaceYear, report: ReportRow, one: Mapping[str, Any], words: Words, at: Callable[[str], str]
) -> Fragment:
    """One human touch: which figure, what it was and is, why, by whom, when."""
    identity = f"{report['report_id']}:{str(one['row']).rpartition(':')[2]}"
    row = next((row for row in place_year.rows(report["year"]) if row["row_id"] == identity), None)
    name = tag("a", named(row, words), href=at(identity)) if row else one["row"]
    before, after = one["from"].get("value"), one["to"].get("value")
    moved = words("change.arrow", before=plain(before), after=plain(after)) if before is not None and after else ""
    change = moved or words(f"footer.{one['action']}")
    why = [words.source(one[key]) if one[key] else "" for key in ("why", "who", "date")]
    return join(
        [name, " ", change, " ", tag("small", join([part for part in why if part], words("punctuation.comma")))]
    )
