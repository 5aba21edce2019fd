"""A moment that a page gives: what it prints, what that is in ISO 8601, and where it stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from furat.arabic import is_likely, parse_date

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)

EXACT = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that a page gives, and where."""

    value: str | None
    """ISO 8601: with an offset, without one, or a date alone; None where it can't be read by itself."""

    printed: str
    source: str

    @property
    def precision(self) -> int:
        """How much is known: 3 with an offset, 2 with an hour, 1 for a day."""
        return 1 + ("T" in self.when) + ("+" in self.when or "-" in self.when[len("2024-07-25") :])

    @property
    def when(self) -> str:
        """The value; a moment without one is asked for nothing else."""
        return self.value or ""

    @property
    def moment(self) -> datetime:
        """The value as a moment; only where it is exact."""
        return datetime.fromisoformat(self.when)

    @property
    def day(self) -> date:
        """The day, in its own offset."""
        return date.fromisoformat(self.when[:10])


def best(found: Iterable[Moment]) -> Moment | None:
    """Return the most precise of those that agree with the first: within a day, for the sake of zones."""
    known = (moment for moment in found if moment.value)
    first = next(known, None)
    if first is None or first.precision == EXACT:
        return first
    near = (moment for moment in known if abs((moment.day - first.day).days) <= 1)
    return max((first, *near), key=lambda moment: moment.precision)


@lru_cache(maxsize=4096)  # a page gives the same moment several times, and its listings give it too
def iso(printed: str) -> str | None:
    """Return a printed moment as ISO 8601, or None where it can't be read by itself.

    >>> iso("2020-04-05 08:11:50 +0000"), iso("2024-07-25T00:00")
    ('2020-04-05T08:11:50+00:00', '2024-07-25T00:00:00')
    """
    if found := ISO.match(printed.strip()):
        try:
            value = datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            return None
        if not is_likely(value):
            return None
        return value.isoformat() if ":" in found[0] else value.date().isoformat()
    parsed = parse_date(printed)
    if parsed is None or parsed.precision == "month" or not is_likely(parsed.value):
        return None
    return parsed.value.isoformat()
