"""The cases: a folder each, with a page as a theme prints it and what is to be read from it."""

import json
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1] / "pages" / "cases"


@dataclass(frozen=True)
class Case:
    """A page and what matters of it: ``at`` is its address, `page` and `item` hold the fields to be compared."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.name

    @property
    def html(self) -> str:
        return (self.folder / "page.html").read_text(encoding="utf-8")

    @property
    def body(self) -> bytes:
        return next(self.folder.glob("page.*")).read_bytes()

    @property
    def expected(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "item.json").read_text(encoding="utf-8")))


def cases(kind: str) -> list[Case]:
    """Return all cases of one kind of page."""
    return [Case(folder) for folder in sorted((HERE / kind).iterdir())]


def read(source: object, names: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of ``source`` that a case speaks of, as JSON would hold them."""
    return {name: _plain(getattr(source, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(one) for name, one in asdict(value).items()}
    return value
