"""What spiders tell the frontier, beside entries, articles and requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from scrapy.exceptions import DropItem

from furat.pages import DatedEntry


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a spider wants to find in the memory when it reads the listing again, such as how far it has read it.

    It is kept when the walk ends; at once where a listing is read from its beginning to its end.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that needs no visit, and why."""

    entry: DatedEntry
    why: DropItem


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that the site lists no more: its address is to be visited."""

    url: str
    article: str
    """Its id."""


T = TypeVar("T")


def those(kind: type[T], output: Iterable[Any]) -> list[T]:
    """Return what is of this ``kind`` among all that a spider yields."""
    return [each for each in output if isinstance(each, kind)]
