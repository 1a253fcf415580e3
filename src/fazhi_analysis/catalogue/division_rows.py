"""The tables of divisions as rows: the bundled one with what became of each place, and files of a user's own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

from fazhi_analysis.catalogue._strict_csv import DATA, read_rows
from fazhi_analysis.catalogue.division import Division, DivisionChange, Level
from fazhi_analysis.catalogue.place_names import full_name, is_code, level_of, pieces_of, short_names
from fazhi_analysis.catalogue.succession import load_changes
from fazhi_analysis.errors import CatalogueError
from fazhi_analysis.messages import Message

Row = dict[str, str]


def division_rows(extras: Sequence[Path]) -> list[Division]:
    """All rows of the bundled table and of further files. Raises CatalogueError listing every breach of a file."""
    rows = [row for _, row in read_rows(DATA / "divisions.csv", ["code", "name", "valid_from", "valid_to"])]
    for path in extras:
        rows += _extra_rows(path)
    changed: dict[tuple[str, str], list[DivisionChange]] = {}
    for change in load_changes():
        for key in ((change.old_code, change.old_name), (change.new_code, change.new_name)):
            changed.setdefault(key, []).append(change)
    above: dict[str, list[Row]] = {}
    for row in rows:
        if row["code"].endswith("00"):
            above.setdefault(row["code"], []).append(row)
    return [_division(row, above, tuple(changed.get((row["code"], row["name"]), ()))) for row in rows]


def _division(row: Row, above: Mapping[str, Sequence[Row]], changes: tuple[DivisionChange, ...]) -> Division:
    code, name = row["code"], row["name"]
    end = row["valid_to"] or "9999"

    def upper(key: str) -> str:
        """Name of the place above at the time when this one was last in force."""
        if key == code:
            return ""
        names = [
            item["name"] for item in above.get(key, ()) if item["valid_from"] <= end <= (item["valid_to"] or "9999")
        ]
        return names[-1] if names else ""

    province, prefecture = upper(f"{code[:2]}0000"), upper(f"{code[:4]}00")
    given = row.get("full_name") or ""
    if given:
        pieces = pieces_of(given)
        names = ["".join(pieces[first:]) for first in range(len(pieces))]
    else:
        names = [name, f"{prefecture}{name}", f"{province}{name}", f"{province}{prefecture}{name}"]
    short = [other for other in (*short_names(name), *_short_names_by_hand().get(code, ())) if other != name]
    return Division(
        code=code,
        name=name,
        full_name=given or full_name(code, name, province, prefecture),
        long_name=given or f"{province}{prefecture}{name}",
        short_names=tuple(dict.fromkeys(short)),
        level=cast("Level", level_of(code)),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        parent=f"{code[:4]}00" if prefecture else f"{code[:2]}0000" if province else "",
        changes=changes,
        names=tuple(dict.fromkeys((name, *names))),
    )


@cache
def _short_names_by_hand() -> dict[str, list[str]]:
    """Short names in use that no rule gives (东乌旗), by code."""
    found: dict[str, list[str]] = {}
    for _, row in read_rows(DATA / "division_short_names.csv", ["code", "short_name"]):
        found.setdefault(row["code"], []).append(row["short_name"])
    return found


def _extra_rows(path: Path) -> list[Row]:
    rows = []
    breaches = []
    for line, row in read_rows(path, ["code", "name"], ["full_name", "valid_from", "valid_to"]):
        if not is_code(row["code"]):
            breaches.append(Message("catalogue.divisions.code_form", line=line, code=row["code"]))
        if not row["name"]:
            breaches.append(Message("catalogue.divisions.without_name", line=line))
        for column in ("valid_from", "valid_to"):
            if row[column] and not _is_date(row[column]):
                breaches.append(Message("catalogue.divisions.date_form", line=line, column=column))
        rows.append(row)
    if breaches:
        raise CatalogueError(path, "catalogue.divisions.breaches", breaches=breaches)
    return rows


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
