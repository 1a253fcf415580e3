"""JupyterLab for the notebooks: what it is started with, and what is said where it cannot be."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from fazhi_analysis.errors import UsageError
from fazhi_analysis.presenting.pages.explore import DATA_VARIABLE
from fazhi_analysis.running import lab


def test_a_taken_port_is_reported_with_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "_is_root", lambda: False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="--port") as found:
            lab.lab_command(Path("mine"), port=port)
    assert "占用" in str(found.value)
    assert f"--port={port}" in lab.lab_command(Path("mine"), port=port)


def test_root_gets_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(UsageError, match="--allow-root"):
        lab.lab_command(Path("mine"))
    assert "--allow-root" in lab.lab_command(Path("mine"), allow_root=True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--allow-root" not in lab.lab_command(Path("mine"))


def test_chinese_menus_are_a_default_that_the_user_can_change(tmp_path: Path) -> None:
    chinese, english = (lab.lab_environment(tmp_path, lang)["JUPYTER_CONFIG_PATH"] for lang in ("zh", "en"))
    folders = [Path(path) / "labconfig" / "default_setting_overrides.json" for path in chinese.split(os.pathsep)]
    (found,) = [json.loads(path.read_text(encoding="utf-8")) for path in folders if path.is_file()]
    assert found == {"@jupyterlab/translation-extension:plugin": {"locale": "zh_CN"}}
    assert english.split(os.pathsep)[-1] == chinese.split(os.pathsep)[-1] == str(lab.SETTINGS)
    assert str(lab.SETTINGS / "zh") not in english


def test_the_language_pack_is_installed_with_the_lab() -> None:
    from jupyterlab_server.translation_utils import get_language_packs

    packs, _ = get_language_packs()
    assert "zh_CN" in packs


def test_notebooks_store_where_the_terminal_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fazhi_analysis as fz

    monkeypatch.chdir(tmp_path)
    assert lab.lab_environment(Path("我的数据"))[DATA_VARIABLE] == str(tmp_path / "我的数据")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "我的数据"))
    page = fz.open_page("explore", region="霁原旗", year=2024)
    assert page.upload(fz.ingest).folder.value == str(tmp_path / "我的数据")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
    ],
)
def test_the_language_of_the_system(variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert lab.system_language() == language
