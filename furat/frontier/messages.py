"""What spiders report to the frontier, beside entries, articles and requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from furat.outcomes import Reason
from furat.pages import DatedEntry


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A value that the spider needs when it reads the listing next time, such as how far it has read it.

    It is stored when the walk ends; at once if a listing is always read from its beginning to its end.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that needs no visit, with the reason."""

    entry: DatedEntry
    why: Reason


@dataclass(frozen=True, slots=True)
class Claim:
    """The address that the page of the article yielded with this names as its own."""

    url: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that the site no longer lists: its address will be visited."""

    url: str
    article: str
    """Its id."""


@dataclass(frozen=True, slots=True)
class NotListing:
    """The response is not a page of the requested listing: its walk does not move."""


T = TypeVar("T")


def those(kind: type[T], output: Iterable[object]) -> list[T]:
    """Return those of this ``kind`` among all that a spider yields."""
    return [each for each in output if isinstance(each, kind)]
