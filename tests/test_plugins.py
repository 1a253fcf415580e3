"""What other installed packages add: what works is used, what does not is reported in one line."""

from __future__ import annotations

import logging

import pytest

from fazhi_analysis import plugins
from fazhi_analysis.errors import PluginError


def test_the_packages_own_parts_are_found_without_importing_them() -> None:
    names = [part.name for part in plugins.parts("formats", "fazhi_analysis.reading.formats")]
    assert {"docx", "html", "pdf", "text"} <= set(names)
    assert not any(name.startswith("_") for name in names)


def test_a_part_that_fails_is_reported_once_and_its_package_named(caplog: pytest.LogCaptureFixture) -> None:
    part = plugins.Part("office_checks.rules.broken", "office-checks")
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with plugins.reporting(part):
                raise KeyError("a\nb")
    (record,) = caplog.records
    assert record.getMessage().startswith("office-checks (office_checks.rules.broken)：")
    assert "\n" not in record.getMessage()
    assert isinstance(plugins.broken("broken"), PluginError)


def test_a_part_of_the_package_itself_raises() -> None:
    with pytest.raises(KeyError), plugins.reporting(plugins.Part("fazhi_analysis.reading.formats.pdf")):
        raise KeyError("x")


def test_what_a_part_lacks_is_named() -> None:
    part = plugins.Part("fazhi_analysis.reading.formats.pdf", "office-checks")
    with pytest.raises(PluginError, match="没有定义 CHECK、SHOW"):
        plugins.load(part, "ORDER", "CHECK", "SHOW")
