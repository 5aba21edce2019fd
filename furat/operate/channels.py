"""Sends messages through Apprise, and pings to a healthchecks-style address. Their secrets reach no log."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from furat.exceptions import WrongUsage

TIMEOUT = 10
"""The most seconds to wait for an answer."""

LONGEST = 10_000
"""The most bytes of a message that a ping carries; healthchecks.io keeps as many."""

SCHEME = 20
"""The most letters of a service's name that are shown."""

TALKATIVE = ("apprise", "urllib3", "requests", "markdown", "MARKDOWN")
"""Loggers of libraries that log whole addresses."""


class Channel:
    """One address of FURAT_NOTIFY."""

    def __init__(self, address: str) -> None:
        """Take the address; Apprise reads it once there is something to send."""
        self._address = address
        self.key = sha256(address.encode()).hexdigest()[:16]
        """Identifies the address without its secrets."""

    def __str__(self) -> str:
        """Return the kind of address, such as `tgram`."""
        return self._address.partition(":")[0][:SCHEME]

    def send(self, title: str, body: str, *, is_good: bool) -> None:
        """Send a message; raise Unsent if it can't be sent."""
        with quiet():
            try:
                from apprise import Apprise  # noqa: PLC0415 (an extra, and slow to import)
            except ImportError:
                raise Unsent("FURAT_NOTIFY needs Apprise: pip install -r requirements-operate.txt") from None
            door = Apprise()
            if not door.add(self._address):
                raise Unsent("Apprise does not understand this address of FURAT_NOTIFY")
            kind = "success" if is_good else "failure"
            if not door.notify(title=title, body=body, notify_type=kind, body_format="text"):
                raise Unsent("it is tried again after the next crawl")


class Unsent(Exception):  # noqa: N818 (as Stop and Left are)
    """Raised when a message did not get there; it says why without what the address holds."""


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

    >>> reason(HTTPError("https://hc.example/SECRET", 404, "SECRET", None, None)), reason(Unsent("why"))
    ('HTTP 404', 'why')
    """
    match error:
        case HTTPError():
            return f"HTTP {error.code}"
        case WrongUsage():
            return error.reason
        case Unsent():
            return str(error)
    return type(error).__name__


@contextmanager
def quiet() -> Iterator[None]:
    """Keep libraries out of the log meanwhile: they write addresses with their secrets, and warnings of their own."""
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
