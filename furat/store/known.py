"""What the archive knows about an article before it is archived again."""

from dataclasses import dataclass, replace

from furat.clock import utc
from furat.items import Article, Tombstone


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows about an article."""

    id: str
    post_id: int | None
    revision: int
    digest: str
    first_seen: str
    crawl: str
    """The crawl that visited it last."""

    suspected_by: str | None
    """The crawl that found the first sign that it is gone; None while there is no sign."""

    gone: int | None
    """The HTTP status of its tombstone; None while it has none."""

    seen: str
    """When it was last visited."""

    origin: str
    """Where its last state was read: `page` or `api`."""

    other_digest: str | None
    """The digest of the same state as read from the other origin; None while unknown."""

    suspected_at: str | None = None
    """When the first sign was found that it is gone."""

    suspected_status: int | None = None
    """The HTTP status that was the sign; None if it was only missing from a list."""

    looks: int = 0
    """How often it was looked for after its tombstone was written."""

    next_look: str | None = None
    """When it is looked for again; None while it has no tombstone."""

    lacks: str = ""
    """The fields that its last state lacks, separated by spaces."""

    def is_edited_by(self, article: Article) -> bool | None:
        """Return whether ``article`` was edited since this state; None if that is unknown.

        Pages and the API print the same state differently: each is compared with its own earlier digest.
        """
        if self.digest == article.digest:
            return False
        if self.origin == origin(article):
            return True
        if self.other_digest:
            return self.other_digest != article.digest
        changed = utc(article.modified)
        visited = min(self.seen, article.seen)  # the clock may have been ahead then
        return None if changed and changed >= visited[: len(changed)] else False


def named(article: Article, known: Known | None) -> Article:
    """Return ``article`` under the id of the one ``known`` at its address, unless their post numbers differ."""
    is_same = known and (article.post_id is None or known.post_id in (None, article.post_id))
    return replace(article, id=known.id) if known and is_same else article


def origin(article: Article) -> str:
    """Return where ``article`` was read: `api` or `page`."""
    return "api" if article.published_source == "api" else "page"


def fate(item: Article | Tombstone) -> str:
    """Return what the archive learned from ``item``, as the statistic is called that counts it."""
    if isinstance(item, Tombstone):
        return "removed"
    return "new" if item.revision == 1 else "edited"
