"""Whether the later text says that a promised act was done: another act may fulfil it, a part of it does not."""

from __future__ import annotations

import pytest

from fazhi_analysis.analysis.following.passages import Body, done


@pytest.mark.parametrize(
    ("promise", "text"),
    [
        ("出台重大行政决策后评估办法", "《重大行政决策后评估办法》经常务会议审议通过"),
        ("出台重大行政决策后评估办法", "重大行政决策后评估办法自7月起施行"),
        ("制定涉企检查备案规定", "涉企检查备案规定正式实施"),
        ("编制法治乡村建设规划", "印发法治乡村建设规划"),
        ("建成云汀公共法律服务大厅并投入使用", "云汀公共法律服务大厅建成开放"),
        ("建成云汀公共法律服务大厅", "云汀公共法律服务大厅竣工"),
        ("霁原法治公园、云汀法治长廊开工", "霁原法治公园和云汀法治长廊开工建设"),
    ],
)
def test_done(promise: str, text: str) -> None:
    found = done(promise, Body.of(f"全年工作扎实。{text}，群众反映良好。"))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("promise", "text"),
    [
        ("出台重大行政决策后评估办法", "重大行政决策后评估办法提请审议"),
        ("出台重大行政决策后评估办法", "重大行政决策后评估办法待审议通过"),
        ("编制法治乡村建设规划", "高质量开展法治乡村建设规划编制"),
        ("建成启用云汀公共法律服务大厅", "云汀公共法律服务大厅如期竣工"),
        ("完成霁原法治公园提升改造工程", "霁原法治公园提升改造工程基本完成"),
        ("霁原法治公园、云汀法治长廊开工", "霁原法治公园和砚桥司法所开工建设"),
    ],
)
def test_not_done(promise: str, text: str) -> None:
    assert done(promise, Body.of(f"全年工作扎实。{text}，群众反映良好。")) is None
