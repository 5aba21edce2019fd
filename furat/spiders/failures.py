"""The reason to end a crawl whose first request failed."""

from http import HTTPStatus

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from furat.exceptions import Stop, Unreachable
from furat.frontier.reasons import words

CLOSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def unreachable(failure: Failure) -> Stop:
    """Return the reason to end a crawl whose first request failed."""
    if isinstance(failure.value, Stop):
        return failure.value
    url = failure.request.url  # type: ignore[attr-defined]
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
