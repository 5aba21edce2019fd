"""`scrapy extract`, as somebody types it who wants to see what is read on a page."""

import json
from pathlib import Path

from tests.replica import Replica, serve
from tests.support.forks import Forks

PAGE = Path(__file__).parent / "pages" / "cases" / "article" / "soledad" / "page.html"


def test_a_file_is_printed_as_one_article_with_what_spoke_for_it(forks: Forks) -> None:
    done = forks.run("scrapy", "extract", str(PAGE), "--url", "https://sada.example/oven/", "--explain")

    article = json.loads(done.out)
    assert done.exit_code == 0
    assert article["id"] == "sada.example/51"
    assert {"title", "body", "authors", "published", "categories", "tags"} == set(article["explain"])
    assert all(heard["source"] for field in article["explain"].values() for heard in field["heard"])


def test_a_file_that_is_not_there_is_wrong_usage(forks: Forks) -> None:
    done = forks.run("scrapy", "extract", "/nowhere/page.html")

    assert done.exit_code == 2
    assert "Cannot read /nowhere/page.html" in done.err


def test_a_file_that_tells_no_address_has_its_path_as_id(forks: Forks, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>سوق الخضار في إدلب</h1><p>فتح السوق أبوابه صباحاً بعد أسبوعين من الترميم.</p>", "utf-8")

    done = forks.run("scrapy", "extract", str(page))

    assert done.exit_code == 0
    assert json.loads(done.out)["id"] == str(page)


def test_an_address_that_is_none_is_wrong_usage(forks: Forks) -> None:
    done = forks.run("scrapy", "extract", str(PAGE), "--url", "http://[sada.example/")

    assert done.exit_code == 2
    assert "--url is no web address: http://[sada.example/" in done.err


def test_a_saved_page_is_at_the_address_that_it_names(forks: Forks, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<link rel="canonical" href="https://sada.example/oven/">{PAGE.read_text("utf-8")}', "utf-8")

    article = json.loads(forks.run("scrapy", "extract", str(page)).out)

    assert article["url"] == "https://sada.example/oven/"
    assert article["id"] == "sada.example/51"


def test_a_saved_page_may_be_in_the_encoding_that_it_declares(forks: Forks, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "عاد عمال المخبز إلى العمل بعد إصلاح الفرن القديم في الحي الشرقي."
    page.write_text(f'<meta charset="windows-1256"><h1>مخبز الحي</h1><p>{text}</p>', "cp1256")

    article = json.loads(forks.run("scrapy", "extract", str(page)).out)

    assert (article["title"], article["text"]) == ("مخبز الحي", text)


def test_a_page_without_an_article_is_an_error(forks: Forks, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>مرحبا", "utf-8")

    done = forks.run("scrapy", "extract", str(page))

    assert done.exit_code == 3
    assert f"no article could be read at {page}" in done.err


def test_an_address_without_a_page_is_an_error_that_says_why(forks: Forks) -> None:
    with serve(Replica(1, weight=0)) as site:
        told = forks.run("scrapy", "extract", f"{site.url}nowhere/")

    assert (told.exit_code, told.out) == (3, "")
    assert told.err == f"Error: no article could be read at {site.url}nowhere/: HTTP 404; look at it in a browser\n"


def test_an_address_of_which_nothing_can_be_asked_is_not_said_to_be_no_text(forks: Forks) -> None:
    told = forks.run("scrapy", "extract", "http://[sada.example/")

    assert (told.exit_code, told.out) == (3, "")
    assert told.err == "Error: no article could be read at http://[sada.example/; look at it in a browser\n"
