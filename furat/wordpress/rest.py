"""Finds a site's REST API, and reads the headers of its answers."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urljoin, urlsplit

from scrapy.http import Response, TextResponse

from furat.clock import now
from furat.pages.page import Page
from furat.urls import absolute, within
from furat.wordpress.answers import text

HEADER = re.compile(rb'<([^<>]*)>\s*;\s*rel="?https://api\.w\.org/')
LINK = "link[rel='https://api.w.org/']"

REFUSALS = (401, 403)
"""Statuses that forbid an address: then no other address of the API may be tried."""

DIGITS = 9
"""The most digits of a number of posts: no site has a billion of them."""

JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def usual(site: str) -> str:
    """Return the address of the API on a site with readable addresses (permalinks).

    >>> usual("https://example.org/ar/")
    'https://example.org/ar/wp-json/'
    """
    return urljoin(site, "wp-json/")


def discover(site: str, response: Response) -> str | None:
    """Return the address of the API that a page names, under the page's scheme and host; None if it leaves ``site``.

    It is named in the Link header and in the page's head
    (https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/).
    """
    link = None
    if header := HEADER.search(b", ".join(response.headers.getlist("Link"))):
        link = header[1].decode(errors="replace")
    elif isinstance(response, TextResponse) and (node := Page(text(response), response.url).tree.css_first(LINK)):
        link = node.attributes.get("href")
    url = absolute(response.url, link)
    if url is None or not within(site, url):
        return None
    own = urlsplit(response.url)
    return urlsplit(url)._replace(scheme=own.scheme, netloc=own.netloc).geturl()


def at(root: str, route: str) -> str:
    """Return the address of a ``route`` of the API at ``root``; without permalinks the route is a parameter.

    >>> at("https://example.org/wp-json/", "wp/v2/posts?page=2")
    'https://example.org/wp-json/wp/v2/posts?page=2'
    >>> at("https://example.org/index.php?rest_route=/", "wp/v2/posts?page=2")
    'https://example.org/index.php?rest_route=/wp/v2/posts&page=2'
    """
    return root + (route.replace("?", "&", 1) if "?" in root else route)


def answers(response: Response) -> bool:
    """Return whether the API, or a plugin that guards it, answered: otherwise it is a page shown in its place."""
    return response.status in REFUSALS or JSON.match(response.body) is not None


def with_query(url: str, query: dict[str, str]) -> str:
    """Return ``url`` with the parameters of ``query`` added."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query, safe=',:')}"


def moment(response: Response) -> str:
    """Return the server's time in the form of `utc`; ours if it sends none, or one in the future."""
    try:
        date = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
        told = (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
        return min(told, now())
    except (ValueError, OverflowError):
        return now()


def total(response: Response) -> int:
    """Return how many posts the answer says there are; 0 if it does not say."""
    said = response.headers.get("X-WP-Total") or b""
    return int(said) if said.isdigit() and len(said) <= DIGITS else 0
