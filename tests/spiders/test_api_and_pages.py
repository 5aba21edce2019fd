"""What the API tells and what a page prints is one article, and the richer text stays."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.replica import Served, rest_posts
from tests.replica.post_page import Post
from tests.support.crawls import Crawler
from tests.support.firsts import Firsts
from tests.support.sites import differences, edit, id_of, truth


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(250, weight=0, rest=True) as served:
        yield served


def visited(site: Served, since: int = 0) -> list[str]:
    """Return what was asked for beside robots.txt, the API, and the home page, which shows what the API leaves out."""
    paths = [request.path for request in list(site.requests)[since:]]
    return [path for path in paths if path != "/" and not path.startswith(("/robots.txt", "/wp-json/"))]


def test_the_same_state_told_in_another_form_is_no_revision(crawl: Crawler, site: Served) -> None:
    crawl.first(site)

    by_api = crawl(site.url, "-a", "since=2016-01-01", spider="api", FURAT_REVISITS=0)
    by_page = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)

    assert by_api.exit_code == by_page.exit_code == 0
    assert by_api.records == by_page.records == []


def test_what_the_api_told_is_not_revised_by_a_visit(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "api")

    visits = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
    site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")
    edited = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
    told = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (visits.exit_code, visits.records) == (0, [])
    assert [(each["post_id"], each["revision"]) for each in edited.records] == [(id_of(site, 20), 2)]
    assert told.records == []


def test_an_article_is_the_same_from_the_api_and_from_its_page(crawl: Crawler, data: Path, site: Served) -> None:
    by_page = {record["post_id"]: record for record in crawl(site.url).records}
    shutil.rmtree(data)
    by_api = {record["post_id"]: record for record in crawl(site.url, spider="api").records}

    other = {"crawl", "seen", "first_seen", "published_raw", "published_source", "modified", "sections", "language"}
    same = [name for name in by_page[1000] if name not in {*other, "duplicate_of", "duplicate_kind", "similarity"}]
    assert by_page.keys() == by_api.keys()
    assert [
        (number, name, page[name], by_api[number][name])
        for number, page in by_page.items()
        for name in same
        if page[name] != by_api[number][name]
    ] == []
    assert {each["published_source"] for each in by_api.values()} == {"api"}


def test_what_the_api_leaves_to_the_page_is_visited(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {20: "", 21: "[vc_row][vc_column]نص[/vc_column][/vc_row]", 22: "<p>أول الخبر […]</p>"}
    whole = rest_posts._fields

    def poor(post: Post) -> dict[str, Any]:
        text = texts.get(post.card.index)
        return whole(post) | ({} if text is None else {"content": {"rendered": text, "protected": False}})

    monkeypatch.setattr(rest_posts, "_fields", poor)

    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    assert not list(differences(site, done.records))
    assert len(visited(site)) == len(texts)


def test_a_poorer_text_from_the_api_never_replaces_that_of_the_page(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl.first(site)
    edit(site, 20)
    whole = rest_posts._fields
    poor = {"content": {"rendered": "<p>أول الخبر فقط</p>", "protected": False}}
    monkeypatch.setattr(rest_posts, "_fields", lambda post: whole(post) | (poor if post.card.index == 20 else {}))

    told = crawl(site.url, spider="api", FURAT_REVISITS=0)

    (record,) = told.records
    assert (record["post_id"], record["revision"]) == (id_of(site, 20), 2)
    assert "أضيفت هذه الفقرة لاحقا" in record["text"]
    assert record["published_source"] == "time"


def test_nothing_of_a_hidden_post_is_asked_for(crawl: Crawler, site: Served) -> None:
    crawl(site.url, spider="api")

    slugs = [post["url"].rstrip("/").rpartition("/")[2] for post in site.replica.hidden()]
    assert not [path for path in visited(site) if any(unquote(slug) in unquote(path) for slug in slugs)]
