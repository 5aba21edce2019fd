"""Why a request or an item failed, in words for an operator and as the archive stores it."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from furat.exceptions import Left
from furat.outcomes import Outcome, Reason

WORDS: dict[type[BaseException], str] = {
    CannotResolveHostError: "the host name can't be resolved",
    DownloadFailedError: "the connection was lost",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer was cut off",
}


def words(error: BaseException | None) -> str:
    """Return briefly why a request failed.

    >>> words(DownloadTimeoutError("60 s")), words(ValueError("no number"))
    ('no answer in time (60 s)', 'no number')
    """
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    detail = str(error).rstrip(".")
    known = next((known for kind, known in WORDS.items() if isinstance(error, kind)), None)
    if known and detail:
        return f"{known} ({detail})"
    return known or detail or repr(error)


def reason_of(error: BaseException | None) -> Reason:
    """Return why a visit archived nothing.

    >>> print(reason_of(ValueError("no number")))
    failed: no number
    """
    if isinstance(error, Left):
        return Reason(error.outcome, str(error))
    return Reason(Outcome.FAILED, words(error))
