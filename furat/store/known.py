"""What is known of an article before it is archived again."""

from dataclasses import dataclass, replace

from furat.clock import utc
from furat.items import Article


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive holds of an article."""

    id: str
    post_id: int | None
    revision: int
    digest: str
    first_seen: str
    crawl: str
    """The crawl that visited it last."""

    suspected_by: str | None
    """The crawl that first found it gone."""

    gone: int | None
    """The HTTP status of its tombstone."""

    seen: str
    """When it was last visited."""

    origin: str
    """What printed its last state: `page` or `api`."""

    other_digest: str | None
    """The digest of the same state as the other origin prints it."""

    suspected_at: str | None = None
    """When it was first found gone."""

    suspected_status: int | None = None
    """The HTTP status that said so; None if only a list was silent about it."""

    looks: int = 0
    """How often it was looked for since its tombstone was written."""

    next_look: str | None = None
    """When it is looked for again; None while it has no tombstone."""

    def is_edited_by(self, article: Article) -> bool | None:
        """Return whether ``article`` is another state than this, not only another form of it; None if it may be.

        Pages and the API print the same state in two forms: each is held against its own.
        """
        if self.digest == article.digest:
            return False
        if self.origin == origin(article):
            return True
        if self.other_digest:
            return self.other_digest != article.digest
        changed = utc(article.modified)
        visited = min(self.seen, article.seen)  # the clock may have been ahead
        return None if changed and changed >= visited[: len(changed)] else False


def named(article: Article, known: Known | None) -> Article:
    """Return ``article`` under the id of what is ``known`` at its address, unless WordPress says it is another."""
    is_same = known and (article.post_id is None or known.post_id in (None, article.post_id))
    return replace(article, id=known.id) if known and is_same else article


def origin(article: Article) -> str:
    """Return what told of ``article``: `api`, or its `page`."""
    return "api" if article.published_source == "api" else "page"
