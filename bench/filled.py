"""An archive of a replica as a crawl leaves it, written by the store's own steps: no page is asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from furat.arabic import clean
from furat.clock import now
from furat.items import Article, digest
from furat.outcomes import Ending, ExitCode, Outcome, Reason
from furat.sections import Kind, Section
from furat.store import Store
from furat.urls import authority, canonical, folder
from furat.wordpress.post_list import Differences
from tests.replica import Served
from tests.replica.plan import ALL, CATEGORIES, HERE, OF_TERM, Members, is_protected

Origin = Literal["api", "feed", "news", "sitemap"]
CRAWL = "20260101T000000Z-0000"
PAGE = 500


def fill(site: Served, data: Path, origin: Origin) -> None:
    """Archive all of ``site`` below ``data`` as a complete crawl by ``origin`` would."""
    with Store.at(data / folder(site.url), gather=60) as store:
        store.crawls.begin(CRAWL, origin)
        for section, members in listings(site, origin):
            walk(store, site, section, members)
        for index in range(site.replica.posts):
            if is_protected(index):
                store.frontier.finish(address(site, index), Reason(Outcome.PROTECTED))
            else:
                store.articles.add(article(site, index))
        for name, value in checkpoints(site, origin):
            store.checkpoints.set(name, value)
        store.deliveries.finish(CRAWL)
        store.crawls.end(CRAWL, ExitCode.COMPLETE, Ending.FINISHED, "[]")


def listings(site: Served, origin: Origin) -> Iterator[tuple[Section, Members]]:
    """Yield the listings that such a crawl walks, each with the posts that it shows."""
    kinds: dict[Origin, tuple[Kind, str]] = {
        "api": ("api", "wp-json/wp/v2/posts"),
        "feed": ("feed", "feed/atom/"),
        "news": ("home", ""),
        "sitemap": ("sitemap", "wp-sitemap-posts-post-1.xml"),
    }
    kind, path = kinds[origin]
    yield Section(kind, "", urljoin(site.url, path)), ALL
    if origin == "news":
        for term in CATEGORIES:
            yield Section("category", term.name, site.replica.at(site.url, term.url)), OF_TERM[term.path]


def walk(store: Store, site: Served, section: Section, members: Members) -> None:
    """Record a walk of the listing of ``section`` from its first page to its last."""
    one = store.listings.begin(section)
    count = site.replica.count(members)
    for start in range(0, count, PAGE):
        shown = range(start, min(start + PAGE, count))
        store.listings.step(one, [address(site, members.index(count - 1 - rank)) for rank in shown])
    store.listings.end(one)


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
