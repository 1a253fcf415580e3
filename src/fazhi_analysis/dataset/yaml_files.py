"""YAML files that people write: read with the limits that keep a false or hostile one from doing harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LARGEST = 5_000_000
_DEEPEST = 50


def read_yaml(path: Path) -> tuple[Any, bytes]:
    """The content of a YAML file, and its bytes.

    Raises FileNotFoundError where there is none, and ValueError that says in one line what is wrong with it: no regular
    file, too large, not UTF-8, not YAML, aliases (a few lines of which can stand for gigabytes), nested too deep.
    """
    try:
        if not path.is_file() and (path.exists() or path.is_symlink()):
            raise ValueError("not a regular file")
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"larger than {_LARGEST // 1_000_000} MB")
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError(error.strerror or str(error)) from None
    try:
        text = content.decode("utf-8-sig")
        _check_events(text)
        return yaml.safe_load(text), content
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())[:200]) from None


def _check_events(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("aliases (*name) are not read")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError(f"nested deeper than {_DEEPEST} levels")
