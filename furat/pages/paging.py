"""Which page of a listing an address leads to."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from furat import urls

NUMBER = re.compile(r"/page/(\d{1,9})(?=/|$)")
DIGITS = 9
"""Of the number of a page: no listing is longer, and thousands of digits are no number at all."""
PAGE = re.compile(r"(?:/page/\d+)?(?:/index\.html?)?/?$")


def page_number(url: str) -> int:
    """Return the number of a listing's page by its address.

    >>> page_number("https://example.org/tag/a/page/3/"), page_number("https://example.org/?paged=2")
    (3, 2)
    """
    parts = urlsplit(url)
    if found := NUMBER.search(parts.path):
        return int(found[1])
    asked = dict(parse_qsl(parts.query)).get("paged", "1")
    return int(asked) if asked.isdecimal() and len(asked) <= DIGITS else 1


@lru_cache(maxsize=4096)  # neighbouring pages link to the same ones
def base_of(url: str) -> str:
    """Return the address of the listing's first page, canonical.

    >>> base_of("https://example.org/tag/a/page/3/?x=1"), base_of("https://example.org/?cat=5&paged=2")
    ('https://example.org/tag/a/?x=1', 'https://example.org/?cat=5')
    """
    if "page" not in url and "index" not in url:
        return urls.canonical(url)
    parts = urlsplit(url)
    query = parts.query and urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "paged"])
    return urls.canonical(urlunsplit(parts._replace(path=PAGE.sub("/", parts.path, count=1), query=query)))
