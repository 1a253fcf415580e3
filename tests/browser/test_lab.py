"""JupyterLab and Voila for real: a server on loopback, a kernel, a browser, a widget that is moved."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.nightly]
TOKEN = "for-this-test-only"
_LOCAL = re.compile(r"(http|ws)://127\.0\.0\.1|data:|blob:")
SLOW = 60_000
REPORT = """砚桥县2022年法治政府建设年度报告

一、主要工作
全年受理行政复议案件42件，审结40件，审结率94.24%。
二、下一步工作
一是开展轮训。
"""


expect.set_options(timeout=SLOW)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(command: list[str], url: str, folder: Path) -> Iterator[None]:
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": "JupyterLab Dark"}), encoding="utf-8")
    environment = {**os.environ, "JUPYTER_TOKEN": TOKEN, "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}
    environment |= {"JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTERLAB_WORKSPACES_DIR": str(folder / "spaces")}
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        for _ in range(400):
            with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
                break
            assert server.poll() is None, (folder / "server.log").read_text(errors="replace")[-3000:]
            time.sleep(0.2)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
        log.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def loopback_only(page: Page) -> list[str]:
    """Cut the network off; the list that is returned fills with what was asked of it."""
    strangers: list[str] = []
    page.on("request", lambda request: None if _LOCAL.match(request.url) else strangers.append(request.url))
    page.route(lambda url: not _LOCAL.match(url), lambda route: route.abort())
    return strangers


def choose_and_look(page: Page) -> None:
    """Move a widget; the table, the chart and the evidence follow."""
    table = page.locator(".fz-explore-table")
    expect(table).to_contain_text("延庆区")
    before = page.locator(".fz-explore-evidence").inner_text()
    place = page.get_by_label("地方", exact=True).first
    place.fill("不存在县")
    place.press("Enter")
    expect(page.get_by_text("没有“不存在县”")).to_be_visible()
    expect(table).to_contain_text("延庆区")
    place.fill("霁原旗")
    place.press("Enter")
    expect(table).to_contain_text("霁原旗 2021—2024 年")
    expect(place).to_have_value("")  # a click lists all places
    expect(place).to_have_attribute("placeholder", "内蒙古自治区云泽盟霁原旗")
    expect(page.get_by_text("没有“不存在县”")).to_be_hidden()
    indicator = page.get_by_label("指标", exact=True)
    indicator.fill("旁听庭审人次")
    indicator.press("Tab")
    expect(table).to_contain_text("260余人次")
    expect(page.locator(".fz-explore-chart svg")).to_be_visible()
    expect(page.locator(".fz-explore-evidence mark").first).to_be_visible()
    assert page.locator(".fz-explore-evidence").inner_text() != before
    first = page.get_by_label("从", exact=True)
    first.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(table).to_contain_text("霁原旗 2022—2024 年")


def test_explore_in_jupyterlab(page: Page, tmp_path: Path) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "fazhi_analysis.cli",
        "lab",
        "--folder",
        "mine",
        "--no-browser",
        "--port",
        str(port),
    ]
    if os.geteuid() == 0:
        command.append("--allow-root")
    strangers = loopback_only(page)
    with served(command, f"http://127.0.0.1:{port}/api", tmp_path):
        page.goto(f"http://127.0.0.1:{port}/lab/tree/explore.ipynb?token={TOKEN}")
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        choose_and_look(page)
        dark = page.evaluate("getComputedStyle(document.querySelector('.fz-explore-table .fz-lab')).color")
        assert dark == "rgb(232, 234, 237)"
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="上传一份报告").click()
        chooser.value.set_files({"name": "报告.txt", "mimeType": "text/plain", "buffer": REPORT.encode()})
        page.get_by_label("更正为").wait_for()
        terms = page.locator(".fz-facts dt")
        assert terms.count() > 0
        for term in terms.all():  # JupyterLab's own rule for dt left a character a line
            box = term.bounding_box()
            assert box is not None
            assert box["width"] >= 8 * len(term.inner_text()), term.inner_text()
            assert box["height"] < 30, term.inner_text()
        page.get_by_label("经办人").fill("张三")
        page.get_by_label("理由").fill("与台账核对")
        page.get_by_label("更正为").fill("95.24%")
        page.get_by_role("button", name="更正", exact=True).click()
        page.locator(".widget-html").get_by_text("已记下 1 条").wait_for()
        assert not (tmp_path / "我的数据").exists()
        page.get_by_role("button", name="存入", exact=True).click()
        page.locator(".widget-html").get_by_text("已存入").first.wait_for()
        folder = tmp_path / "我的数据"  # the one that the terminal takes; the next command names it
        page.get_by_text(f"fazhi report --region 990124 --year 2022 --data {shlex.quote(str(folder))}").first.wait_for()
        assert (folder / "reports" / "990124-2022" / "metrics.csv").is_file()
        assert (folder / "corrections" / "990124-2022.yaml").is_file()
        assert page.get_by_text("Jupyter news").count() == 0
        if picture := os.environ.get("FAZHI_SCREENSHOTS"):
            page.screenshot(path=str(Path(picture) / "lab.png"))
    assert strangers == []


def test_voila_shows_explore_as_an_application(page: Page, tmp_path: Path) -> None:
    from fazhi_analysis._paths import bundled_notebooks

    port = free_port()
    command = [sys.executable, "-m", "voila", str(bundled_notebooks() / "explore.ipynb"), "--no-browser"]
    command += [f"--port={port}", "--Voila.ip=127.0.0.1"]
    loopback_only(page)
    with served(command, f"http://127.0.0.1:{port}/", tmp_path):
        answer = page.goto(f"http://127.0.0.1:{port}/")
        assert answer is not None
        assert answer.status == 200
        choose_and_look(page)
        assert page.locator("pre code, .jp-InputArea-editor").count() == 0
        if picture := os.environ.get("FAZHI_SCREENSHOTS"):
            page.screenshot(path=str(Path(picture) / "voila.png"))
