"""Labels: the indicator's name, or a clean phrase of a few characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_analysis import extract
from fazhi_analysis.extracting.linking.labelling.labels import LONGEST, label_for
from fazhi_analysis.model import Quantity
from fazhi_analysis.reading import read_text


def _figure(unit: str = "件", kind: str = "count", change: str = "level") -> Quantity:
    return Quantity(0, 2, f"5{unit}", 5, 5, 5, unit, "exact", kind, True, change=change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "tail", "unit", "kind", "label"),
    [
        ("全年开设夜间窗口", "", "个", "count", "开设夜间窗口数"),
        ("", "便民举措得到推广", "项", "count", "便民举措数"),
        ("帮扶", "创业者获得贷款", "名", "count", "创业者人数"),
        ("", "村庄均建成文化广场", "个", "count", "村庄数"),
        ("证照按时送达率达", "", "%", "rate", "证照按时送达率"),
        ("追缴欠缴金额达", "", "元", "money", "追缴欠缴金额"),
        ("先后组织座谈会", "", "次", "count", "座谈会次数"),
        ("涉及资金", "", "元", "money", "涉及资金"),
    ],
)
def test_phrase(head: str, tail: str, unit: str, kind: str, label: str) -> None:
    assert label_for(_figure(unit, kind), "", head, tail) == label


def test_name_of_the_indicator_comes_first() -> None:
    assert label_for(_figure(), "受理行政复议案件数", "其中受理", "") == "受理行政复议案件数"


def test_change_is_named() -> None:
    assert label_for(_figure("%", "rate", "yoy_pct"), "受理行政复议案件数", "", "") == "受理行政复议案件数同比变化率"


def test_without_words_the_label_says_so() -> None:
    assert label_for(_figure("件"), "", "", "") == "未注明事项（件）"


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["件", "%", "元", "名", ""]))
def test_label_is_short_and_never_empty(head: str, tail: str, unit: str) -> None:
    kind = {"%": "rate", "元": "money"}.get(unit, "count")
    label = label_for(_figure(unit, kind), "", head, tail)
    assert 0 < len(label) <= LONGEST + 12
    assert "\n" not in label


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("考试通过率由上年的80.5%提高到91.2%。", ["考试通过率", "考试通过率"]),
        ("办理司法救助320件，同比增长8%。", ["办理司法救助数", "办理司法救助数同比增幅"]),
        ("来信42件，较去年同期的50件下降16%。", ["来信数", "上年同期来信数", "来信数同比降幅"]),
        ("印发6家单位的“三定”规定和4个文件。", ["单位家数", "文件数"]),
        ("督导覆盖人数超900余人次。", ["督导覆盖人次"]),
        ("新增律师事务所3家。", ["新增律师事务所家数"]),
    ],
)
def test_labels_in_sentences(text: str, labels: list[str]) -> None:
    found = extract(read_text(f"青湖县2023年法治政府建设情况报告\n{text}", name="a.txt")).metrics
    assert [figure.label for figure in found] == labels


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("2023年主要举措和成效", "result"),
        ("2023年重点任务完成情况", "result"),
        ("2024年重点任务", "plan"),
        ("下一步工作举措", "plan"),
    ],
)
def test_heading_tells_plans_from_results(heading: str, role: str) -> None:
    report = read_text(f"青湖县2023年法治政府建设情况报告\n\n一、{heading}\n召开会议5次。\n", name="a.txt")
    assert [figure.role for figure in extract(report).metrics] == [role]


def _labels(text: str) -> list[str]:
    return [one.label for one in extract(read_text(f"云汀县2024年法治政府建设年度报告\n一、工作情况\n{text}")).metrics]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("全县12个村共申报86个项目。", ["村数", "项目数"]),
        ("11个乡镇共认领240项。", ["乡镇数", "认领数"]),
        ("28家企业共领取补贴120万元。", ["企业家数", "领取补贴金额"]),
        ("9所学校共组织讲座45场。", ["学校数", "组织讲座场次"]),
        ("提供公共服务事项58项。", ["提供公共服务事项数"]),
        ("建成共享法庭9个。", ["建成共享法庭数"]),
        ("18项措施都已落实。", ["措施数"]),
        ("指导6个都市农业园区。", ["都市农业园区数"]),
        ("32件提案都按期答复。", ["提案数"]),
        ("6个社区均建成议事厅。", ["社区数"]),
        ("县级政府中有12个完成清理。", ["县级政府数"]),
        ("辖区集中供水点15个。", ["辖区集中供水点数"]),
        ("检查高中12所。", ["检查高中数"]),
        ("审批时限压缩至3小时内办结。", ["审批时限"]),
        ("平均办理时间缩短至4小时以内。", ["平均办理时间"]),
        ("维修内部道路12条。", ["维修内部道路数"]),
        ("培训覆盖率、考试合格率均为100%。", ["培训覆盖率、考试合格率"]),
        ("网上受理率均达到98%。", ["网上受理率"]),
        ("排查内河航道8条。", ["排查内河航道数"]),
    ],
)
def test_a_noun_ends_before_an_adverb(text: str, labels: list[str]) -> None:
    assert _labels(text) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("按时办结率由91.2%升至去年的97.5%。", ["按时办结率"] * 2),
        ("到场率由80%提高到上年的86%。", ["到场率"] * 2),
        ("签约率从62.5%上升至2023年的71%。", ["签约率"] * 2),
        ("收缴率由上年的90%提高到93%。", ["收缴率"] * 2),
        ("信访量降幅8.5%。", ["信访量降幅"]),
        ("咨询量同比增幅12%。", ["咨询量同比增幅"]),
        ("网上办件增幅达到15%。", ["网上办件增幅"]),
        ("来访批次涨幅3.2%。", ["来访批次涨幅"]),
        ("来访批次增长3.2%。", ["来访批次同比增幅"]),
    ],
)
def test_a_change_is_called_after_what_changes_and_once(text: str, labels: list[str]) -> None:
    assert _labels(text) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("列出8大类42项重点工作。", ["重点工作大类数", "重点工作数"]),
        ("列出4类28条问题。", ["问题类数", "问题数"]),
        ("确定8批120个项目。", ["项目批数", "项目数"]),
        ("发放手册2万余份，受众3.4万人次。", ["发放手册数", "发放手册受众人次"]),
    ],
)
def test_what_divides_things_is_called_after_them(text: str, labels: list[str]) -> None:
    assert _labels(text) == labels


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        ("地区\t检查次数\n云汀县\t120\n砚桥县\t98", ["检查次数（云汀县）", "检查次数（砚桥县）"]),
        (
            "表2 各镇护林员培训\n乡镇\t场次\n云汀镇\t12\n砚桥镇\t9",
            ["各镇护林员培训场次（云汀镇）", "各镇护林员培训场次（砚桥镇）"],
        ),
        ("林业站工作量\n单位\t次数\t件数\n云汀站局\t12\t5", ["次数（云汀站局）", "件数（云汀站局）"]),
        ("项目\t次数\n护林\t120\n清淤\t35", ["护林次数", "清淤次数"]),
        ("\t云汀县\t砚桥县\n立案件数\t4\t5", ["立案件数（云汀县）", "立案件数（砚桥县）"]),
    ],
)
def test_a_place_in_a_row_is_whose_figure_it_is(table: str, labels: list[str]) -> None:
    assert _labels(f"有关情况如下。\n{table}\n以上。") == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("会同26个政府组成部门开展检查。", ["政府组成部门数"]),
        ("举办12场新闻发布会。", ["新闻发布会场次"]),
        ("建立3个城乡共同体。", ["城乡共同体数"]),
        ("指导15家行业联合会。", ["行业联合会家数"]),
        ("设立20个受理点。", ["受理点数"]),
        ("建成7个办理窗口。", ["办理窗口数"]),
        ("培育120家社会组织。", ["社会组织家数"]),
        ("8个社会组织参与调解。", ["社会组织数"]),
        ("培训45名调解组织负责人。", ["调解组织负责人人数"]),
        ("实施18个提升工程。", ["提升工程数"]),
        ("整治22处移交线索。", ["移交线索数"]),
        ("走访6家参与主体。", ["参与主体家数"]),
        ("12个单位组织开展演练。", ["单位数"]),
        ("15个村组织群众参观。", ["村数"]),
        ("26个部门联合开展检查。", ["部门数"]),
        ("30个村统一编制规划。", ["村数"]),
        ("12个站所受理群众申请。", ["站所数"]),
        ("30名律师参与值班。", ["律师人数"]),
    ],
)
def test_a_verb_within_a_noun_does_not_end_it(text: str, labels: list[str]) -> None:
    assert _labels(text) == labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "签约仲裁员12名、书记员9名，同比分别增长20%和12.5%。",
            ["签约仲裁员人数", "书记员人数", "签约仲裁员人数同比增幅", "书记员人数同比增幅"],
        ),
        (
            "收到来信42件、来电96个，分别下降16%、9%。",
            ["收到来信数", "来电数", "收到来信数同比降幅", "来电数同比降幅"],
        ),
        ("收到来信42件，来电分别增长16%、9%。", ["收到来信数", "来电同比变化率", "来电同比变化率"]),
    ],
)
def test_changes_belong_to_the_levels_in_order(text: str, labels: list[str]) -> None:
    assert _labels(text) == labels
