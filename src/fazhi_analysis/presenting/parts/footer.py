"""The foot of a page: what it rests on, so that a reader can check it and make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import facts
from fazhi_analysis.presenting.wording.naming import named
from fazhi_analysis.presenting.wording.numbers import plain

if TYPE_CHECKING:
    from fazhi_analysis.presenting.parts.page import Page


def footer(page: Page) -> Fragment:
    """Sources with addresses and digests, every correction that was applied, versions, digest of the figures."""
    from platform import python_version

    from fazhi_analysis import __version__

    words, place_year = page.words, page.place_year
    pairs: list[tuple[str, Any]] = []
    for report in page.reports:
        digest = str(report.get("digest") or "")
        corrections = report.get("corrections") or []
        parts = [
            tag("span", words.source(report.get("producer") or report.get("issuer") or place_year.region)),
            tag("span", words.source(report["address"]), cls="fz-long") if report.get("address") else None,
            tag("span", words("footer.document", digest=digest), cls="fz-long fz-digest") if digest else None,
            tag("span", words("footer.corrections", n=len(corrections))),
            tag("ul", *(tag("li", _correction(page, report, one)) for one in corrections)) if corrections else None,
        ]
        pairs.append((words("footer.source", year=report["year"]), join([part for part in parts if part], " ")))
    rows = words("footer.rows", n=sum(len(place_year.rows(year)) for year in page.evidence_years))
    figures = tag("span", f"SHA-256 {place_year.digest(page.evidence_years)}", cls="fz-long fz-digest")
    pairs.append((words("footer.digest"), join([tag("span", rows), figures], " ")))
    pairs.append((words("footer.made"), words("footer.version", version=__version__, python=python_version())))
    pairs.append((words("footer.claims"), words(f"footer.claims_{_origin(page)}")))
    heading = tag("h2", words("section.footer"), id="footer-heading")
    return tag("footer", heading, facts(pairs), cls="fz-footer", id="footer")


def _origin(page: Page) -> str:
    """Where the figures come from: published reports, files that nothing says are published, both, or the sample."""
    if page.place_year.is_fictional:
        return "sample"
    published = [bool(report.get("address") or report.get("licence")) for report in page.reports]
    return "published" if all(published) else "mixed" if any(published) else "given"


def _correction(page: Page, report: dict[str, Any], one: dict[str, Any]) -> Fragment:
    """One human touch: which figure, what it was and is, why, by whom, when."""
    words = page.words
    identity = f"{report['report_id']}:{str(one['row']).rpartition(':')[2]}"
    rows = {str(row["row_id"]): row for row in page.place_year.rows(int(report["year"]))}
    row = rows.get(identity)
    name = tag("a", named(row, words), href=f"#{anchor(identity)}") if row else one["row"]
    before, after = one["from"].get("value"), one["to"].get("value")
    moved = words("change.arrow", before=plain(before), after=plain(after)) if before is not None and after else ""
    said = moved or words(f"footer.{one['action']}")
    why = [words.source(one[key]) if one[key] else "" for key in ("why", "who", "date")]
    return join([name, " ", said, " ", tag("small", join([part for part in why if part], words("punctuation.comma")))])
