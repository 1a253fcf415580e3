"""What places are called, and which place among some a name means: bodies, zones, former names, names by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.catalogue.place_lookup import Places, distinct_name, folder_name, own_name, tails
from fazhi_analysis.catalogue.place_names import level_of, pieces_of
from fazhi_analysis.errors import UnknownNameError

PLACE = "云岭省望溪市砚桥县"
HELD = [
    ("990124", PLACE),
    ("990125", "云岭省望溪市北河区"),
    ("990225", "云岭省东川市北河区"),
    ("", "云岭省司法厅"),
    ("411322", "河南省方城县"),
]
STEMS = st.text(alphabet="云望溪砚桥霁原丰澜", min_size=1, max_size=3)
KINDS = st.sampled_from(
    ["县", "区", "市", "旗", "州区", "州市", "州县", "镇市", "城市", "乡县", "旗区", "市区", "县区", "自治县"]
)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("砚桥县", "990124"),
        ("砚桥", "990124"),
        (" 990124 ", "990124"),
        (PLACE, "990124"),
        ("望溪市北河区", "990125"),
        ("司法厅", ""),
        ("方城县", "411322"),
        ("方城", "411322"),
        ("南阳市方城县", "411322"),
        ("河南省南阳市方城县", "411322"),
        ("河南南阳方城县", "411322"),
    ],
)
def test_a_place_by_code_own_name_full_name_or_short_name(asked: str, code: str) -> None:
    places = Places(HELD)
    assert places.pairs[places.find(asked)][0] == code


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("北河区", r"region=北河区：有 2 个地方叫这个名称。.*990125 云岭省望溪市北河区、990225 云岭省东川市北河区"),
        ("北川区", r"没有这个地方。相近的有：990125 云岭省望溪市北河区"),
        ("河区", r"相近的有：990125 云岭省望溪市北河区、990225"),
        ("无此旗", r"现有地方：990124"),
        ("", r"没有这个地方"),
        ("朝阳", r"没有这个地方"),
    ],
)
def test_what_is_not_there_or_not_clear_lists_what_is(asked: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        Places(HELD).find(asked, "region")


def test_the_data_choose_among_full_own_names_but_not_among_names_without_their_kind() -> None:
    places = Places([("220104", "吉林省长春市朝阳区"), ("220200", "吉林省吉林市")])
    assert places.pairs[places.find("朝阳区")][0] == "220104"
    for asked in ("朝阳", "吉林"):
        with pytest.raises(UnknownNameError):
            places.find(asked)


def test_a_renamed_place_is_one_place_under_all_its_names() -> None:
    both = Places([("110119", "北京市延庆区"), ("110105", "北京市朝阳区"), ("110229", "北京市延庆县")])
    assert both.find_all("延庆县") == both.find_all("110229") == [2, 0]
    assert both.find_all(["延庆区", "延庆县"]) == [0, 2]
    assert Places([("110119", "北京市延庆区")]).find_all(["延庆县", "110229", "北京市延庆县"]) == [0]
    same = Places([("159928", "内蒙古自治区云泽盟霁原县"), ("159928", "内蒙古自治区云泽盟霁原旗")])
    assert sorted(same.find_all("霁原旗")) == sorted(same.find_all("霁原县")) == [0, 1]


def test_a_merged_place_is_not_the_one_that_it_came_to() -> None:
    with pytest.raises(UnknownNameError, match="西城区"):
        Places([("110102", "北京市西城区")]).find("宣武区")


def test_an_empty_store_says_how_to_fill_it() -> None:
    with pytest.raises(UnknownNameError, match="fazhi ingest"):
        Places([]).find("砚桥县")


def test_errors_in_english() -> None:
    with pytest.raises(UnknownNameError) as caught:
        Places(HELD).find("北河区", "region")
    caught.value.lang = "en"
    assert "2 places have this name" in str(caught.value)
    for name, year in (("延庆区", 2014), ("通州区", None), ("无此地县", None)):
        with pytest.raises(UnknownNameError) as caught:
            load_divisions().find(name, year)
        caught.value.lang = "en"
        assert "地方" not in str(caught.value)


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("北京市东城区", "东城区"),
        ("云岭省望溪市市中区", "市中区"),
        ("云岭省望州市市南区", "市南区"),
        ("云岭省望溪市市场监督管理局", "市场监督管理局"),
        ("云岭省望州市砚桥县", "砚桥县"),
        ("云岭省望州区", "望州区"),
        ("云泽盟德镇市", "德镇市"),
        ("云岭省望溪市云城市", "云城市"),
        ("云岭省望溪市城市管理局", "城市管理局"),
        ("四川省乐山市市中区司法局", "司法局"),
        ("内蒙古自治区锡盟东乌旗", "东乌旗"),
        ("江苏省苏州市高新区", "高新区"),
        ("新疆生产建设兵团", "新疆生产建设兵团"),
        ("新疆生产建设兵团第一师", "第一师"),
        ("云岭省𬇙川县", "𬇙川县"),
    ],
)
def test_own_names(region: str, name: str) -> None:
    assert own_name(region) == name
    assert tails(region)[-1] == name


@given(st.lists(st.tuples(STEMS, KINDS), min_size=1, max_size=2))
def test_names_by_their_form_keep_their_last_word(parts: list[tuple[str, str]]) -> None:
    names = ["云岭省", *(f"{stem}川{kind}" for stem, kind in parts)]
    assert pieces_of("".join(names)) == tuple(names)
    found = load_divisions().opening("".join(names) + "人民政府2024年法治政府建设年度报告")
    assert found.name == "".join(names)


@pytest.mark.parametrize(
    ("text", "printed", "code"),
    [
        ("鞍山市海城市人民政府", "鞍山市海城市", "210381"),
        ("安徽省桐城市人民政府", "安徽省桐城市", "340881"),
        ("聊城市2024年法治政府建设年度报告", "聊城市", "371500"),
        ("运城市2024年法治政府建设年度报告", "运城市", "140800"),
        ("海城市民政局", "海城市", "210381"),
        ("湖北恩施州人民政府", "湖北恩施州", "422800"),
        ("锡盟行政公署", "锡盟", "152500"),
        ("前郭县人民政府", "前郭县", "220721"),
        ("中共望溪市砚桥县委望溪市砚桥县人民政府", "望溪市砚桥县", "990124"),
        ("方城人民政府", "方城", "411322"),
        ("方城统计公报", "", ""),
        ("吉林省吉林人民政府", "吉林省吉林", "220200"),
        ("黑龙江省大庆油田管理局", "黑龙江省", "230000"),
        ("江苏省苏州工业园区管委会", "江苏省苏州工业园区", ""),
        ("望溪市云城市人民政府", "望溪市云城市", ""),
        ("新型城市建设", "", ""),
        ("城市管理局", "", ""),
        ("全省城市管理工作", "", ""),
        ("市场监督管理局", "", ""),
        ("社区矫正工作", "", ""),
        ("深圳市光明区公明街道办事处", "深圳市光明区公明街道", ""),
        ("鄂托克前旗人民政府", "鄂托克前旗", "150623"),
        ("关于方城县2024年工作的报告", "方城县", "411322"),
        ("关于印发《方城县2024年工作报告》的通知", "方城县", "411322"),
        ("法治方城县建设", "方城县", "411322"),
        ("平安方城县建设", "平安方城县", "411322"),
        ("平安南阳市方城县建设", "平安南阳市方城县", "411322"),
        ("二〇二四年方城县人民政府", "", ""),
        ("法治献县建设", "献县", "130929"),
        ("新疆生产建设兵团2024年工作报告", "新疆生产建设兵团", ""),
        ("新疆生产建设兵团第一师阿拉尔市2024年工作报告", "新疆生产建设兵团第一师阿拉尔市", "659002"),
        ("第一师范学院", "", ""),
        ("", "", ""),
    ],
)
def test_the_name_that_a_text_opens_with(text: str, printed: str, code: str) -> None:
    name, places, rest = load_divisions().opening(text)
    assert (name, "".join(place.code for place in places)) == (printed, code)
    assert text.endswith(name + rest)


def test_an_old_name_means_the_place_of_its_time() -> None:
    divisions = load_divisions()
    assert divisions.opening("东乡县人民政府", 2010).places[0].code == "361029"
    assert divisions.opening("东乡县人民政府", 2024).places[0].code == "622926"
    assert divisions.opening("安徽省巢湖市无为县人民政府", 2009).places[0].code == "341422"


@pytest.mark.parametrize("name", ["云岭省望溪市市本级", "县", "局", "", "市中区"])
def test_pieces_give_the_name_back(name: str) -> None:
    assert "".join(pieces_of(name)) == "".join(load_divisions().pieces(name)) == name


def test_levels_by_name() -> None:
    names = (
        "青石镇",
        "旧城街道",
        "云泽盟",
        "云岭省望溪市",
        "望溪市秀水市",
        "云岭省望州市",
        "云泽州望溪市",
        "砚桥自治县",
    )
    assert [level_of(name) for name in names] == [
        "township", "township", "prefecture", "prefecture", "county", "prefecture", "county", "county",
    ]  # fmt: skip


def test_three_names_that_share_their_last_characters_are_three_folders() -> None:
    names = {folder_name(f"云岭省{name}") for name in ("㵲川县", "𬇙川县", "川县")}
    assert names == {"云岭省㵲川县", "云岭省𬇙川县", "云岭省川县"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "990124", "110105", "../a"]), st.text(max_size=80)), max_size=6, unique=True
    )
)
def test_a_folder_name_is_plain_and_no_other_place_s(pairs: list[tuple[str, str]]) -> None:
    names = [folder_name(region, code) for code, region in pairs]
    assert len(set(names)) == len(pairs)
    for name in names:
        assert name
        assert all(sign.isalnum() or sign == "-" for sign in name)
        assert len(name.encode()) < 220


def test_a_body_that_is_called_like_a_place_does_not_share_its_folder() -> None:
    assert folder_name("海淀区") != folder_name("北京市海淀区", "110108") == "海淀区"
    assert distinct_name("河南省方城县", "123456") == "河南省方城县-123456"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("滨海城区开展普法活动", ""),
        ("支持海城区开展普法活动", "海城区"),
        ("海城区开展普法活动", "海城区"),
        ("河南方城县人民政府", "方城县"),
        ("全市岳池县的案件", "岳池县"),
    ],
)
def test_a_name_begins_where_a_word_begins(text: str, name: str) -> None:
    found = load_divisions().locate(text)
    assert (text[found[1] : found[2]] if found else "").endswith(name)
    assert bool(found) == bool(name)


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("渠县拱市乡", ("渠县", "拱市乡")),
        ("云汀县石市镇", ("云汀县", "石市镇")),
        ("望溪市乡镇", ("望溪市",)),
        ("望溪市青石镇", ("望溪市", "青石镇")),
    ],
)
def test_a_town_may_have_the_kind_of_a_city_in_its_name(name: str, pieces: tuple[str, ...]) -> None:
    assert pieces_of(name)[: len(pieces)] == pieces
