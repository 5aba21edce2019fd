"""The position of a walk of the REST API."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from furat.clock import utc
from furat.pages import Post

PER_PAGE = 100
"""The most posts that WordPress returns in one answer."""

MOST_KNOWN = 500
"""The most posts that a request can exclude; some servers refuse longer addresses."""

SECOND = timedelta(seconds=1)
SLACK = timedelta(hours=2)
"""How far the order by last change may go back when clocks are set back: it follows the site's local time."""

EMBEDDED = ("author", "wp:term", "wp:featuredmedia")
FIELDS = ("id", "link", "date", "date_gmt", "modified", "modified_gmt", "title", "content")
QUERY = {
    "per_page": str(PER_PAGE),
    "order": "asc",
    "_embed": ",".join(EMBEDDED),
    "_fields": ",".join((*FIELDS, *(f"_links.{name}" for name in EMBEDDED), "_embedded")),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Which posts to request next.

    They come in the order of their last change. Each request begins where the previous answer
    ended, so that none is missed when posts are edited, added or deleted meanwhile.
    WordPress before 5.7 can't filter by time; there the posts are requested page by page.
    """

    after: str = ""
    """Only posts changed after this moment are requested, ISO 8601."""

    known: tuple[int, ...] = ()
    """The ids of posts changed in the second after that moment that were returned already."""

    page: int = 0
    """The number of the page to request; 0 to request by time."""

    newest: str = ""
    """The last change returned so far, in the form of `utc`."""

    def query(self) -> dict[str, str]:
        """Return the request's parameters (https://developer.wordpress.org/rest-api/reference/posts/).

        >>> query = Cursor("2026-01-02T03:04:05Z", (7, 9)).query()
        >>> query["orderby"], query["modified_after"], query["exclude"]
        ('modified', '2026-01-02T03:04:05Z', '7,9')
        """
        if self.page:
            return {**QUERY, "orderby": "id", "page": str(self.page)}
        begin = {"modified_after": self.after} if self.after else {}
        known = {"exclude": ",".join(map(str, self.known))} if self.known else {}
        return {**QUERY, "orderby": "modified", **begin, **known}

    def following(self, posts: Sequence[Post]) -> "Cursor":
        """Return what to request after ``posts``; the first page if the answer ignored the time that was asked for."""
        newest = max(filter(None, (self.newest, *(utc(post.modified) for post in posts))), default="")
        if self.page:
            return replace(self, page=self.page + 1, newest=newest)
        last = posts[-1].modified
        if not last:
            return Cursor(page=1, newest=newest)
        after = (datetime.fromisoformat(last) - SECOND).isoformat()
        ids = {post.post_id for post in posts if post.modified == last}
        known = tuple(sorted(ids.union(self.known if after == self.after else ())))
        if known == self.known or len(known) > MOST_KNOWN or self._is_before(after):
            return Cursor(page=1, newest=newest)
        return Cursor(after, known, newest=newest)

    def _is_before(self, after: str) -> bool:
        """Return whether ``after`` is earlier than the time that was asked for."""
        asked, found = utc(self.after), utc(after)
        return bool(asked and found and datetime.fromisoformat(asked) - datetime.fromisoformat(found) > SLACK)
