"""The exceptions that drop an item, fail a visit, or stop a crawl early."""

from typing import Self

from scrapy.exceptions import CloseSpider, DropItem, IgnoreRequest

from furat.outcomes import Ending, ExitCode, Outcome

# Items


class Left(DropItem):
    """Raised to drop an article; `outcome` is what the archive records for the visit."""

    outcome = Outcome.INCOMPLETE


class Duplicate(Left):
    """Raised when this crawl has archived the same article already, under another address."""

    outcome = Outcome.DUPLICATE


class Incomplete(Left):
    """Raised when a page is not a complete article: cut off, empty, or of another kind."""


class Contested(Left):
    """Raised when a page claims to be the article of another address: that address is visited first."""

    def __init__(self, reason: str, other: str) -> None:
        """``other`` is the address to visit first."""
        super().__init__(reason, log_level="DEBUG")
        self.other = other


class NotArticle(Incomplete):
    """Raised when WordPress says that a page is not an article: a static page, an attachment, a listing."""

    outcome = Outcome.NOT_ARTICLE


class OutOfRange(Left):
    """Raised when an article was published outside `since` and `until`."""

    outcome = Outcome.OUT_OF_RANGE


class Protected(Left):
    """Raised when an article asks for a password: it is counted, never archived."""

    outcome = Outcome.PROTECTED

    def __init__(self, reason: str, post_id: int | None = None) -> None:
        """``post_id`` is the number of the post that asks for the password, which may not be the requested one."""
        super().__init__(reason)
        self.post_id = post_id


class Forgotten(Left, IgnoreRequest):
    """Raised when a request or an item is of an article that the operator had forgotten."""

    outcome = Outcome.FORGOTTEN

    def __init__(self, article: str) -> None:
        """``article`` is its id."""
        super().__init__(f"{article} was forgotten (`scrapy forget`)", log_level="INFO")
        self.article = article


class Suspect(Incomplete):
    """Raised when a page lacks fields that the site's articles have, or is no article: it goes into quarantine."""

    outcome = Outcome.QUARANTINED

    def __init__(self, reason: str, article: str = "", lacks: tuple[str, ...] = ()) -> None:
        """``article`` is its id, ``lacks`` the missing fields; both are empty if the page is no article."""
        super().__init__(reason, log_level="DEBUG")
        self.article = article
        self.lacks = lacks


class Archived(DropItem):
    """Raised when an article is archived, and nothing of it goes to the feed now."""


class Unchanged(Archived):
    """Raised when the archive already has the article in this state."""


class Early(Archived):
    """Raised when an item is archived while walks go on: it goes to the feed once all sections are known."""

    def __init__(self, article: str, fate: str) -> None:
        """``article`` is its id, ``fate`` what the archive learned: `new`, `edited` or `removed`."""
        super().__init__(article, log_level="DEBUG")
        self.fate = fate


# Visits


class OffSite(IgnoreRequest):
    """Raised when a request leaves the site."""

    def __init__(self, url: str, site: str) -> None:
        """``url`` is where it leads, ``site`` the address of the home page."""
        super().__init__(f"the address is not on the site: {url}")
        self.site = site


class Refused(IgnoreRequest):
    """Raised when the site refuses one address repeatedly, but serves others."""


# Crawls


class CloseReason(str):
    """The reason, in words, for which Scrapy closes a spider, with its `Ending`."""

    __slots__ = ("ending",)
    ending: Ending

    def __new__(cls, words: str, ending: Ending) -> Self:
        """Return ``words`` with their ``ending``."""
        reason = super().__new__(cls, words)
        reason.ending = ending
        return reason


class Stop(CloseSpider):
    """Raised when a crawl can't go on; its reason says what the operator can do."""

    ending = Ending.STOPPED

    def __init__(self, reason: str) -> None:
        super().__init__(CloseReason(reason, self.ending))

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of a command that stops for this reason."""
        return self.ending.exit_code


class Crashed(Stop):
    """Raised when a part of Furat failed unexpectedly: a bug."""

    ending = Ending.CRASHED


class WrongUsage(Stop):
    """Raised when the operator asked for something that does not exist."""

    ending = Ending.WRONG_USAGE


class Unreachable(Stop):
    """Raised when the site does not answer, forbids crawling, redirects to another site or is not WordPress."""

    ending = Ending.UNREACHABLE


class Throttled(Stop):
    """Raised when the site asks to wait longer than FURAT_PATIENCE."""

    ending = Ending.THROTTLED


class Challenged(Stop):
    """Raised when a bot protection shows challenge pages instead of the site's pages."""

    ending = Ending.CHALLENGED


class Spent(Stop):
    """Raised when FURAT_DAILY_REQUESTS are used up."""

    ending = Ending.BUDGET_SPENT


class WindowClosed(Stop):
    """Raised when the hours are over in which the site may be asked."""

    ending = Ending.WINDOW_CLOSED


class Locked(Stop):
    """Raised when another crawl is using the archive."""

    ending = Ending.LOCKED


class NotUnderstood(Stop):
    """Raised when the site's pages are no longer understood or believed."""

    ending = Ending.NOT_UNDERSTOOD


class Unwritable(Stop):
    """Raised when the archive can't be written."""

    ending = Ending.UNWRITABLE


class Damaged(Stop):
    """Raised when the archive's file is damaged, or is not an archive."""

    ending = Ending.DAMAGED


class TooNew(Stop):
    """Raised when a later Furat wrote the archive."""

    ending = Ending.TOO_NEW
