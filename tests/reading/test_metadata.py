"""What a report says about itself, in the ways in which offices write it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.model import Metadata
from fazhi_analysis.reading import read_text
from fazhi_analysis.reading.metadata import iso_date

BODY = "\n一、成效\n好。\n二、问题\n差。\n"


def metadata(front: str, back: str = "") -> Metadata:
    return read_text(front + BODY + back).metadata


@pytest.mark.parametrize(
    ("title", "year", "code", "level"),
    [
        ("霁原旗2024年法治政府建设报告", 2024, "159928", "county"),
        ("2024年霁原旗法治政府建设工作报告", 2024, "159928", "county"),
        ("霁原旗司法局关于二〇二四年度法治政府建设工作情况的报告", 2024, "159928", "county"),
        ("中共望溪市砚桥县委 望溪市砚桥县人民政府关于2023年法治政府建设情况的报告", 2023, "990124", "county"),
        ("内蒙古自治区云泽盟霁原旗2022年度依法行政工作总结", 2022, "159928", "county"),
        ("深圳市光明区2021年度法治政府建设年度报告", 2021, "440311", "county"),
        ("延庆区2024年法治政府建设年度情况报告", 2024, "110119", "county"),
        ("关于方城县2024年度法治政府建设情况的报告", 2024, "411322", "county"),
        ("二〇二四年献县法治政府建设年度报告", 2024, "130929", "county"),
        ("云岭省人民政府2024年法治政府建设年度报告", 2024, "", "province"),
        ("云泽盟2024年法治政府建设年度报告", 2024, "", "prefecture"),
        ("砚桥县青石镇2024年度法治政府建设工作总结", 2024, "", "township"),
        ("法治政府建设年度报告（2024年度）", 2024, "", ""),
    ],
)
def test_titles(title: str, year: int, code: str, level: str) -> None:
    found = metadata(title)
    assert found.title == title.replace(" ", "")
    assert (found.year, found.region_code, found.level) == (year, code, level)


@pytest.mark.parametrize(
    "front",
    [
        "澜汀县人民政府\n关于2024年度法治政府建设情况的报告",
        "澜汀县人民政府关于2024年度法治\n政府建设情况的报告",
        "澜汀县人民政府关于2024年度法治政府建设情况的\n报告",
        "# 澜汀县人民政府关于 2024 年度\n法治政府建设情况的报告",
        "索引号：0001\n标题：澜汀县年度报告\n发布日期：2025-01-20\n\n澜汀县人民政府关于2024年度法治政府建设情况的报告",
        "澜汀县人民政府关于2024年度法治政府建设情况的报告\n目录\n一、成效\n二、问题",
    ],
)
def test_titles_in_several_lines_and_below_a_masthead(front: str) -> None:
    report = read_text(front + BODY)
    assert report.metadata.title == "澜汀县人民政府关于2024年度法治政府建设情况的报告"
    assert report.metadata.issuer == "澜汀县人民政府"
    assert [section.key for section in report.sections if section.number] == ["一", "二"]


def test_masthead() -> None:
    found = metadata(
        "澜汀县人民政府文件\n澜政发〔2025〕12号　　签发人：白　岩\n"
        "澜汀县人民政府关于2024年度法治政府建设情况的报告\n望溪市人民政府：\n"
        "根据国办发〔2020〕1号文件要求，现报告如下。",
        "附件：统计表\n澜汀县人民政府\n2025年2月27日\n抄送：县委、县人大常委会。\n"
        "澜汀县人民政府办公室　2025年2月28日印发",
    )
    assert found.document_number == "澜政发〔2025〕12号"
    assert found.signatory == "白岩"
    assert found.addressee == "望溪市人民政府"
    assert (found.signed_date, found.print_date) == ("2025-02-27", "2025-02-28")
    assert found.issuer == "澜汀县人民政府"


@pytest.mark.parametrize("brackets", ["〔2025〕", "[2025]", "（2025）", "【2025】"])
def test_document_numbers_are_written_one_way(brackets: str) -> None:
    assert metadata(f"澜政发{brackets}第3号\n澜汀县2024年法治政府建设报告").document_number == "澜政发〔2025〕3号"


def test_a_cited_number_is_not_the_own_one() -> None:
    assert (
        metadata("澜汀县2024年法治政府建设报告\n根据《通知》（国办发〔2020〕1号）要求，报告如下。").document_number
        == ""
    )


@pytest.mark.parametrize(
    ("front", "back", "signed"),
    [
        ("霁原旗人民政府\n（2025年1月20日）", "", "2025-01-20"),
        ("", "霁原旗人民政府2025年1月20日", "2025-01-20"),
        ("", "霁原旗人民政府\n二〇二五年一月二十日", "2025-01-20"),
        ("", "2025年13月40日", ""),
        ("", "会议于2025年1月20日召开，成效明显。", ""),
    ],
)
def test_signed_dates(front: str, back: str, signed: str) -> None:
    assert metadata(f"法治政府建设年度报告\n{front}", back).signed_date == signed


def test_year_without_a_title_comes_from_headings_then_from_the_date() -> None:
    assert read_text("一、2023年主要工作情况\n好。\n二、2024年打算\n干。").metadata.year == 2023
    assert read_text("一、成效\n好。\n霁原旗人民政府\n2025年1月3日").metadata.year == 2024
    assert read_text("一、成效\n好。").metadata.year is None


def test_what_is_reported_as_reported_comes_before_a_heading_and_a_heading_ends_with_its_sentence() -> None:
    opening = "现将霁原旗2024年度法治政府建设情况报告如下。\n"
    looked_into = "（一）抓整改。针对2023年督察反馈的问题逐项销号。\n办理10件。"
    found = read_text(f"{opening}一、2023年督察问题整改情况\n{looked_into}").metadata
    assert (found.year, found.year_from) == (2024, "opening")
    assert read_text(f"一、成效\n{looked_into}").metadata.year is None


def test_publication_date_in_the_text() -> None:
    assert metadata("发布时间：2025-03-07\n澜汀县2024年法治政府建设报告").published_date == "2025-03-07"


def test_places_by_their_names() -> None:
    assert metadata("呼和浩特市新城区司法局2024年法治政府建设年度报告").region == "内蒙古自治区呼和浩特市新城区"
    for title in ("市场监督管理局2024年法治政府建设年度报告", "全区各单位2024年法治政府建设年度报告"):
        assert metadata(title).region == ""


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_dates_in_both_scripts(day: datetime.date) -> None:
    from fazhi_analysis.reading.section_numbers import han

    digits = "〇一二三四五六七八九"
    written = "".join(digits[int(char)] for char in str(day.year))
    assert iso_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert iso_date(f"{written}年{han(day.month)}月{han(day.day)}日") == day.isoformat()
