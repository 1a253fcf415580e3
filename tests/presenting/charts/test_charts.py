"""Charts: nothing is cut off or overlaps, intervals can be seen, direction shows by form, the finding is in words."""

from __future__ import annotations

import csv
import io
import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from fazhi_analysis.presenting.charts import lines as lines_module
from fazhi_analysis.presenting.charts import rows as frame
from fazhi_analysis.presenting.charts.brief_bars import Pair, draw_pairs
from fazhi_analysis.presenting.charts.changes import Change, draw_changes
from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.levels import Level, draw_levels
from fazhi_analysis.presenting.charts.lines import Point, Series, draw_lines, value_ticks
from fazhi_analysis.presenting.charts.pen import Pen
from fazhi_analysis.presenting.charts.ranks import Peer, draw_ranks
from fazhi_analysis.presenting.charts.shares import Bar, draw_bars
from fazhi_analysis.presenting.charts.style import MARGIN, SIZE, WIDTH, form, legend, text_width, wrap
from fazhi_analysis.presenting.wording.page_texts import Words

ZH = Words("zh")
LONG = "行政机关负责人出庭应诉率（以旗人民政府为被告、应当由负责人出庭的全部案件，不含撤回起诉的案件）"
CHANGES = [
    Change("行政复议案件数", "180件 → 240件", (180, 180, 180), (240, 240, 240), "increased"),
    Change(LONG, "300余份 → 近480份", (300, 300, 399), (471, 480, 480), "uncertain"),
    Change("败诉案件数", "9件 → 4件", (9, 9, 9), (4, 4, 4), "improved"),
    Change("补贴金额", "19.2万元 → 20.5元", (192_000, 192_000, 192_000), (20.5, 20.5, 20.5), "decreased"),
]


def changes() -> Chart:
    return draw_changes("changes", "数量", "共 4 项。", CHANGES, ZH, rates=False)


def levels() -> Chart:
    items = [
        Level("办结率", "99.37%", 99.365, 99.37, 99.375, "政务公开"),
        Level("回复率", "100%", 99.5, 100, 100, "监督"),
    ]
    return draw_levels("levels", "比率", "共 2 个。", items, ZH)


def lines() -> Chart:
    nothing = math.nan
    points = (
        Point(2021, 12, 12, 12),
        Point(2022, nothing, nothing, nothing),
        Point(2023, 20, 20, 29),
        Point(2024, 40, 40, 40, broken=True),
    )
    return draw_lines("lines", "走势", "共 1 项。", [Series("受理件数", "2021 12件 → 2024 40件", points)], ZH)


def ranks() -> Chart:
    peers = [Peer("砚桥县", "300余件", 300, 300, 399, own=True), Peer("霁原旗", "320件", 320, 320, 320, own=False)]
    return draw_ranks("ranks", "处罚", "第 1～2 位。", peers, ZH, rate=False, benchmark=(340.0, 360.0))


def pairs() -> Chart:
    items = [Pair("办结率", "98% → 99%", 98, 99, "improved"), Pair(LONG, "9件 → 4件", 9, 4, "decreased")]
    return draw_pairs("pairs", "要点", "共 2 项。", items, ZH)


def bars() -> Chart:
    kinds = ("exact", "inexact")
    return draw_bars("bars", "分领域", "共 1 个。", [Bar("行政执法", (9, 3))], ["确数", "约数"], kinds, ZH)


ALL = [changes, levels, lines, ranks, pairs, bars]


def shape_of(chart: Chart) -> str:
    """The drawing with its coordinates rounded to whole points, so that a snapshot outlives rounding elsewhere."""
    body = re.sub(r"<defs>.*?</defs>", "", chart.svg, flags=re.DOTALL)
    body = re.sub(r"-?\d+\.\d+", lambda match: str(round(float(match.group(0)))), body)
    return re.sub(r"(<(?:path|g|use))", r"\n\1", body)


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_snapshot(make, snapshot: SnapshotAssertion) -> None:  # type: ignore[no-untyped-def]
    assert shape_of(make()) == snapshot


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_drawn_twice_is_the_same(make) -> None:  # type: ignore[no-untyped-def]
    assert make().svg == make().svg


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_the_svg_is_whole_and_belongs_to_its_page(make) -> None:  # type: ignore[no-untyped-def]
    chart = make()
    ElementTree.fromstring(chart.svg)
    ids = re.findall(r'\bid="([^"]+)"', chart.svg)
    assert all(identity.startswith(f"{chart.name}-") for identity in ids)
    assert "<style" not in chart.svg
    assert "<metadata" not in chart.svg
    assert set(re.findall(r"(?<!,)#[0-9a-f]{6}", re.sub(r"(href=|url\()\"?#", "", chart.svg))) <= {"#ffffff"}


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_the_figures_can_be_taken_away(make) -> None:  # type: ignore[no-untyped-def]
    chart = make()
    table = list(csv.reader(io.StringIO(chart.csv().removeprefix("\ufeff"))))
    assert table[0] == list(chart.header)
    assert len(table) == len(chart.data) + 1
    assert all(len(row) == len(table[0]) for row in table)


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_the_alternative_text_states_the_finding(make) -> None:  # type: ignore[no-untyped-def]
    chart = make()
    markup = chart._repr_html_()
    assert f'<desc id="chart-{chart.name}-desc">{chart.finding}</desc>' in markup
    assert 'role="img"' in markup
    assert repr(chart) == f"{chart.title}\n{chart.finding}"


HOSTILE = "=1+1 $x$ {{ 7*7 }} <b>甲</b> $\\frac{$"


def hostile() -> list[Chart]:
    change = Change(HOSTILE, HOSTILE, (1, 1, 1), (2, 2, 2), "increased")
    two = [Point(2023, 1, 1, 1), Point(2024, 2, 2, 2)]
    return [
        draw_changes("changes", HOSTILE, HOSTILE, [change], ZH, rates=False),
        draw_levels("levels", HOSTILE, HOSTILE, [Level(HOSTILE, HOSTILE, 1, 1, 1, HOSTILE)], ZH),
        draw_lines("lines", HOSTILE, HOSTILE, [Series(HOSTILE, HOSTILE, tuple(two))], ZH),
        draw_ranks("ranks", HOSTILE, HOSTILE, [Peer(HOSTILE, HOSTILE, 1, 1, 1, own=True)], ZH, rate=False),
        draw_pairs("pairs", HOSTILE, HOSTILE, [Pair(HOSTILE, HOSTILE, 1, 2, "improved")], ZH),
        draw_bars("bars", HOSTILE, HOSTILE, [Bar(HOSTILE, (1, 1))], [HOSTILE, HOSTILE], ("exact", "inexact"), ZH),
    ]


def test_no_text_is_a_formula_markup_or_mathematics() -> None:
    for chart in hostile():
        drawn = " ".join(ElementTree.fromstring(chart.svg).itertext())
        assert re.search(r"=1\+1\s+\$x\$\s+\{\{\s+7\*7\s+\}\}\s+<b>甲</b>\s+\$\\frac\{\$", drawn), chart.name
        assert "<b>" not in chart._repr_html_()
        cells = [cell for row in csv.reader(io.StringIO(chart.csv().removeprefix("\ufeff"))) for cell in row]
        assert "'" + HOSTILE in cells, chart.name
        assert HOSTILE not in cells, chart.name


def test_labels_wrap_and_never_meet_their_notes() -> None:
    room = WIDTH - 2 * MARGIN
    for change in CHANGES:
        row = frame.Row(change.label, change.note, None)
        laid, _ = frame._layout([row], room)
        lines_, note, stacked = next(content for kind, _, content in laid if kind == "label")
        assert "".join(lines_) == change.label
        for line in lines_:
            free = room if stacked else room - text_width(note, frame.SMALL)
            assert text_width(line, SIZE) <= free


def test_rows_follow_each_other_without_overlap() -> None:
    laid, height = frame._layout([frame.Row(item.label, item.note, None) for item in CHANGES], 4.0)
    offsets = [offset for _, offset, _ in laid]
    assert offsets == sorted(offsets)
    assert height > offsets[-1]


def test_wrapping_keeps_every_character_and_width() -> None:
    for text in (LONG, "Share of cases in which the head of the agency appeared in court", "复议 and 应诉 2023"):
        parts = wrap(text, SIZE, 1.5)
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
        assert all(text_width(part, SIZE) <= 1.5 for part in parts)


class Recorder:
    """Stands in for matplotlib's axes."""

    def text(self, *_place: object, **_look: object) -> None:
        """Text is of no interest here."""

    def __init__(self) -> None:
        self.pen = Pen(self)
        self.track = frame.Track(self.pen, lambda value: value)

    def looks(self) -> set[tuple[str, bool]]:
        return {(marker, hollow) for _, _, marker, _, hollow in self.pen._marks}


@pytest.mark.parametrize(
    ("verdict", "after", "looks"),
    [
        ("increased", 140.0, ("chevron-right", True)),
        ("decreased", 60.0, ("chevron-left", True)),
        ("improved", 60.0, ("<", False)),
        ("improved", 140.0, (">", False)),
        ("worsened", 60.0, ("<", True)),
        ("worsened", 140.0, (">", True)),
        ("uncertain", 140.0, ("D", True)),
        ("unchanged", 100.0, ("D", True)),
    ],
)
def test_direction_shows_by_form(verdict: str, after: float, looks: tuple[str, bool]) -> None:
    from fazhi_analysis.presenting.charts import changes as module

    recorder = Recorder()
    module._paint(recorder.track, 0.0, Change("x", "", (100, 100, 100), (after, after, after), verdict))
    assert looks in recorder.looks()
    assert ("o", True) in recorder.looks()


def test_no_two_kinds_of_change_look_alike_without_colour() -> None:
    for rising in (True, False):
        looks = [form(kind, rising=rising) for kind in ("improved", "worsened", "increased", "uncertain", "doubtful")]
        assert len(set(looks)) == len(looks)


def test_the_legend_names_every_form_that_is_drawn() -> None:
    assert (
        legend(["improved", "worsened", "increased", "uncertain"], ZH) == "　▶ 改善　▷ 变差　› 不分好坏　◇ 持平或未定"
    )
    assert legend(["decreased", "increased"], ZH) == "　› 不分好坏"


def test_the_last_tick_stands_near_the_last_mark() -> None:
    for end in (130, 190, 260, 384, 480):
        axis = frame.index_axis([90.0, float(end)], "")
        assert axis.ticks[-1][0] >= 0.78 * end


def points_of(*values: float) -> tuple[Point, ...]:
    return tuple(Point(2020 + number, value, value, value) for number, value in enumerate(values))


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=6), st.booleans())
def test_value_ticks_are_few_and_hold_every_figure(values: list[float], rate: bool) -> None:
    if rate:
        values = [round(value % 100, 2) for value in values]
    ticks = value_ticks(Series("", "", points_of(*values), rate))
    assert 2 <= len(ticks) <= 3
    assert list(ticks) == sorted(ticks)
    assert ticks[0] <= min(values) + 1e-6
    assert ticks[-1] >= max(values) - 1e-6 * max(values)
    assert ticks[0] >= 0
    if rate:
        assert ticks[-1] <= 100 + 1e-9


def test_a_small_movement_does_not_fill_its_panel() -> None:
    for values, rate in (((68.0, 71.0), False), ((100.0, 100.0), True), ((99.5, 100.0), True)):
        ticks = value_ticks(Series("", "", points_of(*values), rate))
        assert (max(values) - min(values)) <= 0.1 * (ticks[-1] - ticks[0])


def test_the_value_axis_is_labelled_in_wan() -> None:
    series = Series("x", "", points_of(12_000, 31_000))
    written: list[str] = []
    recorder = Recorder()
    recorder.pen.text = lambda _place, text, *_look, **_more: written.append(text)  # type: ignore[method-assign]
    lines_module._panel(recorder.pen, 0.0, series, [2020, 2021], 0.5, ZH)
    assert {text for text in written if text not in ("2020", "2021")} == {"0", "2万", "4万"}


def test_a_narrow_interval_is_still_seen() -> None:
    recorder = Recorder()
    recorder.track.bar(5.0, 5.0, 0.0, "#000000")
    ((start, end),) = next(iter(recorder.pen._strokes.values()))
    assert end[0] - start[0] >= 0.019


def test_nothing_joins_figures_across_a_gap_or_a_break() -> None:
    from fazhi_analysis.presenting.charts import lines as module

    recorder = Recorder()
    nothing = math.nan
    points = (
        Point(2021, 1, 1, 1),
        Point(2022, nothing, nothing, nothing),
        Point(2023, 2, 2, 2),
        Point(2024, 3, 3, 3, broken=True),
        Point(2025, 4, 4, 4),
    )
    module._panel(recorder.pen, 0.0, Series("x", "", points), [2021, 2022, 2023, 2024, 2025], 0.5, ZH)
    joined = [line for (_, _, width, *_), found in recorder.pen._strokes.items() for line in found if width == 1.3]
    assert len(joined) == 1, "only 2024 and 2025 may be joined"
    dashed = [line for (*_, style), found in recorder.pen._strokes.items() for line in found if style != "-"]
    assert len(dashed) == 1, "the break is marked"
    assert ("x", False) in recorder.looks(), "the gap is marked"
