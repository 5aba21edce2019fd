"""Why an item leaves a crawl, and why a crawl ends before its time."""

from scrapy.exceptions import CloseSpider, DropItem, IgnoreRequest

# Items


class Duplicate(DropItem):
    """Raised when this crawl already took the same article under another address."""


class Incomplete(DropItem):
    """Raised when a page is no whole article: cut off, empty, or of another kind."""


class NotArticle(Incomplete):
    """Raised when WordPress says that a page is no article: a static page, an attachment, a listing."""


class OutOfRange(DropItem):
    """Raised when an article was published outside `since` and `until`."""


class Protected(DropItem):
    """Raised when an article asks for a password: it is counted, never taken."""


class Suspect(Incomplete):
    """Raised when a page lacks what the site's articles have, or is no article at all: it goes into quarantine."""

    def __init__(self, reason: str, article: str = "", lacks: tuple[str, ...] = ()) -> None:
        """Take the article's id and what it ``lacks``; nothing of both where the page is no article."""
        super().__init__(reason, log_level="DEBUG")
        self.article = article
        self.lacks = lacks


class Unchanged(DropItem):
    """Raised when the archive already holds the article in this very state."""


# Visits


class Refused(IgnoreRequest):
    """Raised when the site refuses one address again and again, and serves the others."""


# Crawls


class Stop(CloseSpider):
    """Raised when a crawl can't go on; its reason names the class, and tells the operator what to do."""

    exit_code = 3

    def __init__(self, reason: str) -> None:
        super().__init__(f"{type(self).__name__}: {reason}")


class WrongUsage(Stop):
    """Raised when the operator asked for what does not exist."""

    exit_code = 2


class Unreachable(Stop):
    """Raised when the site does not answer, forbids crawling, leads elsewhere or is not WordPress."""


class Throttled(Stop):
    """Raised when the site asks to be left alone for longer than the operator's patience."""


class Challenged(Stop):
    """Raised when a protection asks for a browser instead of showing the site's pages."""


class Spent(Stop):
    """Raised when the requests of the day are used up."""


class Locked(Stop):
    """Raised when another crawl holds the archive."""

    exit_code = 4


class NotUnderstood(Stop):
    """Raised when the site's layout is not understood any more."""

    exit_code = 5


class Unwritable(Stop):
    """Raised when the archive can't be written any more."""


class Damaged(Stop):
    """Raised when the archive's file is no archive any more."""

    exit_code = 1


class TooNew(Stop):
    """Raised when a later Furat wrote the archive."""

    exit_code = 2
