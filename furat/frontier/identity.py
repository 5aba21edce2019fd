"""Decides which article a page is: its own id and address are only claims, checked against the other pages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from furat.exceptions import Contested, Incomplete, Suspect
from furat.frontier.crawl import Crawl
from furat.items import Article
from furat.store.frontier import PendingVisit
from furat.urls import authority, canonical, within

RUN = 3
"""How many words in a row are compared: two texts hardly share many such runs by chance."""

ENOUGH = 0.4
"""The share of the shorter text's runs that two versions of one article have in common."""


class Identities:
    """Decides which article a page is.

    A page is believed about its own address only. If it claims the address or the number
    of another article, that one is visited first, and then the page once more.
    """

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl
        self.articles = crawl.store.articles
        self.frontier = crawl.store.frontier
        self._others: dict[str, str] = {}
        """The address to visit first, by the address whose page is contested."""

        self._contested: set[str] = set()
        self._again: list[str] = []
        self._final: set[str] = set()
        self._hosts = crawl.store.moves.former()

    def decide(self, entry: str, article: Article, claim: str | None) -> Article:
        """Return the ``article`` found by the visit of ``entry``, with the id and address it gets in the archive.

        Raises Contested if another address must be visited first.
        """
        is_final = entry in self._final
        is_plausible = claim and within(self.crawl.site, claim) and claim != canonical(self.crawl.site)
        found = self._at(claim, article, is_final=is_final) if claim and is_plausible else None
        return found or self._numbered(article, is_final=is_final)

    def lasting(self, article: Article) -> Article:
        """Return ``article`` under the id that it got before the site moved, if it has one."""
        if article.post_id is None or not self._hosts:
            return article
        ids = (article.id, *(f"{host}/{article.post_id}" for host in self._hosts))
        return replace(article, id=next(filter(self._has, ids), article.id))

    def contest(self, entry: str, other: str) -> None:
        """Record that the page of ``entry`` is contested until ``other`` was visited."""
        if entry not in self._contested:  # two pages may name each other
            self._contested.add(entry)
            self._others[entry] = other

    def look(self) -> Iterator[PendingVisit]:
        """Yield the visits that decide contested claims; after them, once, those of the contested pages."""
        if self._others:
            others, self._others = self._others, {}
            self._again.extend(others)
            for url in others.values() if not self.crawl.rereads else ():  # what no file holds stays as it is
                self.frontier.discover(url)
            yield from self.frontier.at(others.values())
        elif self._again:
            again, self._again = self._again, []
            self._final.update(again)
            yield from self.frontier.at(again)

    def are_linked_apart(self, articles: list[Article]) -> list[Article]:
        """Return those of the API's ``articles`` whose address no other article is known to have.

        For the others the short address (`/?p=NUMBER`) is visited, which redirects to their own.
        """
        times = Counter(article.url for article in articles)
        apart = [article for article in articles if times[article.url] == 1 and not self._is_taken(article)]
        for article in articles:
            if article not in apart:
                self.frontier.discover(f"{self.crawl.site}?p={article.post_id}")
        return apart

    def _is_taken(self, article: Article) -> bool:
        """Return whether this crawl found another article at the address: the site contradicts itself."""
        known = self.articles.known_at(article.url)
        is_other = known is not None and known.gone is None and known.post_id not in (None, article.post_id)
        return is_other and known is not None and known.crawl == self.crawl.id

    def _at(self, claim: str, article: Article, *, is_final: bool) -> Article | None:
        """Return ``article`` under the id of the one at the address it claims; None if that is another article."""
        known = self.articles.known_at(claim)
        last = self.articles.find(known.id) if known and known.gone is None else None
        if last and is_same(last, article):
            return replace(article, id=last.id, url=claim)
        if is_final or (known and known.crawl == self.crawl.id):
            return None
        raise Contested(f"the page names {claim} as its address", claim)

    def _numbered(self, article: Article, *, is_final: bool) -> Article:
        """Return ``article`` under an id that no other living article has.

        Raises Suspect where nothing tells that it is the article that was there: many sites say so that it is gone.
        """
        here, there = self.articles.known_at(article.url), self.articles.known(article.id)
        if article.post_id is None:
            if here and here.gone is None and here.post_id and not self._was(here.id, article):
                raise Suspect(f"it has neither the number nor the words of the article that was here, {here.id}")
            return article
        if here and here.post_id not in (None, article.post_id) and self._was(here.id, article):
            return replace(article, id=here.id, post_id=here.post_id)  # the page prints another number each time
        if there is None or there.gone is not None or (here and here.id == there.id) or self._was(there.id, article):
            return article
        own = replace(article, id=path_id(article.url), post_id=None)
        apart = replace(article, id=here.id, post_id=here.post_id) if here else own
        if there.crawl == self.crawl.id or (here and here.post_id is None):
            return apart
        last = self.articles.find(there.id)
        assert last
        if not is_final:
            raise Contested(f"the page has the post number of {last.url}", last.url)
        if there.id in self.crawl.deletions.missing or not self._leads(last.url, there.id):
            return article  # it was moved, and edited
        raise Incomplete(f"the page has the post number of {last.url}, which can't be read")

    def _has(self, article: str) -> bool:
        return self.articles.known(article) is not None or article in self.crawl.store.forgotten.ids

    def _leads(self, url: str, article: str) -> bool:
        known = self.articles.known_at(url)
        return known is not None and known.id == article

    def _was(self, name: str, article: Article) -> bool:
        """Return whether the last state of the article with this id has the text of ``article``."""
        last = self.articles.find(name)
        return last is not None and is_same(replace(last, post_id=article.post_id), article)


def is_same(one: Article, other: Article) -> bool:
    """Return whether two pages show the same article, even if it was edited or is printed in another form.

    >>> news = Article(id="1", url="", title_raw="خبر", paragraphs_raw=("وصلت المياه إلى الحي بعد انقطاع دام سنة",))
    >>> edited = replace(news, digest="x", paragraphs_raw=(*news.paragraphs_raw, "وشكر الأهالي العمال على عملهم كثيرا"))
    >>> is_same(news, edited), is_same(news, replace(edited, paragraphs_raw=("انقطع التيار عن المدينة كلها ليلا",)))
    (True, False)
    """
    if one.post_id and other.post_id and one.post_id != other.post_id:
        return False
    if one.digest and one.digest == other.digest:
        return True
    first, second = _runs(one), _runs(other)
    least = min(first.total(), second.total())
    return (first & second).total() >= ENOUGH * least if least else one.title_raw.split() == other.title_raw.split()


def path_id(url: str) -> str:
    """Return the id of an article that has no number of its own.

    >>> path_id("https://example.org/a/")
    'example.org/a/'
    """
    host = authority(url)
    return host + url.partition(host)[2]


def _runs(article: Article) -> Counter[tuple[str, ...]]:
    words = " ".join(article.paragraphs_raw).split()
    return Counter(zip(*(words[start:] for start in range(RUN)), strict=False))
