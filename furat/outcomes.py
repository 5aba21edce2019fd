"""How visits and crawls end. The archive stores these values, so one that is in use must never be renamed."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Outcome(StrEnum):
    """How the last visit of an address ended if it archived nothing."""

    DUPLICATE = "duplicate"
    """Another address of the same crawl led to the same article."""

    FAILED = "failed"
    """The site answered with an error, or not at all."""

    FORGOTTEN = "forgotten"
    """The operator had the article forgotten: it is not requested any more."""

    GONE = "gone"
    """The site says that there is nothing at the address."""

    INCOMPLETE = "incomplete"
    """The page was cut off, empty or unreadable."""

    NOT_ARTICLE = "not_article"
    """WordPress says that the page is a static page, an attachment or a listing, not an article."""

    OUT_OF_RANGE = "out_of_range"
    """The article was published outside the days that were asked for."""

    PROTECTED = "protected"
    """The article asks for a password."""

    QUARANTINED = "quarantined"
    """The page lacks fields that the site's articles have, and is not believed yet."""

    WAIVED = "waived"
    """The operator waived the visit: the page stays unavailable."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit archived nothing.

    >>> print(Reason(Outcome.FAILED, "HTTP 500"), Reason(Outcome.OUT_OF_RANGE), sep="; ")
    failed: HTTP 500; out of range
    """

    outcome: Outcome
    detail: str = ""
    """What was seen, in words for a person: no program parses it."""

    def __str__(self) -> str:
        label = self.outcome.replace("_", " ")
        return f"{label}: {self.detail}" if self.detail else label


class ExitCode(IntEnum):
    """The exit codes of a crawl; commands that only read use the same numbers."""

    COMPLETE = 0
    CRASHED = 1
    USAGE = 2
    INCOMPLETE = 3
    LOCKED = 4
    NOT_UNDERSTOOD = 5


class Ending(StrEnum):
    """Why a crawl ended."""

    FINISHED = "finished"
    CRASHED = "crashed"
    STOPPED = "stopped"
    """The operator stopped it."""

    WRONG_USAGE = "wrong_usage"
    UNREACHABLE = "unreachable"
    THROTTLED = "throttled"
    CHALLENGED = "challenged"
    BUDGET_SPENT = "budget_spent"
    LOCKED = "locked"
    NOT_UNDERSTOOD = "not_understood"
    UNWRITABLE = "unwritable"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    WINDOW_CLOSED = "window_closed"
    """The hours in which the site may be asked were over: as the operator planned it."""

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of a crawl that ended this way; a finished one may still be incomplete."""
        return EXIT_CODES.get(self, ExitCode.INCOMPLETE)


EXIT_CODES = {
    Ending.FINISHED: ExitCode.COMPLETE,
    Ending.CRASHED: ExitCode.CRASHED,
    Ending.DAMAGED: ExitCode.CRASHED,
    Ending.WRONG_USAGE: ExitCode.USAGE,
    Ending.TOO_NEW: ExitCode.USAGE,
    Ending.LOCKED: ExitCode.LOCKED,
    Ending.NOT_UNDERSTOOD: ExitCode.NOT_UNDERSTOOD,
}
