"""The reason to end a crawl whose first request failed."""

from http import HTTPStatus
from shlex import quote
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from furat.exceptions import OffSite, Stop, Unreachable
from furat.frontier.reasons import words
from furat.frontier.requests import is_moved_for_good
from furat.urls import anonymous

CLOSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def unreachable(failure: Failure) -> Stop:
    """Return the reason to end a crawl whose first request failed."""
    if isinstance(failure.value, Stop):
        return failure.value
    url = failure.request.url  # type: ignore[attr-defined]
    if isinstance(failure.value, OffSite) and (move := _move(failure.request, failure.value.site)):  # type: ignore[attr-defined]
        return Unreachable(move)
    if isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, HttpError):
        return Unreachable(f"{url} may not be crawled: {failure.value}")
    if isinstance(failure.value, HttpError) and failure.value.response.status in CLOSED:
        return Unreachable(_closed(failure.value.response))
    return Unreachable(f"{url} can't be reached: {words(failure.value)}; check the address and the network, try later")


def _closed(response: Response) -> str:
    """Return what a door that is closed asks for (RFC 9110, sections 15.5.2 and 15.5.4)."""
    assert response.request
    if response.status == HTTPStatus.FORBIDDEN:
        cure = "ask its owner to allow the user agent, of which FURAT_CONTACT is a part"
        return f"{response.url} does not let Furat in (HTTP 403); {cure}"
    if b"Authorization" in response.request.headers:
        return f"{response.url} does not take the user and the password of sites.toml (HTTP 401); correct them there"
    return f"{response.url} asks for a user and a password (HTTP 401); write both into its table of sites.toml"


def _move(request: Request, site: str) -> str | None:
    """Return the cure if permanent redirects lead from the ``site`` to another one; None if none do."""
    if not is_moved_for_good(request):
        return None
    asked, new = request.meta["redirect_urls"][0], urlsplit(anonymous(request.url))
    below, path = _segments(asked)[len(_segments(site)) :], _segments(request.url)
    if below and path[-len(below) :] == below:  # the redirect keeps what is below the home page
        path = path[: -len(below)]
    there = new._replace(path="".join(f"/{part}" for part in path) + "/", query="", fragment="").geturl()
    cure = f"if the newsroom has moved there, run `scrapy move {site} {quote(there)}`, then crawl that address"
    return f"{site} redirects to {there} for good; {cure}"


def _segments(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part]
