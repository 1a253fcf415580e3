"""Division codes: counts, names, times, ambiguity, recognition in titles, and places of a user's own."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.errors import CatalogueError, UnknownNameError

CURRENT = [place for place in load_divisions() if not place.valid_to and not place.code.startswith(("1599", "9901"))]


def test_the_table_is_complete():
    assert Counter(place.level for place in CURRENT) == {"province": 34, "prefecture": 333, "county": 2846}


def test_codes_and_full_names_are_unique():
    assert len({place.code for place in CURRENT}) == len(CURRENT)
    assert len({place.full_name for place in CURRENT}) == len(CURRENT)
    assert len({place.long_name for place in CURRENT}) == len(CURRENT)


def test_every_place_stands_under_another():
    codes = {place.code for place in CURRENT}
    for place in CURRENT:
        assert (place.parent in codes) if place.level != "province" else place.parent == ""


@given(st.sampled_from(CURRENT))
def test_a_place_is_found_by_code_and_full_names(place):
    divisions = load_divisions()
    for key in (place.code, place.full_name, place.long_name):
        assert divisions.find(key).code == place.code


@given(
    st.sampled_from(CURRENT),
    st.sampled_from(["人民政府关于2024年度法治政府建设情况的报告", "2024年法治政府建设情况报告"]),
)
def test_a_place_is_recognised_in_its_title(place, rest: str):
    found = load_divisions().locate(place.full_name + rest)
    assert found is not None
    assert (found[0].code, found[1], found[2]) == (place.code, 0, len(place.full_name))


@given(st.text(alphabet="省市县区旗盟吉林朝阳北京广光明东城方的2024 关于报告", max_size=30))
def test_any_text_gives_a_place_that_stands_in_it_or_none(text: str):
    found = load_divisions().locate(text)
    if found:
        place, start, end = found
        assert text[start:end].endswith((place.name, *place.short_names))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("方城县", "411322"),
        ("河南省方城县", "411322"),
        ("河南省南阳市方城县", "411322"),
        ("方城", "411322"),
        (" 411322 ", "411322"),
        ("海淀", "110108"),
        ("深圳市", "440300"),
        ("内蒙古", "150000"),
        ("广东省深圳市光明区", "440311"),
        ("鄂前旗", "150623"),
        ("东乌旗", "152525"),
        ("北京市", "110000"),
        ("神农架林区", "429021"),
        ("霁原旗", "159928"),
        ("云岭省望溪市砚桥县", "990124"),
    ],
)
def test_names_that_people_use(asked: str, code: str):
    assert load_divisions().find(asked).code == code


@pytest.mark.parametrize(
    ("asked", "candidates"),
    [
        ("朝阳区", ["110105 北京市朝阳区", "220104 吉林省长春市朝阳区"]),
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),
        ("市中区", ["370103", "370402", "511002", "511102"]),
        ("吉林", ["220000 吉林省", "220200 吉林省吉林市"]),
        ("城区", ["140302", "140502", "441502"]),
    ],
)
def test_an_ambiguous_name_lists_its_candidates(asked: str, candidates: list[str]):
    with pytest.raises(UnknownNameError) as caught:
        load_divisions().find(asked)
    for candidate in candidates:
        assert candidate in str(caught.value)


def test_an_unknown_name_says_how_to_ask():
    with pytest.raises(UnknownNameError, match="没有这个地方"):
        load_divisions().find("无此地县")
    with pytest.raises(UnknownNameError, match="411322 河南省方城县"):
        load_divisions().find("河北省方城县")


@pytest.mark.parametrize(
    ("asked", "year", "code"),
    [
        ("延庆县", 2014, "110229"),
        ("延庆区", 2016, "110119"),
        ("铜梁县", 2012, "500224"),
        ("铜梁区", 2022, "500151"),
        ("静海县", 2013, "120223"),
        ("静海区", 2020, "120118"),
        ("光明区", 2019, "440311"),
        ("崇文区", 2009, "110103"),
        ("日喀则地区", 2012, "542300"),
        ("日喀则市", 2020, "540200"),
        ("莱芜市", 2017, "371200"),
    ],
)
def test_names_resolve_in_their_time(asked: str, year: int, code: str):
    assert load_divisions().find(asked, on=year).code == code


@pytest.mark.parametrize(
    ("asked", "year", "says"),
    [
        ("延庆区", 2014, "原为 110229 延庆县（撤县设区）"),
        ("延庆县", 2020, "后为 110119 延庆区"),
        ("光明区", 2015, "2018-05-24"),
    ],
)
def test_a_name_out_of_its_time_says_what_it_was(asked: str, year: int, says: str):
    with pytest.raises(UnknownNameError) as caught:
        load_divisions().find(asked, on=year)
    assert f"{year} 年没有这个地方" in str(caught.value)
    assert says in str(caught.value)


def test_a_day_may_be_asked_for():
    divisions = load_divisions()
    assert divisions.find("密云县", on=datetime.date(2015, 6, 1)).code == "110228"
    with pytest.raises(UnknownNameError):
        divisions.find("密云区", on=datetime.date(2015, 6, 1))
    assert divisions.by_code("110118", on=2010) is None
    assert divisions.by_code("110118").name == "密云区"  # type: ignore[union-attr]


def test_districts_follow_their_city_and_counties_their_province():
    divisions = load_divisions()
    names = {code: divisions.find(code).full_name for code in ("440311", "411322", "320583", "500233", "152221")}
    assert names == {
        "440311": "广东省深圳市光明区",
        "411322": "河南省方城县",
        "320583": "江苏省昆山市",
        "500233": "重庆市忠县",
        "152221": "内蒙古自治区科尔沁右翼前旗",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("鄂托克前旗2023年法治政府建设情况工作总结", "150623"),
        ("深圳光明区2021年报告", "440311"),
        ("中共方城县委员会", "411322"),
        ("关于吉林省吉林市2020年法治政府建设情况的报告", "220200"),
        ("忠县2020年法治政府建设报告", "500233"),
        ("晋城市城区人民政府", "140502"),
        ("昆山市", "320583"),
        ("霁原旗2024年法治政府建设情况工作总结", "159928"),
    ],
)
def test_titles(text: str, code: str):
    found = load_divisions().locate(text)
    assert found is not None
    assert found[0].code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "鼓楼区2021年报告",
        "关于办理县级事项的通知",
        "全国统计数据",
        "建设和平安区域",
        "规范东方市场秩序",
        "吉林2020",
    ],
)
def test_texts_that_name_no_certain_place(text: str):
    assert load_divisions().locate(text) is None


def test_a_title_of_an_older_year_means_the_place_of_that_time():
    divisions = load_divisions()
    assert divisions.locate("铜仁市2009年报告", on=2009)[0].code == "522201"  # type: ignore[index]
    assert divisions.locate("铜仁市2020年报告", on=2020)[0].code == "520600"  # type: ignore[index]


def test_changes_join_rows_of_the_table_and_fit_their_spans():
    rows = {(place.code, place.name): place for place in load_divisions()}
    seen = {change for place in load_divisions() for change in place.changes}
    assert len(seen) > 350
    for change in seen:
        old, new = rows[change.old_code, change.old_name], rows[change.new_code, change.new_name]
        assert old.valid_to, change
        assert change.basis in ("tables", "hand")
        if change.month:
            assert old.valid_to[:7] <= change.month, change
            assert new.valid_from[:7] <= change.month, change


def test_spans_run_forwards():
    for place in load_divisions():
        for day in (place.valid_from, place.valid_to):
            assert not day or datetime.date.fromisoformat(day)
        assert not place.valid_to or place.valid_from <= place.valid_to


def test_every_place_that_ended_since_2010_has_a_successor_or_is_known_not_to():
    ended = [place for place in load_divisions() if place.valid_to]
    without = {place.name for place in ended if not any(change.old_code == place.code for change in place.changes)}
    assert len(ended) > 380
    assert without <= {"定州市", "辛集市", "西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域"}


def test_places_of_a_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "places.csv"
    path.write_text("code,name,valid_from\n990125,新砚区,2030-01-01\n", encoding="utf-8")
    divisions = load_divisions(path)
    assert divisions.find("新砚区").full_name == "新砚区"
    with pytest.raises(UnknownNameError):
        divisions.find("新砚区", on=2024)
    monkeypatch.setenv("FAZHI_DIVISIONS", str(path))
    assert load_divisions().find("990125").name == "新砚区"


def test_a_users_broken_file_lists_every_breach(tmp_path: Path):
    path = tmp_path / "places.csv"
    path.write_text("code,name,valid_from\n99,甲县,\n990126,,\n990127,乙县,2024\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_divisions(path)
    for expected in ("第 2 行代码 '99'", "第 3 行没有名称", "第 4 行 valid_from"):
        assert expected in str(caught.value)


def test_fictional_places_are_not_in_the_real_table():
    data = Path(__file__).resolve().parents[2] / "src" / "fazhi_analysis" / "catalogue" / "data" / "divisions.csv"
    with data.open(encoding="utf-8", newline="") as stream:
        codes = {row["code"] for row in csv.DictReader(stream)}
    assert not codes & {"159928", "990124"}


def test_places_of_the_public_figures_carry_the_same_names(shared: Path):
    divisions = load_divisions()
    with (shared / "domain" / "public_facts.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["region_code"]]
    assert len(rows) > 600
    for row in rows:
        place = divisions.by_code(row["region_code"], on=int(row["report_year"]))
        assert place is not None
        assert place.full_name == row["region_zh"]


NAMES = [name for place in CURRENT for name in (place.name, place.full_name, place.name[:-1])]
FILLERS = ["，", "、", "的", "市民", "办理", "县级", "市", "2024年", "由", "平", "\n"]


@given(
    st.lists(st.one_of(st.sampled_from(NAMES), st.sampled_from(FILLERS)), max_size=10).map("".join),
    st.sampled_from(["县", "区市", "省市县区旗州盟"]),
)
def test_names_with_an_ending_are_those_of_all_names_that_end_so(text, ending):
    def places(found):
        return [([place.code for place in places], start, end) for places, start, end in found]

    divisions = load_divisions()
    everything = places(divisions.named_in(text))
    assert places(divisions.named_in(text, ending=ending)) == [one for one in everything if text[one[2] - 1] in ending]
