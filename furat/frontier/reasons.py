"""Why a request or an item failed, in words for an operator and as the archive stores it."""

import re

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from furat.exceptions import Left, Stop
from furat.outcomes import Outcome, Reason

WORDS: dict[type[BaseException], str] = {
    CannotResolveHostError: "the host name can't be resolved",
    DownloadFailedError: "the connection was lost",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer was cut off",
}

PLAIN = (CannotResolveHostError, DownloadConnectionRefusedError)
"""Errors whose own words say nothing more."""

PROGRAM = re.compile(r"\[?<[\w.]++(?: [\w.]++)? (?:object at|[^<>]*+)>\]?|\[<.*>\]", re.DOTALL)
"""How objects of a program print themselves: it tells an operator nothing."""

TLS = re.compile(r"\('SSL routines', '[^']*+', '([^']++)'\)")
"""What OpenSSL says of a connection that is not secure."""

ANOTHER_HOST = re.compile(r"\w++Mismatch\(")
"""How service_identity says that a certificate is another host's."""

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words(error: BaseException | None) -> str:
    """Return briefly why a request failed.

    >>> words(CannotResolveHostError("DNS lookup failed: no results")), words(DownloadConnectionRefusedError("111"))
    ("the host name can't be resolved", 'the connection was refused')
    >>> words(DownloadTimeoutError("60 s")), words(ValueError("no number")), words(BrokenPipeError())
    ('no answer in time (60 s)', 'no number', 'broken pipe error')
    >>> words(DownloadFailedError("[<Failure OpenSSL.SSL.Error: [('SSL routines', '', 'certificate verify failed')]>]"))
    'no secure connection (certificate verify failed)'
    """
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, Stop):
        return str(error.reason)
    if tls := _insecure(str(error)):
        return f"no secure connection ({tls})"
    detail = PROGRAM.sub("", str(error)).strip(" .")
    known = next((known for kind, known in WORDS.items() if isinstance(error, kind)), None)
    if known and detail and not isinstance(error, PLAIN):
        return f"{known} ({detail})"
    return known or detail or CAMEL.sub(" ", type(error).__name__).lower()


def _insecure(text: str) -> str:
    return "the certificate is of another host" if ANOTHER_HOST.search(text) else ", ".join(TLS.findall(text))


def reason_of(error: BaseException | None) -> Reason:
    """Return why a visit archived nothing.

    >>> print(reason_of(ValueError("no number")))
    failed: no number
    """
    if isinstance(error, Left):
        return Reason(error.outcome, str(error))
    return Reason(Outcome.FAILED, words(error))
