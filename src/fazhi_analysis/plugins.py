"""What other installed packages add: audit rules, file formats, pages, page sections and indicators, found in one way.

Each kind of part has a folder in this package and a group of entry points named after the kind, as
``fazhi_analysis.rules``. An entry point names a folder of parts in the other package (every module in it is one), or a
single module. A part of another package that does not work is reported in one line that names the package, and left
out; all others work on.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import logging
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from fazhi_analysis.errors import PluginError

KINDS: tuple[str, ...] = ("rules", "formats", "pages", "sections", "indicators")
"""Kinds of parts; the group of entry points of a kind is ``fazhi_analysis.<kind>``."""

_GROUP = "fazhi_analysis."
_log = logging.getLogger("fazhi_analysis")
_broken: dict[str, PluginError] = {}
_reported: set[str] = set()


def in_one_line(error: Exception) -> str:
    """Kind and text of an error of somebody else's code.

    >>> in_one_line(ValueError("two\\nlines"))
    'ValueError: two lines'
    """
    return " ".join(f"{type(error).__name__}: {error}".split())


@dataclass(frozen=True, slots=True)
class Part:
    """One module that adds something, or may: ``name`` is the last part of its ``module``.

    ``distribution`` is the installed package that it comes from; empty for the modules of this package.
    """

    module: str
    distribution: str = ""

    @property
    def name(self) -> str:
        """The module's own name."""
        return self.module.rpartition(".")[2]

    @property
    def place(self) -> str:
        """Where an error about this part arose: the package that is to blame, and its module."""
        return f"{self.distribution} ({self.module})"

    def error(self, cause: Exception) -> PluginError:
        """The error that names this part and what went wrong in it."""
        if isinstance(cause, PluginError):
            return cause
        return PluginError(self.place, "plugin.failed", reason=in_one_line(cause))


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of parts, or a single module, that an installed package offers."""

    module: str
    distribution: str
    version: str

    def spec(self) -> ModuleSpec:
        """Where Python finds the source. Raises whatever importing the package above it raises."""
        found = importlib.util.find_spec(self.module)
        if found is None:
            raise ModuleNotFoundError(f"No module named {self.module!r}")
        return found

    def files(self, suffix: str = "") -> list[Path]:
        """Files of the source that end in ``suffix``, all by default."""
        spec = self.spec()
        if spec.submodule_search_locations is None:
            found = [Path(spec.origin)] if spec.origin else []
        else:
            places = map(Path, spec.submodule_search_locations)
            found = [path for place in places for path in sorted(place.iterdir()) if path.is_file()]
        return [path for path in found if path.name.endswith(suffix)]


@functools.cache
def _entry_points() -> tuple[importlib.metadata.EntryPoint, ...]:
    """Those of all kinds, read once: looking through 300 installed packages takes some 25 ms."""
    everything: Any = importlib.metadata.entry_points()
    return tuple(point for kind in KINDS for point in everything.select(group=f"{_GROUP}{kind}"))


@functools.cache
def sources(kind: str) -> tuple[Source, ...]:
    """What installed packages offer of a kind, in the order of their names.

    >>> sources("rules")
    ()
    """
    points = [point for point in _entry_points() if point.group == f"{_GROUP}{kind}"]
    found = {
        Source(point.module, point.dist.name if point.dist else point.module, point.dist.version if point.dist else "")
        for point in points
    }
    return tuple(sorted(found, key=lambda source: (source.distribution.lower(), source.module)))


@functools.cache
def parts(kind: str, folder: str = "") -> tuple[Part, ...]:
    """Modules of a kind, not yet imported: those of this package's own ``folder`` first.

    >>> [part.name for part in parts("formats", "fazhi_analysis.reading.formats")][:2]
    ['docx', 'html']
    """
    found = _modules_in(Source(folder, "", "")) if folder else []
    for source in sources(kind):
        with reporting(Part(source.module, source.distribution)):
            found += _modules_in(source)
    return tuple(found)


def _modules_in(source: Source) -> list[Part]:
    places = source.spec().submodule_search_locations
    if places is None:
        return [Part(source.module, source.distribution)]
    names = (info.name for info in pkgutil.iter_modules(list(places)))
    return [Part(f"{source.module}.{name}", source.distribution) for name in names if not name.startswith("_")]


def load(part: Part, *names: str) -> ModuleType:
    """The module of a part, which has to define ``names``.

    Raises PluginError for a part of another package that cannot be imported or lacks one.
    """
    try:
        module = importlib.import_module(part.module)
    except Exception as error:
        if not part.distribution:
            raise
        raise part.error(error) from error
    missing = [name for name in names if not hasattr(module, name)]
    if missing:
        raise PluginError(part.place, "plugin.undefined", names=missing)
    return module


def load_all(kind: str, folder: str, *names: str) -> Iterator[tuple[Part, ModuleType]]:
    """Every part of a kind that works, with its module."""
    for part in parts(kind, folder):
        module = None
        with reporting(part):
            module = load(part, *names)
        if module is not None:
            yield part, module


@contextlib.contextmanager
def reporting(part: Part) -> Iterator[None]:
    """What goes wrong inside with a part of another package is reported in one line; the package's own parts raise."""
    try:
        yield
    except Exception as error:
        if not part.distribution:
            raise
        found = part.error(error)
        say_once(str(found))
        _broken[part.name] = found


def say_once(notice: str) -> None:
    """Report a fault of another package's part: the same words once a process."""
    if notice not in _reported:
        _reported.add(notice)
        _log.warning("%s", notice)


def broken(name: str) -> PluginError | None:
    """What was reported about a part of this name, if anything."""
    return _broken.get(name)


def versions() -> dict[str, str]:
    """The installed packages that add something, each with its version.

    >>> versions()
    {}
    """
    return {source.distribution: source.version for kind in KINDS for source in sources(kind)}


def digest() -> str:
    """SHA-256 over the files of everything that other packages add; empty where they add nothing.

    >>> digest()
    ''
    """
    seen = hashlib.sha256()
    added = [source for kind in KINDS for source in sources(kind)]
    for source in added:
        with reporting(Part(source.module, source.distribution)):
            for path in source.files():
                seen.update(f"{source.module} {path.name}\n".encode() + path.read_bytes())
    return seen.hexdigest() if added else ""
