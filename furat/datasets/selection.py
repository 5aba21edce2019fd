"""Which states of which articles a dataset holds."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from furat.arabic import fold
from furat.datasets.columns import Column, Record, columns
from furat.datasets.splits import Splits


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for; everything that lives, each article in its last state, where nothing is."""

    since: date | None = None
    until: date | None = None
    """The days of publication, both included; an article without a date lies in no range."""

    sections: frozenset[str] = frozenset()
    """Names of categories, tags or sections, folded."""

    language: str = ""
    as_of: datetime | None = None
    """The moment as of which the archive is asked for; now where it is None."""

    history: bool = False
    """Whether all states are asked for, also of articles that are gone."""

    raw: bool = False
    without_duplicates: bool = False
    splits: Splits | None = None
    takedowns: frozenset[str] = frozenset()
    """Ids of articles that must not be in any dataset, nor any copy of their text."""

    takedown_list: str | None = None
    """SHA-256 of the file that names them; None where there is none."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the dataset."""
        return columns(raw=self.raw, splits=self.splits is not None, history=self.history)

    def holds(self, article: Record) -> bool:
        """Return whether an article with these facts lies in the days, the sections and the language asked for."""
        day = (article["published"] or "")[:10]
        if (self.since or self.until) and not day:
            return False
        if (self.since and day < self.since.isoformat()) or (self.until and day > self.until.isoformat()):
            return False
        if self.language and article["language"] != self.language:
            return False
        names = (*article["categories"], *article["tags"], *article["sections"]) if self.sections else ()
        return not self.sections or not self.sections.isdisjoint(map(fold, names))

    def described(self) -> dict[str, Any]:
        """Return the selection as JSON takes it, for a manifest."""
        told = asdict(self)
        return {
            **{name: str(told[name]) if told[name] else None for name in ("since", "until", "as_of", "splits")},
            **{name: told[name] for name in ("language", "history", "raw", "without_duplicates")},
            "sections": sorted(self.sections),
            "takedowns": sha256("\n".join(sorted(self.takedowns)).encode()).hexdigest() if self.takedowns else None,
        }


def end_of(day: date) -> datetime:
    """Return the last moment of ``day``, UTC.

    >>> end_of(date(2024, 6, 30)).isoformat()
    '2024-06-30T23:59:59.999999+00:00'
    """
    return datetime.combine(day, time.max, UTC)
