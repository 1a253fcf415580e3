"""What a clerk who drafts should know of a draft: findings, last year's figures, promises, required contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fazhi_analysis.analysis.audit import standing
from fazhi_analysis.analysis.audit.answers import answer_of
from fazhi_analysis.analysis.audit_rulebook import rule_of
from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PromiseRow
from fazhi_analysis.analysis.stored_rows import span_of
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.narrative.builder import shortened
from fazhi_analysis.presenting.narrative.promises import promised_and_given
from fazhi_analysis.presenting.wording.naming import label_text, message_text, subject_of
from fazhi_analysis.presenting.wording.numbers import figure_of
from fazhi_analysis.presenting.wording.page_texts import Words

_DROPPED: Final = 8


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment: where it belongs in the text (None: to the whole), its kind (finding, change, promise), what it
    says, and of a finding how grave it is.
    """

    place: tuple[int, int] | None
    kind: str
    text: str
    severity: str = ""


def remarks(place_year: PlaceYear, words: Words) -> list[Remark]:
    """All remarks on the year's report, those on the whole first, then in the order of the text.

    >>> found = remarks(PlaceYear.open(region="霁原旗", year=2024), Words("zh"))
    >>> {"finding", "change", "promise"} <= {one.kind for one in found}
    True
    """
    found = [*_findings(place_year, words), *_changes(place_year, words), *_promises(place_year, words)]
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda one: one.place or (-1, -1))


def _findings(place_year: PlaceYear, words: Words) -> Iterator[Remark]:
    unclear = []
    for one in standing(place_year.findings):
        if one.severity == "confirmed":
            continue
        answered = answer_of(one.message_zh, one.message_en) if rule_of(one.rule).lane == "duties" else None
        if answered is not None and answered[1] == "cannot tell":
            unclear.append(answered[0][words.lang == "en"])
            continue
        named = subject_of(one, place_year.rows_by_id, words)
        name = label_text(place_year.rows_by_id[named], words) if named else ""
        text = words(
            "draft_comments.finding_of" if name else "draft_comments.finding",
            name=name,
            message=message_text(one, words),
        )
        yield Remark(
            _place_of(place_year, one), "finding", words(f"draft_comments.{one.severity}", text=text), one.severity
        )
    if unclear:
        yield Remark(None, "finding", words("draft_comments.unclear", list=words.join(unclear)), "note")


def _place_of(place_year: PlaceYear, finding: Finding) -> tuple[int, int] | None:
    """The first place of a finding in the year's report."""
    own = {row["row_id"] for row in place_year.rows()}
    for piece in finding.evidence:
        if piece.start is not None and piece.end and (not piece.row or piece.row in own):
            return piece.start, piece.end
    return None


def _changes(place_year: PlaceYear, words: Words) -> Iterator[Remark]:
    """Last year's figure beside this year's, where the change matters; figures that the draft no longer gives."""
    changes = place_year.changes
    for one in {one.id: one for one in (*changes.headline, *changes.other_worse)}.values():
        yield Remark(_span(place_year, one.row["row"]), "change", _change(one, words))
    gone = [one for one in changes.one_sided if one.verdict == "dropped"]
    if gone:
        names = [
            words(
                "draft_comments.one_figure",
                name=label_text(one.row, words),
                figure=figure_of(one.row, words, "baseline_").strip(),
            )
            for one in gone[:_DROPPED]
        ]
        more = words("draft_comments.more", n=len(gone)) if len(gone) > _DROPPED else ""
        yield Remark(None, "change", words("draft_comments.dropped", list=words.join(names), more=more))


def _change(one: ComparedChange, words: Words) -> str:
    key = "worse" if one.verdict == "worsened" else "change"
    return words(
        f"draft_comments.{key}",
        name=label_text(one.row, words),
        before=figure_of(one.row, words, "baseline_").strip(),
        after=figure_of(one.row, words).strip(),
    )


def _promises(place_year: PlaceYear, words: Words) -> Iterator[Remark]:
    """Promises that the draft contradicts, leaves out or makes again, and problems that come back."""
    for row in place_year.promises:
        if row["part"]:
            continue
        quote = shortened(row["text"], "……")
        if row["verdict"] == "contradicted":
            yield from _unmet(place_year, row, words)
        elif row["verdict"] == "dropped":
            key = "silent" if row["kind"] == "next_step" else "silent_problem"
            yield Remark(None, "promise", words(f"draft_comments.{key}", quote=quote))
        elif row["verdict"] == "repeated":
            key = "again" if row["kind"] == "next_step" else "again_problem"
            yield Remark(_span(place_year, row["later_row"]), "promise", words(f"draft_comments.{key}", quote=quote))


def _unmet(place_year: PlaceYear, row: PromiseRow, words: Words) -> Iterator[Remark]:
    rows = place_year.rows_by_id
    for promise, given in promised_and_given(row):
        text = words(
            "draft_comments.unmet",
            promise=figure_of(rows[promise["row"]], words).strip(),
            figure=figure_of(rows[given["row"]], words).strip(),
        )
        yield Remark(_span(place_year, given["row"]), "promise", text)


def _span(place_year: PlaceYear, identity: str) -> tuple[int, int] | None:
    row = place_year.rows_by_id.get(identity) or place_year.statements_by_id.get(identity)
    return span_of(row) if row is not None and row["year"] == place_year.year else None
