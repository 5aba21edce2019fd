"""What is wrong with an archive, and what its operator can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from furat.clock import now
from furat.outcomes import Ending, ExitCode
from furat.terminal import brief

CLAUSE = 500
"""Letters of what is wrong: the log has the rest."""

CURES = {
    Ending.FINISHED: "`scrapy pending` tells what and why; the next crawl tries again.",
    Ending.CRASHED: "Read the log of that crawl, and report the error in it.",
    Ending.WRONG_USAGE: "Correct the command or the setting that it names.",
    Ending.UNREACHABLE: "Open the site in a browser: it may be down, have moved, or shut you out.",
    Ending.THROTTLED: "Crawl more slowly or less often (DOWNLOAD_DELAY), or raise FURAT_PATIENCE.",
    Ending.CHALLENGED: "Ask the site's owner to let your user agent in.",
    Ending.BUDGET_SPENT: "Raise FURAT_DAILY_REQUESTS, or let the next days finish it.",
    Ending.NOT_UNDERSTOOD: "Look at the site in a browser, then at `scrapy pending`; nothing suspect was archived.",
    Ending.UNWRITABLE: "Make room on the disk, or mend it, and run the same command again.",
    Ending.DAMAGED: "Run `scrapy check-archive`, and restore archive.db from a backup.",
    Ending.TOO_NEW: "Upgrade Furat.",
}
"""What to do about a crawl that ended so."""

ACTIVE = (Ending.STOPPED, Ending.LOCKED, Ending.WINDOW_CLOSED)
"""Endings that nobody need be told of: the operator ended the crawl, or its hours were over, or another is at work."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with an archive."""

    kind: str
    """What tells it from others, as long as it lasts."""

    what: str
    """A clause: what is wrong."""

    cure: str
    """A sentence: what to do."""

    since: str | None = None
    """Since when, as far as the archive knows; ISO 8601, UTC."""

    is_accepted: bool = False
    """Whether it has lasted so long that it is how things are, and no alarm any more."""

    @property
    def short(self) -> str:
        """What is wrong, as far as it fits into a message."""
        return shortened(self.what)


def verdict(ending: Ending, exit_code: int, detail: str, since: str | None) -> Iterator[Trouble]:
    """Yield what is wrong where a crawl ended so."""
    if exit_code == ExitCode.COMPLETE or ending in ACTIVE:
        return
    label = "incomplete" if ending is Ending.FINISHED else str(ending)
    words = f"the last crawl ended with exit code {exit_code} ({label.replace('_', ' ')})"
    yield Trouble(label, f"{words}: {detail}" if detail else words, CURES[ending], since)


def moment_of(text: str) -> datetime:
    """Return the moment that ``text`` tells; one without an offset is UTC.

    >>> str(moment_of("2026-01-02"))
    '2026-01-02 00:00:00+00:00'
    """
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def age(moment: str) -> timedelta:
    """Return how long ago ``moment`` was."""
    return moment_of(now()) - moment_of(moment)


def shortened(what: str) -> str:
    """Return a clause that fits into a message, its addresses as `brief` has them, without the stop at its end.

    >>> shortened("nothing works. "), len(shortened("a" * 1000))
    ('nothing works', 501)
    """
    words = brief(what)
    return words[:CLAUSE].rstrip(". ") + ("…" if len(words) > CLAUSE else "")
