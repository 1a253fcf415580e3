"""Limits of a process: they hold from begin to end, and grow where something rightly takes longer."""

from __future__ import annotations

import sys

import pytest

from fazhi_analysis import _limits

if sys.platform == "win32":
    pytest.skip("Windows has none of these limits", allow_module_level=True)

import resource

KINDS = (resource.RLIMIT_CPU, resource.RLIMIT_AS)


def soft() -> list[int]:
    return [resource.getrlimit(kind)[0] for kind in KINDS]


def test_they_begin_grow_and_end() -> None:
    before = soft()
    try:
        _limits.begin(50, 2_000_000_000)
        seconds, memory = soft()
        _limits.extend(30, 1_000_000)
        assert soft() == [seconds + 30, memory + 1_000_000]
    finally:
        _limits.end()
    assert soft() == before


def test_nothing_grows_where_nothing_is_limited() -> None:
    before = soft()
    _limits.extend(30, 1_000_000)
    _limits.end()
    assert soft() == before
