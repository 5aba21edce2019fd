"""The doors to whoever is told: Apprise's addresses, and a healthchecks-style one. Their secrets reach no log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from furat.exceptions import WrongUsage

if TYPE_CHECKING:
    from apprise import NotifyBase

TIMEOUT = 10
"""Seconds for one answer."""

LONGEST = 10_000
"""Bytes of a message that are sent along with a ping; healthchecks.io keeps as many."""

TALKATIVE = ("apprise", "urllib3", "requests", "markdown", "MARKDOWN")
"""Loggers of libraries that write whole addresses."""


class Channel:
    """One address of FURAT_NOTIFY."""

    def __init__(self, server: "NotifyBase") -> None:
        """Take what Apprise made of the address."""
        self._server = server
        address: str = server.url(privacy=False)  # type: ignore[no-untyped-call]
        self.key = sha256(address.encode()).hexdigest()[:16]
        """What tells it from others, without its secrets."""

    def __str__(self) -> str:
        return str(getattr(self._server, "service_name", None) or type(self._server).__name__)

    def send(self, title: str, body: str, *, is_good: bool) -> bool:
        """Return whether the message got there."""
        with quiet():
            kind = "success" if is_good else "failure"
            return bool(self._server.notify(title=title, body=body, notify_type=kind, body_format="text"))


def channels(addresses: str) -> list[Channel]:
    """Return the doors that FURAT_NOTIFY names; raise WrongUsage where Apprise is not there or knows none of them."""
    try:
        from apprise import Apprise  # noqa: PLC0415 (an extra, and slow to import: only where something is told)
    except ImportError:
        cure = "pip install -r requirements-operate.txt"
        raise WrongUsage(f"FURAT_NOTIFY needs Apprise: {cure}") from None
    with quiet():
        told = Apprise()
        is_known = told.add(addresses)
        servers = [*told]
    if not is_known:
        logging.getLogger(__name__).warning(
            "Apprise does not understand every address of FURAT_NOTIFY: see https://github.com/caronc/apprise"
        )
    return [Channel(server) for server in servers]


class NoRedirect(HTTPRedirectHandler):
    """Takes a ping nowhere else: its address is a secret."""

    def redirect_request(self, *words: object) -> None:
        """Return no request to follow."""


def ping(address: str, what: str = "", message: str = "") -> None:
    """Tell a healthchecks-style ``address`` ``what`` happened: `start`, an exit code, or nothing for success.

    Raises WrongUsage where it is no web address, OSError where it does not answer as it should.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongUsage("FURAT_PING is not a web address; write it like https://hc-ping.com/UUID")
    path = f"{parts.path.rstrip('/')}/{what}".rstrip("/")
    body = message.encode()[:LONGEST]
    request = Request(urlunsplit(parts._replace(path=path, fragment="")), data=body, method="POST")  # noqa: S310
    with build_opener(NoRedirect).open(request, timeout=TIMEOUT) as answer:
        answer.read(LONGEST)


def reason(error: Exception) -> str:
    """Return why telling failed, without what the address holds.

    >>> reason(HTTPError("https://hc.example/SECRET", 404, "SECRET", None, None))
    'HTTP 404'
    """
    return f"HTTP {error.code}" if isinstance(error, HTTPError) else type(error).__name__


FAILURES = (OSError, ValueError, HTTPException)
"""What a door raises that is shut."""


@contextmanager
def quiet() -> Iterator[None]:
    """Keep libraries that write addresses with their secrets out of the log meanwhile."""
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
