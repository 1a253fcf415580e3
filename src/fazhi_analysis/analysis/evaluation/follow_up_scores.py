"""How right a follow-up is: against promises that a person judged by reading both reports (``--follow-up``).

A gold folder holds ``follow_up.csv``, one judged promise a line:

``earlier``, ``later``
    Files of the two reports, beside the table or in another folder of texts.
``code``, ``earlier_year``, ``later_year``
    The division code of the place, and the years reported on.
``start``, ``end``
    Where the promise stands in the earlier file, in characters: the promised figure, or the words of the promise.
``verdict``
    What became of it: repeated, kept, contradicted, dropped, cannot_tell; ``|`` separates several acceptable ones.
``label``
    A few words of one's own that name the promise.

Texts need not lie beside the table, and those that are not there are counted as missing.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from fazhi_analysis.analysis.following.reasons import VERDICTS
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message, word

COLUMNS: Final = ("earlier", "later", "code", "earlier_year", "later_year", "start", "end", "verdict", "label")
"""Columns of ``follow_up.csv``."""

TABLE: Final = "follow_up.csv"

GoldRow = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FollowSlip:
    """A verdict that is not the person's: the earlier file, the place, the label, what was expected and found."""

    earlier: str
    start: int
    end: int
    label: str
    expected: str
    found: str


@dataclass(frozen=True)
class FollowUpResult:
    """Counts of verdicts on promises: those given (``said``, right: ``said_right``) and those ``due`` (``found``)."""

    judged: int
    right: int
    said: Mapping[str, int]
    said_right: Mapping[str, int]
    due: Mapping[str, int]
    found: Mapping[str, int]
    slips: tuple[FollowSlip, ...] = ()
    missing: tuple[str, ...] = ()

    def precision(self, *verdicts: str) -> float | None:
        """Share of the verdicts given that are right, None where none was given."""
        return _share(sum(self.said_right[one] for one in verdicts), sum(self.said[one] for one in verdicts))

    def recall(self, *verdicts: str) -> float | None:
        """Share of the verdicts due (the only one that the person allows) that were given."""
        return _share(sum(self.found[one] for one in verdicts), sum(self.due[one] for one in verdicts))

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries: counts, shares by verdict, slips and missing files."""
        verdicts = {
            one: {
                "said": self.said[one],
                "right": self.said_right[one],
                "due": self.due[one],
                "found": self.found[one],
                "precision": self.precision(one),
                "recall": self.recall(one),
            }
            for one in VERDICTS
        }
        settled = {"precision": self.precision("kept", "contradicted"), "recall": self.recall("kept", "contradicted")}
        counts = {"judged": self.judged, "right": self.right}
        slips = [asdict(slip) for slip in self.slips]
        return {**counts, "verdicts": verdicts, "settled": settled, "slips": slips, "missing": list(self.missing)}

    def text(self, lang: str = "zh") -> str:
        """The lines that the command line prints, in ``zh`` or ``en``."""
        lines = [Message("evaluation.follow.judged", n=self.judged, right=self.right).text(lang)]
        for one in VERDICTS:
            shares = {"precision": _shown(self.precision(one)), "recall": _shown(self.recall(one))}
            counts = {"said": self.said[one], "right": self.said_right[one], "due": self.due[one]}
            name = word("follow_up.verdict", one, lang)
            lines.append(Message("evaluation.follow.row", verdict=name, **counts, **shares).text(lang))
        lines += [Message("evaluation.follow.missing", file=name).text(lang) for name in self.missing]
        return "\n".join([*lines, *(_described(slip, lang) for slip in self.slips)])


def evaluate_follow_up(gold_dir: Path | str, texts: Path | str | None = None) -> FollowUpResult:
    """Follow the judged promises of a gold folder and compare.

    Parameters
    ----------
    gold_dir:
        The folder that holds ``follow_up.csv``.
    texts:
        Where the files of the reports lie; beside the table by default.

    Raises
    ------
    DataError
        When there is no table, a line of it is none, or none of its texts is there.
    """
    table = Path(gold_dir) / TABLE
    rows = _gold_rows(table)
    folder = Path(texts) if texts is not None else table.parent
    missing = sorted({str(row[name]) for row in rows for name in ("earlier", "later")} - _present(folder))
    usable = [row for row in rows if not {row["earlier"], row["later"]} & set(missing)]
    if not usable:
        raise DataError(folder, "analysis.gold.no_texts", files=missing[:5])
    answers: list[tuple[GoldRow, str]] = []
    key = _pair
    for pair, members in groupby(sorted(usable, key=key), key=key):
        found = _followed(folder, pair)
        answers += [(row, verdict_at(found, int(row["start"]), int(row["end"]))) for row in members]
    return _scored(answers, missing)


def verdict_at(rows: Iterable[Mapping[str, Any]], start: int, end: int) -> str:
    """What a follow-up says of the promise at a place of the earlier text.

    Of a figure that settled its entry, the entry's verdict; else that of the smallest entry around the place, but that
    what other figures settled says nothing of this one.
    """
    around = []
    for row in rows:
        promised = [piece for piece in row["evidence"][1:] if piece["role"] == "promise" and piece["start"] is not None]
        if any(piece["start"] < end and start < piece["end"] for piece in promised):
            return str(row["verdict"])
        if row["start"] is not None and row["start"] <= start and end <= row["end"]:
            around.append((row["end"] - row["start"], "cannot_tell" if promised else str(row["verdict"])))
    return min(around, default=(0, "cannot_tell"))[1]


def _pair(row: GoldRow) -> tuple[str, str, str, int, int]:
    years = int(row["earlier_year"]), int(row["later_year"])
    return str(row["earlier"]), str(row["later"]), str(row["code"]), *years


def _present(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _followed(folder: Path, pair: tuple[str, str, str, int, int]) -> list[dict[str, Any]]:
    """The follow-up of one pair of reports, read and stored for the moment."""
    from fazhi_analysis.analysis.following.follow_up import follow_up
    from fazhi_analysis.analysis.stored_rows import rows_of
    from fazhi_analysis.dataset import load_metrics, load_statements, write_report_folder
    from fazhi_analysis.extracting import extract
    from fazhi_analysis.reading import read_report

    earlier, later, code, *years = pair
    with TemporaryDirectory() as data:
        for name, year in zip((earlier, later), years, strict=True):
            found = extract(read_report(folder / name, code=code or None, year=year))
            report_id = f"{code or '000000'}-{year}"
            write_report_folder(
                report_id,
                into=data,
                region=found.report.metadata.region or name,
                region_code=code,
                year=year,
                metrics=[_named(asdict(row), report_id) for row in found.metrics],
                statements=[asdict(row) for row in found.statements],
                text=found.report.text,
            )
        table = follow_up(load_statements(data), load_metrics(data), year=years[1], baseline=years[0], data=data)
    return rows_of(table, dict)


def _named(row: dict[str, Any], report_id: str) -> dict[str, Any]:
    """A figure with the names of rows as the store has them."""
    names = {name: f"{report_id}:{row[name]}" for name in ("row_id", "duplicate_of", "whole") if row[name]}
    return {**row, **names}


def _scored(answers: Sequence[tuple[GoldRow, str]], missing: Sequence[str]) -> FollowUpResult:
    given, right_of, due, found = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    slips = []
    for row, verdict in answers:
        accepted = str(row["verdict"]).split("|")
        is_right = verdict in accepted
        given[verdict] += 1
        right_of[verdict] += is_right
        if len(accepted) == 1:
            due[accepted[0]] += 1
            found[accepted[0]] += is_right
        if not is_right:
            place = int(row["start"]), int(row["end"])
            slips.append(FollowSlip(str(row["earlier"]), *place, str(row["label"]), "|".join(accepted), verdict))
    right = sum(right_of.values())
    return FollowUpResult(len(answers), right, given, right_of, due, found, tuple(slips), tuple(missing))


def _gold_rows(table: Path) -> list[GoldRow]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        raise DataError(table, "analysis.gold.no_follow_up", columns=COLUMNS) from None
    for number, row in enumerate(rows, start=2):
        whole = all(str(row.get(name) or "").isdecimal() for name in ("start", "end", "earlier_year", "later_year"))
        known = set(str(row.get("verdict") or "").split("|")) <= set(VERDICTS)
        if not (whole and known and row.get("earlier") and row.get("later")):
            place = Message("analysis.gold.line", file=str(table), line=number)
            raise DataError(place, "analysis.gold.not_judged", columns=COLUMNS, verdicts=VERDICTS)
    return [dict(row) for row in rows]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _shown(share: float | None) -> str:
    return "—" if share is None else f"{share:.4f}"


def _described(slip: FollowSlip, lang: str) -> str:
    expected, found = (
        "、".join(word("follow_up.verdict", one, lang) for one in verdicts.split("|"))
        for verdicts in (slip.expected, slip.found)
    )
    place = f"{slip.earlier} [{slip.start}, {slip.end})"
    return Message("evaluation.follow.slip", place=place, label=slip.label, expected=expected, found=found).text(lang)
