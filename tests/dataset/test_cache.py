"""The cache: as if it were not there, but fast."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from fazhi_analysis.dataset import cache as caching
from fazhi_analysis.dataset import cache_building, load_metrics, load_reports, loading
from fazhi_analysis.dataset.cache import Cache
from fazhi_analysis.dataset.cache_folder import cache_folder
from fazhi_analysis.dataset.schema import METRICS

NAMES = [f"{code}-{year}" for code in ("159928", "990124") for year in (2021, 2022, 2023)]


@pytest.fixture
def data(store) -> Path:
    for name in NAMES:
        folder = store(name)
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the reports whose files are read from here on."""
    names: list[str] = []
    read = cache_building.read_report_columns

    def counting(folder: Path, table):
        names.extend([folder.name] * (table is METRICS))
        return read(folder, table)

    monkeypatch.setattr(cache_building, "read_report_columns", counting)
    return names


def _settle(data: Path) -> None:
    """Give the folder a time long past, as a store has that nobody wrote to within these two seconds."""
    os.utime(data / "reports", ns=(10**18, 10**18))


def test_files_are_read_once(data: Path, reads: list[str]) -> None:
    first = load_metrics(data)
    assert sorted(reads) == sorted(NAMES)
    reads.clear()
    pd.testing.assert_frame_equal(load_metrics(data), first)
    assert reads == []


def test_only_what_changed_is_read_again(data: Path, store, figure, reads: list[str]) -> None:
    load_metrics(data)
    reads.clear()
    store("990124-2022", metrics=[figure(50), figure(51)])
    store("990124-2024", metrics=[figure(60)])
    frame = load_metrics(data)
    assert sorted(reads) == ["990124-2022", "990124-2024"]
    assert frame["report_id"].tolist() == sorted([*NAMES, "990124-2022", "990124-2024"])
    assert frame.loc[frame["report_id"] == "990124-2022", "value"].tolist() == [50, 51]


def test_a_report_taken_away_is_gone(data: Path, reads: list[str]) -> None:
    load_metrics(data)
    reads.clear()
    (data / "reports/990124-2021").rename(data / "kept-elsewhere")
    assert load_metrics(data)["report_id"].nunique() == len(NAMES) - 1
    assert reads == []


@pytest.mark.parametrize("regions", [None, "霁原旗"])
def test_an_edit_in_place_of_the_same_size_and_time_is_noticed(data: Path, regions) -> None:
    path = data / "reports/159928-2022/metrics.csv"
    _settle(data)
    load_metrics(data)
    assert load_metrics(data, regions=regions)["value"].max() == 12
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"12,12,12", b"34,34,34"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert load_metrics(data, regions=regions)["value"].max() == 34


def test_a_new_report_of_a_place_is_noticed_when_only_that_place_is_asked_for(data: Path, store, figure) -> None:
    _settle(data)
    load_metrics(data)
    assert len(load_metrics(data, regions="霁原旗")) == 3
    store("159928-2024", metrics=[figure(5)])
    assert len(load_metrics(data, regions="霁原旗")) == 4
    assert load_metrics(data, regions="霁原旗", years=2024)["value"].tolist() == [5]


def test_one_place_looks_at_that_place_only(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _settle(data)
    load_metrics(data)
    looked = []
    stat = os.stat

    def counting(path, *args, **more):
        looked.append(str(path))
        return stat(path, *args, **more)

    monkeypatch.setattr(caching.os, "stat", counting)
    load_metrics(data, regions="霁原旗", years=2022)
    assert [path for path in looked if path.endswith("metrics.csv")] == [
        f"{(data / 'reports').resolve()}/159928-2022/metrics.csv"
    ]


@pytest.mark.parametrize("content", [None, b"[1]", b'{"places": [], "reports": {"a": 1}}'])
def test_looking_for_garbage_goes_on_after_an_index_was_read(data: Path, cache: Path, content: bytes | None) -> None:
    load_metrics(data)
    if content is not None:
        path = next(cache.rglob("metrics.json"))
        path.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    caching._READ.clear()
    load_metrics(data)
    assert gc.isenabled()


def test_it_may_always_be_deleted(data: Path, cache: Path) -> None:
    first = load_metrics(data)
    for path in cache.rglob("*"):
        if path.is_file():
            path.unlink()
    pd.testing.assert_frame_equal(load_metrics(data), first)


@pytest.mark.parametrize("suffix", ["parquet", "json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"PAR1 not really PAR1"])
def test_damage_is_mended(data: Path, cache: Path, suffix: str, content: bytes) -> None:
    first = load_metrics(data)
    for path in cache.rglob(f"*.{suffix}"):
        path.write_bytes(content)
    pd.testing.assert_frame_equal(load_metrics(data), first)
    for path in cache.rglob(f"*.{suffix}"):
        path.write_bytes(content)
    pd.testing.assert_frame_equal(
        load_metrics(data, regions="霁原旗"), first[first["region_code"] == "159928"], check_categorical=False
    )


@pytest.mark.parametrize("suffix", ["parquet", "json"])
@pytest.mark.parametrize("places", [12, pytest.param(120, marks=pytest.mark.nightly)])
def test_one_changed_bit_is_noticed(data: Path, cache: Path, suffix: str, places: int) -> None:
    first = load_metrics(data)
    (path,) = cache.rglob(f"metrics*.{suffix}")
    for place in range(0, path.stat().st_size, path.stat().st_size // places):
        (path,) = cache.rglob(f"metrics*.{suffix}")
        content = bytearray(path.read_bytes())
        content[place % len(content)] ^= 1 << place % 8
        path.write_bytes(content)
        some = load_metrics(data, regions="霁原旗", years=2022)
        assert some["value"].tolist() == first[first["report_id"] == "159928-2022"]["value"].tolist()
        path.write_bytes(content)
        pd.testing.assert_frame_equal(load_metrics(data), first)


def test_rows_of_another_file_are_noticed(data: Path, cache: Path) -> None:
    first = load_metrics(data)
    (path,) = cache.rglob("metrics-*.parquet")
    pq.write_table(pq.read_table(path).slice(0, 3), path)
    pd.testing.assert_frame_equal(load_metrics(data), first)


@pytest.mark.parametrize("content", [b"[" * 200_000, b'{"places": 5}'])
def test_an_index_of_another_making_is_noticed(data: Path, cache: Path, content: bytes) -> None:
    first = load_metrics(data)
    for path in cache.rglob("*.json"):
        path.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    pd.testing.assert_frame_equal(load_metrics(data), first)


@pytest.mark.parametrize("suffix", ["parquet", "json"])
def test_a_folder_in_the_place_of_a_file_is_gone_round(data: Path, cache: Path, suffix: str) -> None:
    first = load_metrics(data)
    for path in cache.rglob(f"metrics*.{suffix}"):
        path.unlink()
        (path / "inside").mkdir(parents=True)
    pd.testing.assert_frame_equal(load_metrics(data), first)


def test_a_full_disk_under_the_cache_is_gone_round(data: Path, monkeypatch, cache: Path) -> None:
    write = caching.parquet.write

    def full(path: Path, *arguments) -> None:
        if path.is_relative_to(cache):
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, *arguments)

    monkeypatch.setattr(caching.parquet, "write", full)
    assert len(load_metrics(data)) == 6


def test_it_never_lies_beside_the_data(data: Path, tree) -> None:
    before = tree(data)
    load_metrics(data)
    load_reports(data)
    assert tree(data) == before


def test_without_a_folder_to_write_to_it_lives_as_long_as_the_process(data: Path, monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("FAZHI_CACHE", str(tmp_path / "file" / "cache"))
    assert cache_folder() != tmp_path / "file" / "cache"
    assert len(load_metrics(data)) == 6


def test_a_file_that_goes_away_between_looking_and_reading(data: Path, cache: Path, monkeypatch) -> None:
    load_metrics(data)
    fresh = Cache.fresh_index
    calls = []

    def losing(self: Cache):
        index = fresh(self)
        calls.extend([index] * (self.table is METRICS))
        if self.table is METRICS and len(calls) == 1:
            (self.folder / index.file).unlink()
        return index

    monkeypatch.setattr(Cache, "fresh_index", losing)
    assert len(load_metrics(data)) == 6
    assert len(calls) == 2


def test_a_cache_that_cannot_be_read_at_all_is_reported_in_one_line(data: Path, monkeypatch) -> None:
    def broken(self: Cache, *_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(Cache, "read", broken)
    with pytest.raises(loading.DataError, match="缓存读不出来"):
        load_metrics(data)


def test_many_row_groups_and_slices_across_them(store, figure, monkeypatch) -> None:
    monkeypatch.setattr(cache_building.parquet, "ROW_GROUP", 4)
    for year in range(2015, 2024):
        data = store(f"159928-{year}", metrics=[figure(year * 10 + row) for row in range(year % 5)])
    everything = load_metrics(data)
    assert everything["value"].tolist() == [year * 10 + row for year in range(2015, 2024) for row in range(year % 5)]
    for year in range(2015, 2024):
        assert load_metrics(data, years=year)["value"].tolist() == [year * 10 + row for row in range(year % 5)]
    some = load_metrics(data, years=[2016, 2019, 2023])
    assert some["year"].tolist() == [2016] + [2019] * 4 + [2023] * 3


def test_processes_may_share_it(data: Path, store, figure) -> None:
    script = (
        "import sys; from fazhi_analysis import load_metrics\n"
        "for _ in range(5):\n"
        "    frame = load_metrics(sys.argv[1]); assert frame['row_id'].is_unique and len(frame) >= 6, len(frame)\n"
    )
    readers = [subprocess.Popen([sys.executable, "-c", script, str(data)]) for _ in range(2)]
    number = 0
    while any(reader.poll() is None for reader in readers):
        number += 1
        store("990124-2022", metrics=[figure(number + row) for row in range(1 + number % 3)])
        time.sleep(0.02)
    assert [reader.returncode for reader in readers] == [0, 0]
    assert number > 1


def test_the_key_follows_the_layout(data: Path) -> None:
    assert Cache(data, METRICS).folder != Cache(data / "reports", METRICS).folder
