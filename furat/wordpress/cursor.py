"""The position of a walk of the REST API."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

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
    Of too many posts that were changed in one second, the pages are requested. WordPress before 5.7 can't
    filter by time; there the pages are requested from the last change back to that moment. From page to page,
    a deletion moves the posts behind it up: one of them may be missed.
    """

    after: str = ""
    """Only posts changed after this moment are requested, ISO 8601."""

    known: tuple[int, ...] = ()
    """The ids of posts changed in the second after that moment that were returned already."""

    page: int = 0
    """The number of the page to request; 0 to request by time."""

    newest: str = ""
    """The last change returned so far, in the form of `utc`."""

    goes_back: bool = False
    """Whether the site passes over `after`, and the posts changed last are requested first."""

    def query(self) -> dict[str, str]:
        """Return the request's parameters (https://developer.wordpress.org/rest-api/reference/posts/).

        >>> query = Cursor("2026-01-02T03:04:05Z", (7, 9)).query()
        >>> query["orderby"], query["modified_after"], query["exclude"]
        ('modified', '2026-01-02T03:04:05Z', '7,9')
        """
        begin = {"modified_after": self.after} if self.after else {}
        if self.goes_back:
            return {**QUERY, "orderby": "modified", "order": "desc", "page": str(self.page)}
        if self.page:
            return {**QUERY, "orderby": "id", **begin, "page": str(self.page)}
        known = {"exclude": ",".join(map(str, self.known))} if self.known else {}
        return {**QUERY, "orderby": "modified", **begin, **known}

    def reached(self, posts: Sequence[Post]) -> str:
        """Return the last change returned so far, ``posts`` included."""
        return max(filter(None, (self.newest, *(utc(post.modified) for post in posts))), default="")

    def following(self, posts: Sequence[Post]) -> "Cursor | None":
        """Return what to request after ``posts``; None after the last ones."""
        if not posts:
            return None
        newest, last = self.reached(posts), posts[-1].modified
        if self.page and not self.goes_back:
            return replace(self, page=self.page + 1, newest=newest)
        if not last or (self.goes_back and not _is_newest_first(posts)):
            return Cursor(page=1, newest=newest)
        if self.goes_back:
            return None if self._is_before(last) else replace(self, page=self.page + 1, newest=newest)
        return self._forward(posts, (datetime.fromisoformat(last) - SECOND).isoformat(), newest)

    def _forward(self, posts: Sequence[Post], after: str, newest: str) -> "Cursor":
        """Return what to request next where the site is asked for changes after a moment."""
        if self._is_before(after):
            return Cursor(self.after, page=1, newest=newest, goes_back=True)
        ids = {post.post_id for post in posts if post.modified == posts[-1].modified}
        known = tuple(sorted(ids.union(self.known if after == self.after else ())))
        if known == self.known or len(known) > MOST_KNOWN:
            return Cursor(after, page=1, newest=newest)
        return Cursor(after, known, newest=newest)

    def _is_before(self, after: str) -> bool:
        """Return whether ``after`` is earlier than the time that was asked for."""
        asked, found = utc(self.after), utc(after)
        return bool(asked and found and datetime.fromisoformat(asked) - datetime.fromisoformat(found) > SLACK)


def _is_newest_first(posts: Sequence[Post]) -> bool:
    moments = filter(None, (utc(post.modified) for post in posts))
    return all(one >= other for one, other in pairwise(moments))
