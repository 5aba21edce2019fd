"""Reads kept pages again, as a page is read today, and tells what differs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from furat.exceptions import Left
from furat.items import Article, lacking
from furat.pages import ArticlePage, Post, PostsPage, join
from furat.pages.encoding import decoded
from furat.reports.source import last_sources
from furat.store import Store
from furat.store.sources import Source
from furat.store.states import as_read, changes, reconciled, rereading
from furat.warc.reader import Kept, named_at
from furat.wordpress.site_profile import SiteProfile
from furat.wordpress.supplements import kept as supplemented

Step = Callable[[Article], Article]
"""What an item passes through before it is archived."""


LAST = 2
"""How many responses are remembered: the articles of one answer of the API follow each other."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """The last state of an article, as it is archived and as its page is read today."""

    before: Article
    after: Article | None
    """None if it could not be read."""

    why: str = ""
    """Why it is left as it is; empty if nothing speaks against the new reading."""

    @property
    def is_left(self) -> bool:
        """Whether it is left as it is though it can't be read, or is read in another way."""
        return self.after is None or bool(self.why and self.differs)

    @property
    def differs(self) -> bool:
        """Whether today's reading says something else."""
        return self.after is not None and bool(changes(self.before, self.after) or rereading(self.before, self.after))


class Reader:
    """Reads the kept pages of one archive."""

    def __init__(self, store: Store, folder: Path, steps: Iterable[Step]) -> None:
        """``steps`` are those that items pass on their way to the archive, without those that decide about it."""
        self.store = store
        self.steps = [*steps]
        self.profile = SiteProfile(store.checkpoints)
        self.guide = self.profile.guide
        self._kept = lru_cache(maxsize=LAST)(partial(named_at, folder))
        self._posts = lru_cache(maxsize=LAST)(_posts)

    def read(self, articles: Iterable[Article]) -> Iterator[Rereading]:
        """Yield today's reading of each of ``articles`` of which a response is kept."""
        for article in articles:
            sources = last_sources(self.store, article.id)
            if sources and sources[-1].revision == article.revision:
                yield self._read(article, sources)

    def _read(self, article: Article, sources: list[Source]) -> Rereading:
        pages = [self._kept(each.file, each.offset, each.record) for each in sources]
        if None in pages:
            return Rereading(article, None, f"{sources[0].file} no longer holds its response")
        try:
            found = join(*(self._item(page, article) for page in pages if page))
        except Left as why:
            return Rereading(article, None, str(why))
        return self._compared(article, replace(found, seen=sources[-1].seen))

    def _item(self, kept: Kept, article: Article) -> Article:
        if "json" in kept.content_type:
            post = self._posts(kept).get(article.post_id or 0)
            return post.to_item() if post else article
        return ArticlePage(decoded(kept.page(), kept.content_type), kept.url, self.guide).to_item()

    def _compared(self, before: Article, found: Article) -> Rereading:
        item = supplemented(found, before, self.profile.profile.lacking)
        for step in self.steps:
            item = step(item)
        item = reconciled(before, replace(item, url=before.url))
        changed = changes(before, item)
        dated = ("published_raw", "published_source") if "published" in changed else ()
        after = as_read(item, replace(before, **changed, **{name: getattr(item, name) for name in dated}))
        lost = [name for name in lacking(after) if name not in lacking(before)]
        return Rereading(before, after, f"today's reading has no {lost[0]}" if lost else "")


def _posts(kept: Kept) -> dict[int, Post]:
    return {post.post_id: post for post in PostsPage(kept.page(), kept.url).posts}
