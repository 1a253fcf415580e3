"""What the package needs to run at all may be passed on under any terms: no copyleft among the core dependencies."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
COPYLEFT = re.compile(r"\b(?:A|L)?GPL|General Public|EUPL|CeCILL|OSL|SSPL|CC-BY-NC", re.IGNORECASE)


def needed(requirements: list[str], found: set[str]) -> set[str]:
    """Names of these distributions and of all that they need on this system, extras left out."""
    for line in requirements:
        requirement = Requirement(line)
        if requirement.name.lower() in found or not (requirement.marker is None or requirement.marker.evaluate()):
            continue
        found.add(requirement.name.lower())
        needed(importlib.metadata.requires(requirement.name) or [], found)
    return found


def stated(name: str) -> str:
    """The licence that a distribution states, in whichever field."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License")]
    short = (metadata.get("License") or "").split("\n")[0]
    return metadata.get("License-Expression") or " ".join(classifiers) or short


def test_no_core_dependency_is_copyleft() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = needed(project["dependencies"], set())
    assert len(names) > 20
    licences = {name: stated(name) for name in sorted(names)}
    assert [name for name, licence in licences.items() if not licence] == []
    assert {name: licence for name, licence in licences.items() if COPYLEFT.search(licence)} == {}
