"""An archive of a replica as a crawl leaves it, written by the store's own steps: no page is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from furat.arabic import clean
from furat.clock import now
from furat.items import Article, digest
from furat.outcomes import Ending, ExitCode, Outcome, Reason
from furat.sections import Section
from furat.store import Store
from furat.store.walk import Walk
from furat.urls import authority, canonical, folder
from furat.wordpress.post_list import Differences
from tests.replica import Served
from tests.replica.plan import CATEGORIES, HERE, Term, is_protected, sections
from tests.replica.sitemaps import FORMS

Origin = Literal["api", "feed", "news", "sitemap"]
"""The spider whose listings were walked."""

CRAWL = "20260101T000000Z-0000"
PAGE = 500
OF_ALL = ("home", "feed", "api")
"""Kinds of listings that show all posts."""

SITEMAP = FORMS["core"]


def fill(site: Served, data: Path, origin: Origin) -> None:
    """Archive all of ``site`` below ``data`` as a complete crawl by ``origin`` would."""
    with Store.at(data / folder(site.url), gather=60) as store:
        crawl(store, site, [origin], visit)
        store.deliveries.finish(CRAWL)
        store.crawls.end(CRAWL, ExitCode.COMPLETE, Ending.FINISHED, "[]")


def crawl(store: Store, site: Served, origins: Sequence[Origin], visit: Callable[[Store, Served, int], object]) -> None:
    """Walk the listings of these ``origins`` to their ends, and ``visit`` each post, the newest first."""
    store.crawls.begin(CRAWL, origins[0])
    walks = {section: store.listings.begin(section) for origin in origins for section in listings(site, origin)}
    for last in reversed(range(0, site.replica.posts, PAGE)):
        indexes = range(last, min(last + PAGE, site.replica.posts))[::-1]
        show(store, site, walks, indexes)
        for index in indexes:
            visit(store, site, index)
    for walk in walks.values():
        store.listings.end(walk)
    for name, value in checkpoints(site, origins[0]):
        store.checkpoints.set(name, value)


def listings(site: Served, origin: Origin) -> Iterator[Section]:
    """Yield the listings that a crawl by ``origin`` walks."""
    match origin:
        case "api":
            yield Section("api", "", urljoin(site.url, "wp-json/wp/v2/posts"))
        case "feed":
            yield Section("feed", "", urljoin(site.url, "feed/atom/"))
        case "news":
            yield Section("home", "", site.url)
            yield from (category(site, term) for term in CATEGORIES)
        case "sitemap":
            yield from (sitemap(site, first) for first in range(0, site.replica.posts, SITEMAP.size))


def categories(site: Served, index: int) -> Iterator[Section]:
    """Yield the categories that show a post."""
    return (category(site, term) for term in sections(index) if term.kind == "category")


def category(site: Served, term: Term) -> Section:
    return Section("category", term.name, site.replica.at(site.url, term.url))


def sitemap(site: Served, index: int) -> Section:
    """Return the sitemap that names a post."""
    return Section("sitemap", "", urljoin(site.url, SITEMAP.posts.format(1 + index // SITEMAP.size)))


def show(store: Store, site: Served, walks: Mapping[Section, Walk], indexes: Sequence[int]) -> None:
    """Have each listing that is walked show those of the posts that stand on it."""
    shown = {section: [address(site, index) for index in indexes] for section in walks if section.kind in OF_ALL}
    for index in indexes:
        for section in (*categories(site, index), sitemap(site, index)):
            if section in walks:
                shown.setdefault(section, []).append(address(site, index))
    for section, urls in shown.items():
        store.listings.step(walks[section], urls)


def checkpoints(site: Served, origin: Origin) -> Iterator[tuple[str, str]]:
    """Yield what such a crawl leaves for the next one."""
    yield "checked front", now()
    yield "checked types", now()
    if origin == "api":
        posts = urljoin(site.url, "wp-json/wp/v2/posts")
        yield f"mark {posts}", site.replica.newest_change.isoformat(timespec="seconds")
        yield f"checked {posts}", now()
        protected = (site.replica.card(index).id for index in range(site.replica.posts) if is_protected(index))
        yield f"differences {posts}", Differences(frozenset(protected)).to_json()


def visit(store: Store, site: Served, index: int) -> None:
    """Archive a post, unless it has a password."""
    if is_protected(index):
        store.frontier.finish(address(site, index), Reason(Outcome.PROTECTED))
    else:
        store.articles.add(article(site, index))


def address(site: Served, index: int) -> str:
    """Return the canonical address of a post."""
    return canonical(site.replica.card(index).url.replace(HERE, site.url))


def article(site: Served, index: int) -> Article:
    """Return a post as a crawl archives it, without its pictures."""
    post = site.replica.article(index, site.url)
    paragraphs = tuple(map(clean, post["paragraphs"]))
    return Article(
        id=f"{authority(site.url)}/{post['post_id']}",
        url=canonical(post["url"]),
        post_id=post["post_id"],
        title=clean(post["title"]),
        text="\n\n".join(paragraphs),
        title_raw=post["title"],
        paragraphs_raw=paragraphs,
        digest=digest(post["title"], paragraphs),
        authors=tuple(post["authors"]),
        published=post["published"],
        published_source="time",
        categories=tuple(post["categories"]),
        tags=tuple(post["tags"]),
        seen=now(),
        crawl=CRAWL,
    )
