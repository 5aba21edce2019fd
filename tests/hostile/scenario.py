"""What a scenario is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.hostile.liar import Table
from tests.hostile.newsroom import newsroom

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl: what the site says from now on, and what must come out."""

    lies: Table = field(default_factory=dict)
    """What it says at which address, instead of what it said before."""

    spider: str = "news"
    words: tuple[str, ...] = ()
    """Words of the command beside the site, such as `-a`, `since=2024-01-01`."""

    user: str = ""
    """What the operator writes before the host of the site, up to an `@`."""

    settings: Record = field(default_factory=dict)
    hours: float = 0.0
    """How much later than the first crawl Furat's clock says it is."""

    stops_at: str = ""
    """The address for whose answer the crawl waits when the operator stops it; it must then end without that."""

    exit_code: int = 0
    delivers: Mapping[str, Record] = field(default_factory=dict)
    """The records of the feed by the path of their address, each with the fields that are looked at."""

    says: tuple[str, ...] = ()
    """What the log must say."""

    hides: tuple[str, ...] = ()
    """What the log must not say."""

    asks: tuple[str, ...] | None = None
    """All that is asked of the site in this crawl, where that is looked at."""

    most: int = 200
    """How often the site is asked at most."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A site, and the crawls of it one after the other."""

    name: str
    crawls: tuple[Crawl, ...]
    site: Table = field(default_factory=newsroom)


def scenario(name: str, *crawls: Crawl, site: Table | None = None) -> Scenario:
    """Return a scenario; of the honest newsroom where no other ``site`` is given."""
    return Scenario(name, crawls, newsroom() if site is None else site)


def articles(*numbers: int, **fields: Any) -> dict[str, Record]:
    """Return the records of articles of the newsroom, each with these ``fields``."""
    return {f"/khabar-{number}/": {"kind": "article", "post_id": number, **fields} for number in numbers}
