"""Reading texts: ``key: {zh: …, en: …}``, nested as wanted; the first part of a key names its file.

>>> texts = Texts("fazhi_analysis.messages")
>>> texts["error_kind.empty-file.problem"]
{'zh': '文件是空的', 'en': 'The file is empty'}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

LANGUAGES: Final[tuple[str, ...]] = ("zh", "en")


class Texts(Mapping[str, Mapping[str, str]]):
    """The texts of a folder of a package, by dotted key; a file is read when a key of it is first asked for.

    ``package`` is the package that the folder is in, ``folder`` its name there (empty: the package's own). Files may
    stand in subfolders; no two have the same name.
    """

    def __init__(self, package: str, folder: str = "") -> None:
        self._package, self._folder = package, folder
        self._found: dict[str, Any] | None = None
        self._topics: dict[str, dict[str, Mapping[str, str]]] = {}

    def __getitem__(self, key: str) -> Mapping[str, str]:
        return self.topic(key.partition(".")[0])[key]

    def __iter__(self) -> Iterator[str]:
        return (key for topic in self.topics() for key in self.topic(topic))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def topics(self) -> list[str]:
        """Names of the files, in order."""
        return sorted(self._files())

    def _files(self) -> dict[str, Any]:
        """Every file by its topic."""
        if self._found is None:
            from importlib import resources  # as slow to import as all the rest of this package

            inside = list(resources.files(self._package).joinpath(*filter(None, [self._folder])).iterdir())
            inside += [file for folder in inside if folder.is_dir() for file in folder.iterdir()]
            self._found = {file.name[:-5]: file for file in inside if file.name.endswith(".yaml")}
        return self._found

    def topic(self, name: str) -> Mapping[str, Mapping[str, str]]:
        """The texts of one file, by their whole keys; empty where there is no such file."""
        if name not in self._topics:
            self._topics[name] = dict(_leaves(self._read(name), f"{name}."))
        return self._topics[name]

    def _read(self, name: str) -> dict[str, Any]:
        import yaml  # slow to import, and seldom needed

        if name not in self._files():
            return {}
        text = self._files()[name].read_text(encoding="utf-8")
        # The base loader takes everything for text, as it is, and is the fastest; in C where PyYAML was built with it.
        loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        return loaded


def _leaves(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, value in tree.items():
        if isinstance(value, Mapping) and not value.keys() <= set(LANGUAGES):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
