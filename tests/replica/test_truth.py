"""The replica is the same for the same seed, and its pages show what its truth says."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from tests.replica import TRAPS, Replica
from tests.replica.plan import TERMS
from tests.replica.reading import BASE, body_text, page, path_of, reversed_truth, walked
from tests.replica.site import Site
from tests.replica.words import TITLES


def squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def test_same_seed_same_bytes_and_another_seed_another_site() -> None:
    def pages(seed: int) -> list[bytes]:
        site = Site(Replica(60, seed), BASE)
        return [site.answer(path).body for path in ("/", "/page/3/", urlsplit(site.replica.article(7)["url"]).path)]

    assert pages(1) == pages(1)
    assert pages(1)[0] != pages(2)[0]


@pytest.mark.parametrize("articles", [0, 1, 17, 18, 60, 119])
def test_truth_has_as_many_articles_as_asked_for(articles: int) -> None:
    urls = [article["url"] for article in Replica(articles).truth()]

    assert len(set(urls)) == len(urls) == articles


def test_too_many_articles_are_refused() -> None:
    with pytest.raises(ValueError, match="At most"):
        Replica(TITLES)


def test_pages_show_what_the_truth_says() -> None:
    replica = Replica(120)
    for truth in replica.truth(BASE):
        tree = page(replica, urlsplit(truth["url"]).path)
        more = [page(replica, urlsplit(str(link.attributes["href"])).path) for link in tree.css("a.post-page-numbers")]
        text = squeezed("".join(body_text(one) for one in (tree, *more)))
        for beside in truth["beside"] if truth["index"] % 60 == TRAPS["seed-shape"] else ():
            text = text.replace(squeezed(beside), "", 1)
        moments = [node.attributes["datetime"] for node in tree.css(".single-header time")]

        assert text == squeezed("".join(truth["paragraphs"])), truth["index"]
        assert tree.css("h1")[0].text() == truth["title"]
        assert f"postid-{truth['post_id']}" in str(tree.css("body")[0].attributes["class"])
        assert moments[:2] == [truth["published"]] * 2
        assert [node.text() for node in tree.css(".penci-standard-cat a")] == truth["categories"]
        assert [node.text() for node in tree.css(".post-tags a")] == truth["tags"]
        assert tree.css(".author-post a")[0].text() == truth["authors"][0]
        assert all(image["url"] in str(tree.html) for image in truth["images"])
        assert [node.attributes["src"] for node in tree.css("iframe")] == truth["videos"]


def test_modified_is_what_the_page_prints() -> None:
    replica = Replica()
    with_time, without = replica.article(TRAPS["modified"]), replica.article(TRAPS["modified"] + 1)

    assert (
        page(replica, path_of(replica, "modified")).css("time.modified")[0].attributes["datetime"]
        == with_time["modified"]
    )
    assert without["modified"] == without["published"][:10]


def test_moments_have_the_offset_of_their_season() -> None:
    offsets = {article["published"][:4] + article["published"][-6:] for article in Replica(120).truth()}

    assert {"2016+02:00", "2016+03:00", "2024+03:00"} <= offsets
    assert "2024+02:00" not in offsets


def test_listings_have_the_posts_of_their_section_newest_first() -> None:
    replica = Replica(200)
    for path in TERMS:
        expected = [
            article["post_id"]
            for article in reversed_truth(replica)
            if any(path in s["url"] for s in article["sections"])
        ]

        assert walked(replica, f"/{path}") == expected, unquote(path)
