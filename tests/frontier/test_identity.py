"""One article is one record however it is addressed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

import pytest

from furat.store import Store
from tests.replica import Fault, Replica, Served, serve
from tests.replica.site import Reply
from tests.replica.words import slugify
from tests.support.archives import execute
from tests.support.crawls import Crawler

INDEX = 50
"""A plain post."""

NEWEST = 59
"""One on the first page of the home page's listing."""


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


@dataclass(slots=True)
class Aliases(Fault):
    """Makes a listing link to the post ``number`` by many addresses."""

    number: int = 0
    addresses: tuple[str, ...] = ()

    def apply(self, reply: Reply) -> Reply:
        entry = re.search(rf'<li [^>]*><article id="post-{self.number}".*?</li>', reply.body.decode(), re.DOTALL)
        assert entry
        (url, *_) = re.findall(r'title"><a href="([^"]*)"', entry[0])
        entries = "".join(entry[0].replace(url, address) for address in self.addresses)
        return replace(reply, body=reply.body.decode().replace(entry[0], entries).encode())


@dataclass(slots=True)
class Unnumbered(Fault):
    """Shows pages as a theme does that prints no number of a post."""

    def apply(self, reply: Reply) -> Reply:
        return replace(reply, body=re.sub(rb"(post-|postid-|posts/|p=)\d+", rb"\1", reply.body))


def name(site: Served, index: int, slug: str) -> str:
    """Give a post a slug of which WordPress knows an older one; return its address."""
    site.replica.rename(index)
    site.replica.changes.slugs[index] = slugify(slug)
    site.replica.card.cache_clear()  # type: ignore[attr-defined]
    return str(site.replica.article(index, site.url)["url"])


def upper(url: str) -> str:
    return re.sub("%[0-9a-f]{2}", lambda escape: escape[0].upper(), url)


def test_more_than_thirty_addresses_of_one_article_make_one_record(crawl: Crawler, site: Served, data: Path) -> None:
    truth = site.replica.article(INDEX, site.url)
    url = name(site, INDEX, "أهالي المدينة وأزمة المياه")
    raw = unquote(url)
    spellings = (url, raw, upper(url), normalize("NFD", raw), quote(normalize("NFD", raw), safe=":/"))
    forms = ("{}", "{}amp/", "{}?utm_source=rss&utm_medium=rss", "{}?fbclid=x#comments", "{}page/1/", "http://www.{}")
    same = {
        form.format(each.removeprefix("http://") if "www" in form else each) for each in spellings for form in forms
    }
    same |= {each.rstrip("/") for each in spellings}
    others = {f"{site.url}?p={truth['post_id']}", truth["url"], unquote(truth["url"]), upper(truth["url"])}
    aliases = (url, *same, *others)
    site.faults = [Aliases("^/page/2/$", number=truth["post_id"], addresses=aliases)]

    done = crawl(site.url)

    assert len({*aliases}) > 30
    assert done.exit_code == 0, done.log
    assert done.ids == sorted(post["post_id"] for post in site.replica.truth())
    (record,) = (record for record in done.records if record["post_id"] == truth["post_id"])
    with Store.at(data / urlsplit(site.url).netloc.replace(":", "_")) as store:
        assert {store.articles.known_at(alias).id for alias in aliases} == {record["id"]}  # type: ignore[union-attr]


@pytest.mark.parametrize("forms", [("{}?print=1", "{}"), ("{}", "{}?print=1")])
def test_a_form_of_a_page_that_prints_no_number_is_the_same_article(
    crawl: Crawler, site: Served, forms: tuple[str, ...]
) -> None:
    truth = site.replica.article(NEWEST, site.url)
    shown = tuple(form.format(truth["url"]) for form in forms)
    site.faults = [Aliases("^/$", number=truth["post_id"], addresses=shown), Unnumbered("print=1")]

    done = crawl(site.url, CONCURRENT_REQUESTS_PER_DOMAIN=16)

    assert done.exit_code == 0, done.log
    assert len(done.records) == 60


def test_a_post_in_the_place_of_another_does_not_bear_its_number(crawl: Crawler, data: Path) -> None:
    with serve(Replica(60, weight=0, rest=True)) as site:
        site.faults = [Unnumbered("^/(?!wp-json)")]
        crawl(site.url, spider="api")
        site.replica.replace(INDEX)
        newest = site.replica.posts - 1
        site.replica.changes.modified[newest] = datetime.now(UTC).replace(microsecond=0)
        delivered = []
        for _ in range(2):
            execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")
            delivered += crawl(site.url, spider="api").records

        assert [record["post_id"] for record in delivered] == [site.replica.article(newest)["post_id"]]


def test_addresses_that_differ_in_a_hamza_are_two_articles(crawl: Crawler, site: Served) -> None:
    urls = {name(site, INDEX, "أخبار السوق"), name(site, INDEX + 1, "اخبار السوق")}

    done = crawl(site.url)

    assert done.exit_code == 0, done.log
    assert urls <= {record["url"] for record in done.records}
    assert len(done.records) == 60


@pytest.mark.parametrize("begins", [True, False])
def test_an_article_keeps_its_id_when_pages_begin_or_cease_to_print_the_numbers_of_posts(
    crawl: Crawler, site: Served, data: Path, begins: bool
) -> None:
    number = site.replica.article(NEWEST)["post_id"]
    alias = Aliases("^/$", number=number, addresses=(f"{site.url}?p={number}",))
    unnumbered = Unnumbered("^/")
    site.faults = [unnumbered] if begins else []
    first = crawl(site.url)
    site.faults = [alias] if begins else [alias, unnumbered]
    second = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)

    assert (first.exit_code, second.exit_code) == (0, 0), first.log + second.log
    assert {record["post_id"] is None for record in first.records} == {begins}
    assert (len(first.records), second.records) == (60, [])
    with Store.at(data / urlsplit(site.url).netloc.replace(":", "_")) as store:
        known = store.articles.known_at(f"{site.url}?p={number}")
        assert known
        assert known == store.articles.known_at(site.replica.article(NEWEST, site.url)["url"])
        assert known.id in {record["id"] for record in first.records}
