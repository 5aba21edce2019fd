"""Why an item leaves a crawl, and why a crawl stops early."""

from typing import Self

from scrapy.exceptions import CloseSpider, DropItem, IgnoreRequest

from furat.outcomes import Ending, ExitCode, Outcome

# Items


class Left(DropItem):
    """Raised when an article leaves the crawl; its outcome says what the archive is told of the visit."""

    outcome = Outcome.INCOMPLETE


class Duplicate(Left):
    """Raised when this crawl already took the same article under another address."""

    outcome = Outcome.DUPLICATE


class Incomplete(Left):
    """Raised when a page is no whole article: cut off, empty, or of another kind."""


class Contested(Left):
    """Raised when a page claims to be an article that another address may answer for: that one is visited first."""

    def __init__(self, reason: str, other: str) -> None:
        """Take the ``other`` address."""
        super().__init__(reason, log_level="DEBUG")
        self.other = other


class NotArticle(Incomplete):
    """Raised when WordPress says that a page is no article: a static page, an attachment, a listing."""

    outcome = Outcome.NOT_ARTICLE


class OutOfRange(Left):
    """Raised when an article was published outside `since` and `until`."""

    outcome = Outcome.OUT_OF_RANGE


class Protected(Left):
    """Raised when an article asks for a password: it is counted, never taken."""

    outcome = Outcome.PROTECTED

    def __init__(self, reason: str, post_id: int | None = None) -> None:
        """Take the number of the post that asks: it may be another than the one that was asked for."""
        super().__init__(reason)
        self.post_id = post_id


class Suspect(Incomplete):
    """Raised when a page lacks what the site's articles have, or is no article at all: it goes into quarantine."""

    outcome = Outcome.QUARANTINED

    def __init__(self, reason: str, article: str = "", lacks: tuple[str, ...] = ()) -> None:
        """Take the article's id and what it ``lacks``; nothing of both where the page is no article."""
        super().__init__(reason, log_level="DEBUG")
        self.article = article
        self.lacks = lacks


class Settled(DropItem):
    """Raised when the archive holds an article, and the feed takes nothing of it now."""


class Unchanged(Settled):
    """Raised when the archive already held the article in this very state."""


class Early(Settled):
    """Raised when the article was archived while walks go on: the feed waits until all its sections are known."""


# Visits


class Refused(IgnoreRequest):
    """Raised when the site refuses one address again and again, and serves the others."""


# Crawls


class CloseReason(str):
    """The words for which Scrapy closes a spider, with the ending that they explain."""

    __slots__ = ("ending",)
    ending: Ending

    def __new__(cls, words: str, ending: Ending) -> Self:
        """Return ``words`` that know their ``ending``."""
        reason = super().__new__(cls, words)
        reason.ending = ending
        return reason


class Stop(CloseSpider):
    """Raised when a crawl can't go on; its reason tells the operator what to do."""

    ending = Ending.STOPPED

    def __init__(self, reason: str) -> None:
        super().__init__(CloseReason(reason, self.ending))

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of a command that stops for this."""
        return self.ending.exit_code


class Crashed(Stop):
    """Raised when a part of Furat failed in a way that nobody foresaw."""

    ending = Ending.CRASHED


class WrongUsage(Stop):
    """Raised when the operator asked for what does not exist."""

    ending = Ending.WRONG_USAGE


class Unreachable(Stop):
    """Raised when the site does not answer, forbids crawling, leads elsewhere or is not WordPress."""

    ending = Ending.UNREACHABLE


class Throttled(Stop):
    """Raised when the site asks to be left alone for longer than the operator's patience."""

    ending = Ending.THROTTLED


class Challenged(Stop):
    """Raised when a protection asks for a browser instead of showing the site's pages."""

    ending = Ending.CHALLENGED


class Spent(Stop):
    """Raised when the requests of the day are used up."""

    ending = Ending.BUDGET_SPENT


class WindowClosed(Stop):
    """Raised when the hours are over in which the site may be asked."""

    ending = Ending.WINDOW_CLOSED


class Locked(Stop):
    """Raised when another crawl holds the archive."""

    ending = Ending.LOCKED


class NotUnderstood(Stop):
    """Raised when the site's layout is not understood any more."""

    ending = Ending.NOT_UNDERSTOOD


class Unwritable(Stop):
    """Raised when the archive can't be written any more."""

    ending = Ending.UNWRITABLE


class Damaged(Stop):
    """Raised when the archive's file is no archive any more."""

    ending = Ending.DAMAGED


class TooNew(Stop):
    """Raised when a later Furat wrote the archive."""

    ending = Ending.TOO_NEW
