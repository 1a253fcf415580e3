"""The conda environment and pyproject.toml name the same packages in the same versions; the lock holds them all."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONDA_NAMES = {"brotli": "brotli-python"}


def _split(requirement: str) -> tuple[str, str]:
    match = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[^]]*])?(.*)", requirement.split(";")[0].strip())
    assert match, requirement
    return match.group(1).lower(), match.group(2).replace(" ", "")


def _project() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for name, extra in project["optional-dependencies"].items():
        if name != "all":
            wanted += extra
    found: dict[str, str] = {}
    for requirement in wanted:
        name, version = _split(requirement)
        assert found.setdefault(name, version) == version, f"two versions of {name}"
    return found


def _conda() -> dict[str, str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    listed: list[str] = []
    for entry in environment["dependencies"]:
        listed += entry["pip"] if isinstance(entry, dict) else [entry]
    return dict(_split(entry) for entry in listed if entry != "-e .")


def test_environment_has_the_packages_of_pyproject_in_the_same_versions() -> None:
    conda = _conda()
    python = conda.pop("python")
    conda.pop("pip")
    assert conda == {CONDA_NAMES.get(name, name): version for name, version in _project().items()}
    assert python == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]


def test_lock_pins_every_package_with_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, flags=re.MULTILINE))
    assert {name.replace("_", "-") for name in _project()} <= pinned
    entries = re.split(r"\n(?=[a-z0-9])", lock)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert "://" not in lock
