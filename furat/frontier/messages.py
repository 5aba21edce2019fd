"""What spiders report to the frontier, beside entries, articles and requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from furat.outcomes import Reason
from furat.pages import DatedEntry


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a spider wants to find again when it reads the listing next time, such as how far it has read it.

    It is kept when the walk ends; at once where a listing is read from its beginning to its end.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that needs no visit, and why."""

    entry: DatedEntry
    why: Reason


@dataclass(frozen=True, slots=True)
class Claim:
    """The page of the article that is yielded with it names another address as its own."""

    url: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that the site no longer lists: its address is to be visited."""

    url: str
    article: str
    """Its id."""


@dataclass(frozen=True, slots=True)
class NotListing:
    """The response is no page of the listing that was asked for: its walk has not moved."""


T = TypeVar("T")


def those(kind: type[T], output: Iterable[object]) -> list[T]:
    """Return what is of this ``kind`` among all that a spider yields."""
    return [each for each in output if isinstance(each, kind)]
