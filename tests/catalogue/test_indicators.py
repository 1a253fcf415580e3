"""The catalogue of indicators: complete, consistent, extensible, and strict about what it is given."""

from __future__ import annotations

import csv
import pickle
import re
from pathlib import Path

import pytest

from fazhi_analysis.catalogue import frame_for, load_catalogue, load_domains, load_frames, load_themes
from fazhi_analysis.errors import CatalogueError, UnknownNameError

HEADER = (
    "id,name_zh,name_en,domain,unit,kind,direction,pillars,numerator,denominator,"
    "aliases,weak_aliases,requires,stock,note"
)
GOOD = (
    "own_hotline_calls,自管热线来电数,Calls to our own hotline,transparency,件,count,neutral,2021-2025:八,,,"
    "自管热线来电,,,,"
)


@pytest.fixture
def extra(tmp_path: Path):
    """Write rows under the header and return the path."""

    def write(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
        path = tmp_path / "own.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
        return path

    return write


def test_every_note_is_worded_in_both_languages() -> None:
    assert [item.id for item in load_catalogue() if bool(item.note) != bool(item.note_en)] == []
    assert [item.id for item in load_catalogue() if re.search("[一-鿿]", item.note_en.replace("两法", ""))] == [
        "creation_field_inspections",
        "special_inspections",
    ]


def test_every_row_is_complete():
    catalogue = load_catalogue()
    assert len(catalogue) >= 200
    assert len({item.id for item in catalogue}) == len(catalogue) == len({item.name_zh for item in catalogue})
    assert len({item.name_en for item in catalogue}) == len(catalogue)
    for item in catalogue:
        assert item.domain in load_domains()
        assert (item.unit == "%") == (item.kind == "rate"), item.id
        assert (item.unit == "元") == (item.kind == "money"), item.id
        assert {frame for frame, _ in item.pillars} == {"2015-2020", "2021-2025"}, item.id


def test_each_base_of_a_rate_is_a_count_of_the_catalogue():
    catalogue = load_catalogue()
    rates = [item for item in catalogue if item.numerator or item.denominator]
    assert len(rates) >= 10
    for item in rates:
        assert item.kind == "rate"
        for part in (*item.numerator.split("+"), *item.denominator.split("+")):
            assert not part or catalogue[part].kind == "count"
    assert catalogue["appeals_completion_rate"].numerator == "appeals_concluded"
    assert catalogue["proposals_reply_rate"].denominator.count("+") == 2


@pytest.mark.parametrize(
    ("key", "direction"),
    [
        ("litigation_loss_rate", "lower_better"),
        ("litigation_lost", "lower_better"),
        ("reconsideration_correction_rate", "lower_better"),
        ("litigation_appearance_rate", "higher_better"),
        ("penalty_cases", "neutral"),
        ("fines_amount", "neutral"),
        ("administrative_inspections", "neutral"),
        ("commitment_cases", "neutral"),
    ],
)
def test_directions_that_must_not_slip(key: str, direction: str):
    assert load_catalogue()[key].direction == direction


def test_only_three_indicators_are_better_when_lower():
    assert sum(item.direction == "lower_better" for item in load_catalogue()) == 3


def test_reconsideration_moves_between_outlines():
    pillars = dict(load_catalogue()["reconsideration_accepted"].pillars)
    assert pillars == {"2015-2020": "六", "2021-2025": "七"}


def test_levels_are_distinguished_from_a_years_work():
    catalogue = load_catalogue()
    assert catalogue["power_list_items"].stock
    assert catalogue["mediators"].stock
    assert not catalogue["penalty_cases"].stock
    assert not catalogue["commitment_cases"].stock


def test_weak_aliases_name_what_they_need():
    weak = {item.id: item for item in load_catalogue() if item.weak_aliases}
    assert weak["appeals_completion_rate"].weak_aliases == ("办结率",)
    assert "诉求" in weak["appeals_completion_rate"].requires
    for item in weak.values():
        assert item.requires
        assert not set(item.weak_aliases) & set(item.aliases)


def test_a_strong_alias_belongs_to_one_indicator():
    owner: dict[str, str] = {}
    for item in load_catalogue():
        for alias in item.aliases:
            assert owner.setdefault(alias, item.id) == item.id


def test_aliases_stand_longest_first():
    for item in load_catalogue():
        assert list(item.aliases) == sorted(item.aliases, key=len, reverse=True)


PLAINER_NAMES = {  # the list's own names say more than most reports do: who appeared, how the officers were examined
    "officers_certified": "持证行政执法人员数",
    "litigation_head_appearances": "出庭应诉案件数",
    "litigation_appearance_rate": "出庭应诉率",
}


def test_ids_of_the_indicator_list_are_kept(shared: Path):
    with (shared / "domain" / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        given = list(csv.DictReader(stream))
    catalogue = load_catalogue()
    for row in given:
        item = catalogue[row["id"]]
        name = PLAINER_NAMES.get(row["id"], row["name_zh"])
        assert (item.name_zh, item.unit, item.kind) == (name, row["unit_zh"], row["kind"])
        assert (item.direction, item.domain) == (row["direction"], row["domain"])
        assert dict(item.pillars)["2021-2025"] == row["outline_pillar"][0]
        assert (item.numerator, item.denominator) == (row["numerator_id"], row["denominator_id"])
        assert {*item.aliases, *item.weak_aliases} >= {alias for alias in row["aliases_zh"].split("|") if alias}
        assert bool(item.weak_aliases) == ("weak_alias" in row["note"])


def test_a_users_file_adds_rows(extra, monkeypatch: pytest.MonkeyPatch):
    path = extra(GOOD)
    assert load_catalogue(path)["own_hotline_calls"].aliases == ("自管热线来电",)
    assert "own_hotline_calls" not in load_catalogue()
    monkeypatch.setenv("FAZHI_CATALOGUE", str(path))
    assert "own_hotline_calls" in load_catalogue()


def test_a_users_file_is_read_again_after_a_change(extra):
    import os

    path = extra(GOOD)
    assert len(load_catalogue(path)) == len(load_catalogue()) + 1
    extra(GOOD, GOOD.replace("own_hotline_calls", "second").replace("自管热线来电", "另一条热线来电"))
    os.utime(path, ns=(1, 1))
    assert len(load_catalogue(path)) == len(load_catalogue()) + 2


def test_a_file_saved_by_a_spreadsheet_is_read(extra):
    assert "own_hotline_calls" in load_catalogue(extra(GOOD, "", encoding="utf-8-sig"))


def test_every_breach_is_reported_at_once(extra):
    path = extra(
        "Bad-Id,自管指标甲,Own A,nowhere,%,count,up,2030:一,,,甲,,,,",
        "penalty_cases,行政处罚案件数,Penalties,enforcement,件,count,neutral,,,,,,,,",
        "own_rate,自管指标乙,,transparency,件,rate,neutral,,no_such_id,,推进会,办结,,maybe,",
    )
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    problem = str(caught.value)
    for expected in (
        "第 2 行 id 'Bad-Id'",
        "domain 'nowhere'",
        "direction 'up'",
        "计数的 unit 不能是 %",
        "没有 '2030:一'",
        "第 3 行 id penalty_cases 已用于indicators.csv",
        "名称 行政处罚案件数 已用于",
        "第 4 行 name_en 为空",
        "比率的 unit 应为 %",
        "weak_aliases 与 requires 须同时填写",
        "stock 只能为空或 yes",
        "numerator no_such_id 不在目录里",
        "别名 推进会 已属 creation_promotion_meetings",
    ):
        assert expected in problem
    assert "\n" not in problem
    assert str(pickle.loads(pickle.dumps(caught.value))) == problem


@pytest.mark.parametrize(
    ("header", "expected"),
    [("id,name_zh", "缺少列 name_en"), (HEADER + ",colour", "多出列 colour"), (HEADER + ",note", "列 note 重复")],
)
def test_a_wrong_header_is_named(extra, header: str, expected: str):
    with pytest.raises(CatalogueError, match=expected):
        load_catalogue(extra(header=header))


def test_a_row_of_the_wrong_width_is_named(extra):
    with pytest.raises(CatalogueError, match="第 2 行有 3 格"):
        load_catalogue(extra("a,b,c"))


def test_a_missing_file_and_a_wrong_encoding_are_named(tmp_path: Path, extra):
    with pytest.raises(CatalogueError, match="文件不存在"):
        load_catalogue(tmp_path / "none.csv")
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_catalogue(extra(GOOD, encoding="gb18030"))


def test_an_unknown_id_names_its_neighbours():
    with pytest.raises(UnknownNameError, match="litigation_loss_rate"):
        load_catalogue()["litigation_los_rate"]


def test_the_table_has_one_row_an_indicator():
    table = load_catalogue().frame()
    assert len(table) == len(load_catalogue())
    row = table.set_index("id").loc["appeals_completion_rate"]
    assert row["pillars"] == "2015-2020:五|2021-2025:八"
    assert row["weak_aliases"] == "办结率"


def test_outlines_cover_their_years_and_the_last_goes_on():
    first, second = load_frames()
    assert (first.valid_to, second.valid_from) == (2020, 2021)
    assert [frame_for(year).id for year in (2015, 2020, 2021, 2025, 2026)] == [first.id] * 2 + [second.id] * 3  # type: ignore[union-attr]
    assert frame_for(2014) is None
    assert [pillar.id for pillar in second.pillars] == list("二三四五六七八九十")
    assert first.pillar("九") is None


def test_themes_are_the_pillars_in_both_languages():
    themes = {theme.name_zh: theme.name_en for theme in load_themes()}
    assert len(themes) == sum(len(frame.pillars) for frame in load_frames())
    assert themes["五、行政执法工作体系"] == "System of administrative enforcement"
    assert all(themes.values())
