"""Where a walk of the REST API stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from furat.clock import utc
from furat.pages import Post

PER_PAGE = 100
"""The most that WordPress gives in one answer."""

MOST_KNOWN = 500
"""Posts of one moment that a request can name; longer addresses are refused here and there."""

SECOND = timedelta(seconds=1)
SLACK = timedelta(hours=2)
"""What a change of the clocks sets back the order of changes, which is that of the site's local time."""

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
    """Which posts are asked for next.

    They come in the order of their last change, each request beginning where the answer
    before ended, so that none is missed when posts are edited, added or deleted meanwhile.
    WordPress before 5.7 can't begin at a moment; there the posts are asked for page by page.
    """

    after: str = ""
    """The posts asked for were changed after this moment, ISO 8601."""

    known: tuple[int, ...] = ()
    """The ids of those that were returned already: they were changed in the second that follows."""

    page: int = 0
    """The number of the page asked for; 0 if none is."""

    newest: str = ""
    """The last change returned so far, in the form of `utc`."""

    def query(self) -> dict[str, str]:
        """Return the parameters that ask for it (https://developer.wordpress.org/rest-api/reference/posts/).

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
        """Return what to ask for after ``posts``; the first page where the answer does not heed what was asked."""
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
        """Return whether ``after`` lies before what was asked for."""
        asked, found = utc(self.after), utc(after)
        return bool(asked and found and datetime.fromisoformat(asked) - datetime.fromisoformat(found) > SLACK)
