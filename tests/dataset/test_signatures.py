"""Sign-off: it lasts through any number of new ingests, and any change of a figure makes it void."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fazhi_analysis as fz
from fazhi_analysis.analysis.sign_off_state import sign_off
from fazhi_analysis.dataset.ledger import add_correction, add_judgement, load_ledger
from fazhi_analysis.dataset.signatures import SIGNED, figures_digest
from fazhi_analysis.errors import LedgerError, UnknownNameError, UsageError
from fazhi_analysis.running.batch_plan import BatchJob, plan_batch

ID = "990124-2024"
TEXT = "砚桥县2024年法治政府建设年度报告\n一、情况\n受理行政复议案件53件，办结50件。举办法治讲座12场。\n"


def stored(folder: Path, text: str = TEXT) -> Path:
    file, data = folder / "a.txt", folder / "data"
    file.write_text(text, encoding="utf-8")
    (result,) = fz.ingest(file, data)
    assert result.status in ("stored", "unchanged"), result.message
    return data


def test_a_report_is_a_draft_until_somebody_signs(tmp_path: Path) -> None:
    data = stored(tmp_path)
    assert sign_off(ID, data).state == "draft"
    signed = fz.sign(ID, "李四", "与各科室核对过", data=data)
    assert sign_off(ID, data) == signed
    assert (signed.state, signed.who, signed.note) == ("signed", "李四", "与各科室核对过")


def test_the_foot_of_the_page_says_so_in_both_languages(tmp_path: Path) -> None:
    data = stored(tmp_path)

    def foot(lang: str = "zh") -> str:
        return str(fz.open_page("data_quality", region="砚桥县", year=2024, data=data, lang=lang).footer())

    assert "草稿（数字未经核签）" in foot()
    date = fz.sign(ID, "李四", data=data).date
    assert f"已核（李四，{date}）" in foot()
    assert f", {date})" in foot("en")
    stored(tmp_path, TEXT.replace("53件", "54件"))
    assert "核签失效" in foot()
    assert "the signature is void" in foot("en")


@pytest.mark.parametrize(
    ("old", "new"), [("53件", "54件"), ("53件", "53余件"), ("受理", "收到"), ("办结50件", "办结"), ("12场", "12次")]
)
def test_any_change_of_a_figure_makes_it_void(old: str, new: str, tmp_path: Path) -> None:
    data = stored(tmp_path)
    fz.sign(ID, "李四", data=data)
    stored(tmp_path, TEXT.replace(old, new))
    assert sign_off(ID, data).state == "void"
    fz.sign(ID, "王五", data=data)
    assert sign_off(ID, data).state == "signed"


def test_a_correction_makes_it_void(tmp_path: Path) -> None:
    data = stored(tmp_path)
    fz.sign(ID, "李四", data=data)
    add_correction(data, ID, {"value": 53}, {"value": 55}, why="核对", who="李四")
    stored(tmp_path)
    assert sign_off(ID, data).state == "void"


def test_layout_and_words_without_figures_do_not(tmp_path: Path) -> None:
    data = stored(tmp_path)
    fz.sign(ID, "李四", data=data)
    stored(tmp_path, TEXT.replace("一、情况\n", "一、情况\n\n　　工作扎实推进。"))
    assert sign_off(ID, data).state == "signed"


@pytest.mark.parametrize("times", [2, pytest.param(30, marks=pytest.mark.nightly)])
def test_it_survives_twenty_ingests(times: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    @settings(max_examples=times, deadline=None)
    @given(steps=st.lists(st.sampled_from(["same", "layout", "judgement", "force"]), min_size=20, max_size=20))
    def survive(steps: list[str]) -> None:
        folder = tmp_path_factory.mktemp("signed")
        data = stored(folder)
        fz.sign(ID, "李四", data=data)
        for number, step in enumerate(steps):
            if step == "judgement":
                add_judgement(data, ID, f"sum-{number:08x}", "dismissed", comment="口径不同", who="李四")
            if step == "force":
                (data / "reports" / ID / "metrics.csv").unlink()
            stored(folder, TEXT + "\n" * (number + 1) if step == "layout" else TEXT)
            assert sign_off(ID, data).state == "signed"
        assert len(load_ledger(data, ID).signatures) == 1

    survive()


def test_the_digest_depends_on_every_signed_column() -> None:
    row = dict.fromkeys(SIGNED, "")
    assert len({figures_digest([{**row, name: "x"}]) for name in SIGNED}) == len(SIGNED)
    assert figures_digest([row, {**row, "label": "x"}]) == figures_digest([{**row, "label": "x"}, row])


def test_batches_can_be_limited_to_signed_years(tmp_path: Path) -> None:
    data = stored(tmp_path)
    job = BatchJob(data=data, out=tmp_path / "out", signed_only=True)
    with pytest.raises(UsageError, match="没有有效的核签"):
        plan_batch(job)
    fz.sign(ID, "李四", data=data)
    assert [task.year for task in plan_batch(job)] == [2024]
    stored(tmp_path, TEXT.replace("53件", "54件"))
    with pytest.raises(UsageError):
        plan_batch(job)


def test_what_cannot_be_signed_is_refused(tmp_path: Path) -> None:
    data = stored(tmp_path)
    with pytest.raises(UnknownNameError, match=ID):
        fz.sign("990124-2023", "李四", data=data)
    with pytest.raises(UsageError):
        fz.sign(ID, " ", data=data)
    with pytest.raises(UsageError):
        fz.sign(ID, "李四", data=None)


def test_a_signature_that_is_no_digest_is_refused(tmp_path: Path) -> None:
    data = stored(tmp_path)
    (data / "corrections").mkdir()
    (data / "corrections" / f"{ID}.yaml").write_text("- {sign: yes, who: 李四, date: 2024-05-06}\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="fazhi sign"):
        load_ledger(data, ID)
