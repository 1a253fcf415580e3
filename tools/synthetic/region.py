"""The fictional 云泽盟: its own report, those of eight counties and a bureau, with what is planted.

``PYTHONPATH=tools python -m synthetic.region`` writes ``data/sample_region``: texts of two years, the bodies that are
expected to report, and ``truth.csv`` with what a review must find of each body.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "data" / "sample_region"
PARENT = "内蒙古自治区云泽盟"
COLUMNS = ("body", "reported", "in_time", "missing", "errors", "promise", "corroboration", "closure")


@dataclass(frozen=True)
class Body:
    """One body: its figures of the year, and what is planted. ``short`` names it in the report above.

    ``drills_wanting`` are the years whose report names the lack of drills as a problem: what the plan promises answers
    it, so that the next report can close it where the promise is kept and the problem is not named again.
    """

    name: str
    short: str
    accepted: int
    drills: int
    officers: int
    promised_drills: int
    signed: str = "2025年2月12日"
    years: tuple[int, ...] = (2023, 2024)
    shortcomings: bool = True
    causes: bool = True
    rate: str = "95.0"
    drills_wanting: tuple[int, ...] = ()
    plants: dict[str, str] = field(default_factory=dict)


BODIES = (
    Body(
        f"{PARENT}青禾旗",
        "青禾旗",
        40,
        22,
        120,
        20,
        drills_wanting=(2023,),
        plants={"promise": "kept", "closure": "close"},
    ),
    Body(f"{PARENT}白榆旗", "白榆旗", 30, 12, 90, 10, years=(2023,), plants={"reported": "no"}),
    Body(
        f"{PARENT}沙棘县",
        "沙棘县",
        50,
        18,
        140,
        15,
        signed="2025年3月18日",
        drills_wanting=(2023,),
        plants={"in_time": "no", "promise": "kept", "closure": "close"},
    ),
    Body(
        f"{PARENT}红柳旗",
        "红柳旗",
        60,
        16,
        110,
        12,
        rate="75.0",
        drills_wanting=(2023, 2024),
        plants={"errors": "1", "promise": "kept", "closure": "no"},
    ),
    Body(
        f"{PARENT}望川县",
        "望川县",
        20,
        14,
        80,
        12,
        shortcomings=False,
        causes=False,
        plants={"missing": "shortcomings causes", "promise": "kept"},
    ),
    Body(
        f"{PARENT}银砾旗",
        "银砾旗",
        70,
        11,
        100,
        25,
        drills_wanting=(2023,),
        plants={"promise": "contradicted", "closure": "no"},
    ),
    Body(f"{PARENT}松漠区", "松漠区", 90, 30, 210, 24, plants={"corroboration": "contradicts", "promise": "kept"}),
    Body(f"{PARENT}长泉县", "长泉县", 80, 20, 160, 18, plants={"corroboration": "agrees", "promise": "kept"}),
    Body(f"{PARENT}司法局", "盟司法局", 10, 9, 60, 8, causes=False, plants={"missing": "causes", "promise": "kept"}),
)
SILENT = (f"{PARENT}市场监督管理局",)
"""Expected to report, and not heard of at all."""
SAID_ABOVE = {"松漠区": 86, "长泉县": 80}
"""Reconsideration cases that the report of the league says its counties accepted."""


def text_of(body: Body, year: int) -> str:
    """The report of a body; ``promised_drills`` stands in the plan of 2023, what came of it in 2024."""
    last = year == 2024
    drills = body.drills if last else body.drills - 2
    concluded = round(body.accepted * 0.9)
    signed = body.signed if last else "2024年2月5日"
    plan = body.promised_drills if not last else body.drills + 4
    organ = body.name if body.name.endswith("局") else f"{body.name}人民政府"
    parts = [
        f"{organ}{year}年法治政府建设年度报告\n",
        f"{year}年，{body.short}推进法治政府建设，现将情况报告如下。\n",
        "一、主要举措和成效",
        f"（一）行政复议。全年受理行政复议案件{body.accepted}件，审结{concluded}件，办结率90.0%。",
        f"（二）应急管理。开展应急演练{drills}次。",
        f"（三）执法队伍。持证行政执法人员{body.officers}名。",
        f"（四）矛盾纠纷化解。调解矛盾纠纷200件，调解成功190件，调解成功率{body.rate if last else '95.0'}%。\n",
        "二、党政主要负责人履行推进法治建设第一责任人职责情况",
        "主要负责人认真履行推进法治建设第一责任人职责，听取汇报并部署重点任务。\n",
    ]
    if body.shortcomings or not last:
        cause = "主要原因是编制不足、培训不够。" if body.causes or not last else ""
        wanting = "二是应急演练次数偏少，应急管理基础薄弱。" if year in body.drills_wanting else ""
        parts += ["三、存在的不足和原因", f"一是执法人员专业能力有待提高。{cause}{wanting}\n"]
    parts += [
        f"四、{year + 1}年工作安排",
        f"一是加强应急管理，开展应急演练不少于{plan}次。二是加强执法人员培训。\n",
        organ,
        signed,
    ]
    return "\n".join(parts) + "\n"


def parent_text(year: int) -> str:
    """The report of the league itself."""
    said = "".join(f"{name}受理行政复议案件{number}件，" for name, number in SAID_ABOVE.items()) if year == 2024 else ""
    return (
        "\n".join(
            [
                f"{PARENT}行政公署{year}年法治政府建设年度报告\n",
                f"{year}年，云泽盟推进法治政府建设，现将情况报告如下。\n",
                "一、主要举措和成效",
                f"（一）行政复议。{said}盟本级受理行政复议案件35件。",
                "（二）应急管理。盟本级开展应急演练8次。\n",
                "二、党政主要负责人履行推进法治建设第一责任人职责情况",
                "主要负责人认真履行推进法治建设第一责任人职责。\n",
                "三、存在的不足和原因",
                "一是基层执法力量薄弱，主要原因是编制不足。\n",
                f"四、{year + 1}年工作安排",
                "一是充实基层执法力量。\n",
                "云泽盟行政公署",
                f"{year + 1}年2月20日",
            ]
        )
        + "\n"
    )


def main(out: Path = OUT) -> None:
    """Write the texts, the list of expected bodies, and the truth."""
    texts = out / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    for body in BODIES:
        for year in body.years:
            (texts / f"{body.short}-{year}.txt").write_text(text_of(body, year), encoding="utf-8")
    for year in (2023, 2024):
        (texts / f"云泽盟-{year}.txt").write_text(parent_text(year), encoding="utf-8")
    with (out / "expected.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["body"])
        writer.writerows([name] for name in (*(body.name for body in BODIES), *SILENT))
    with (out / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for body in BODIES:
            clean = {
                "reported": "yes",
                "in_time": "yes",
                "missing": "",
                "errors": "0",
                "promise": "",
                "corroboration": "",
                "closure": "",
            }
            row = clean | body.plants
            if row["reported"] == "no":
                row |= {"in_time": "", "promise": ""}
            writer.writerow([body.name, *(row[name] for name in COLUMNS[1:])])
        for name in SILENT:
            writer.writerow([name, "no", "", "", "0", "", "", ""])


if __name__ == "__main__":
    main()
