"""Why an item leaves a crawl, and why a crawl ends before its time."""

from scrapy.exceptions import CloseSpider, DropItem

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


class Unchanged(DropItem):
    """Raised when the archive already holds the article in this very state."""


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


class Locked(Stop):
    """Raised when another crawl holds the archive."""

    exit_code = 4


class Unwritable(Stop):
    """Raised when the archive can't be written any more."""
