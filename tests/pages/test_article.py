"""What is read from an article's page: every folder of cases/article is one behaviour."""

from dataclasses import replace

import pytest

from furat.items import Article, Image, digest
from furat.pages import ArticlePage, join
from tests.support.cases import Case, cases, read


@pytest.mark.parametrize("case", cases("article"), ids=str)
def test_article(case: Case) -> None:
    expected = case.expected
    page = ArticlePage(case.html, expected["at"])

    assert read(page, expected.get("page", {})) == expected.get("page", {})
    assert read(page.to_item(), expected.get("item", {})) == expected.get("item", {})


def test_pages_of_one_article_are_joined() -> None:
    first = Article(id="a/1", url="u", title="عنوان", title_raw="عنوان", paragraphs_raw=("أول",), text="أول")
    first = replace(first, images=(Image(url="x"),), videos=("v",))
    second = replace(
        first, paragraphs_raw=("ثـان",), images=(Image(url="x"), Image(url="y", caption="ص")), videos=("w",)
    )

    joined = join(first, second)

    assert joined.paragraphs_raw == ("أول", "ثـان")
    assert joined.text == "أول\n\nثان"
    assert [image.url for image in joined.images] == ["x", "y"]
    assert joined.videos == ("v", "w")
    assert joined.digest == digest("عنوان", ("أول", "ثـان"))


def test_digest_is_that_of_what_is_printed() -> None:
    case = next(case for case in cases("article") if str(case) == "printed-spelling-is-kept-raw")
    item = ArticlePage(case.html, case.expected["at"]).to_item()

    assert item.digest == digest(item.title_raw, item.paragraphs_raw)


def test_the_relation_of_a_link_is_read_in_capitals_too() -> None:
    head = '<title>خبر</title><link rel="Canonical" href="/news/"><link rel="SHORTLINK" href="/?p=7">'
    page = ArticlePage(
        f'<head>{head}</head><body class="single postid-7"><h1>خبر</h1></body>', "https://example.org/x/"
    )

    assert (page.canonical, page.id) == ("https://example.org/news/", "example.org/7")
