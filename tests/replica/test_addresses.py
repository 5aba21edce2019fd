"""The replica's addresses answer as WordPress's do."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.replica import TRAPS, Replica
from tests.replica.plan import OF_TERM
from tests.replica.reading import BASE, entries, page, path_of, reversed_truth, walked
from tests.replica.site import Site


@pytest.mark.parametrize(
    "path, status, leads",
    [
        ("{post}", 200, ""),
        ("{post}?replytocom=5", 200, ""),
        ("{post}page/2/", 301, "{post}"),
        ("{post}99/", 301, "{post}"),
        ("{multi}3/", 200, ""),
        ("{multi}4/", 301, "{multi}"),
        ("/?p={id}", 301, "{post}"),
        ("/?p=1", 404, ""),
        ("/page/1/", 200, ""),
        ("/page/0/", 200, ""),
        ("/page/7/", 200, ""),
        ("/page/8/", 404, ""),
        ("/page/2", 301, "/page/2/"),
        ("/category/opinion", 301, "/category/opinion/"),
        ("/category/nothing/", 404, ""),
        ("/tag/", 404, ""),
        ("/author/reem/", 200, ""),
        ("/author/nobody/", 404, ""),
        ("/2024/03/", 200, ""),
        ("/1999/03/", 404, ""),
        ("/robots.txt", 200, ""),
        ("/wp-json/", 401, ""),
        ("/wp-json/wp/v2/tags", 401, ""),
    ],
)
def test_addresses(path: str, status: int, leads: str) -> None:
    replica = Replica()
    known = {
        "post": path_of(replica, "list"),
        "multi": path_of(replica, "multi-page"),
        "id": replica.card(TRAPS["list"]).id,
    }
    reply = Site(replica, BASE).answer(path.format(**known))

    assert reply.status == status
    assert reply.headers.get("Location", "") == (leads and BASE.rstrip("/") + leads.format(**known))


def test_every_link_of_a_page_leads_somewhere() -> None:
    replica = Replica()
    site = Site(replica, BASE)
    links = {
        str(node.attributes["href"]).partition("#")[0].removeprefix(BASE)
        for path in ("/", path_of(replica, "seed-shape"), path_of(replica, "inline-related"))
        for node in page(replica, path).css("body a[href^='http://127.0.0.1']")
    }
    pages = {link for link in links if "wp-content" not in link}

    assert len(pages) > 40
    assert {site.answer(f"/{link}").status for link in pages} == {200, 301}


def test_past_the_end_the_body_says_404() -> None:
    reply = Site(Replica(), BASE).answer("/tag/%d8%ad%d9%85%d8%b5/page/9/")

    assert reply.status == 404
    assert 'class="rtl error404' in reply.body.decode()


def test_an_empty_category_answers_with_a_page_without_entries() -> None:
    empty = next(path for path, members in OF_TERM.items() if not members.places)

    assert entries(page(Replica(), f"/{empty}")) == []


@pytest.mark.parametrize(
    "paging, links",
    [("older", ["/page/3/"]), ("numbers", ["/page/1/", "/page/3/"]), ("more", [])],
)
def test_paging_forms(paging: Any, links: list[str]) -> None:
    tree = page(Replica(paging=paging), "/page/2/")
    found = {urlsplit(str(node.attributes["href"])).path for node in tree.css(".penci-pagination a")}

    assert set(links) <= found
    assert bool(tree.css("a.penci-ajax-more-button[href='#']")) is (paging == "more")


def test_a_month_lists_its_posts() -> None:
    replica = Replica(2000)
    expected = [article["post_id"] for article in reversed_truth(replica) if article["published"].startswith("2020-05")]

    assert walked(replica, "/2020/05/") == expected


def test_a_prefix_is_part_of_every_address() -> None:
    replica = Replica(20, prefix="/ar")
    site = Site(replica, BASE)

    assert site.answer("/ar/").status == 200
    assert site.answer("/").status == 404
    assert all(article["url"].startswith(f"{BASE}ar/") for article in replica.truth(BASE))
    assert list(replica.truth(BASE)) == list(replica.truth(f"{BASE}ar/"))


def test_robots_can_forbid_everything() -> None:
    assert "Disallow: /wp-admin/\nAllow:" in Site(Replica(), BASE).answer("/robots.txt").body.decode()
    assert "Disallow: /\n" in Site(Replica(forbid=True), BASE).answer("/robots.txt").body.decode()
