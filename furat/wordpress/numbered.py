"""The addresses of an article's second and later pages."""

import re

from w3lib.url import url_query_parameter

from furat.urls import canonical

LATER = re.compile(r"(?P<first>.*/)(?P<number>[1-9]\d{0,2})/")


def page_number(article: str, url: str) -> int | None:
    """Return the number of the page at ``url`` of the article at the canonical address ``article``; None if it is none.

    WordPress writes it as `_wp_link_page` does
    (https://developer.wordpress.org/reference/functions/_wp_link_page/).

    >>> page_number("https://example.org/a/", "https://example.org/a/2"), page_number("https://example.org/a/", "/b/2/")
    (2, None)
    >>> page_number("https://example.org/?p=7", "https://example.org/?p=7&page=3")
    3
    """
    found = canonical(url)
    if found == article:
        return 1
    later = LATER.fullmatch(found)
    if later and later["first"] == article:
        return int(later["number"])
    number = url_query_parameter(url, "page")
    plain = number is not None and number.isdecimal() and len(number) <= 3  # noqa: PLR2004 (no article has thousands)
    return int(number or 0) if plain and canonical(re.sub(r"(?<=[?&])page=\d+&?", "", url)) == article else None


def first_page(url: str, others: tuple[str, ...]) -> str | None:
    """Return which of the ``others`` is the first page of the article of which ``url`` is a later page; None if none.

    >>> first_page("https://example.org/a/2/", ("https://example.org/a/", "https://example.org/a/3/"))
    'https://example.org/a/'
    """
    return next((other for other in others if (page_number(canonical(other), url) or 1) > 1), None)
