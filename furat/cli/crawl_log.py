"""The log of a crawl: short on a terminal, whole in a file, silent where all is well and nobody asked."""

import logging
import sys
from collections import deque

from scrapy.settings import BaseSettings

from furat.cli.ending import Ended
from furat.outcomes import ExitCode
from furat.terminal import neutralize_logs

SHORT = {"LOG_FORMAT": "%(asctime)s %(levelname)s %(message)s", "LOG_DATEFORMAT": "%H:%M:%S"}
"""The form of a line that a person reads as it comes."""

WHOLE = {"LOG_FORMAT": "%(asctime)s %(site)s %(levelname)s %(message)s", "LOG_DATEFORMAT": "%Y-%m-%dT%H:%M:%S%z"}
"""The form of a line that is read later, beside those of other sites."""

MOST = 500
"""Lines that are kept for the case that something goes wrong: the last ones."""

WELL = (ExitCode.COMPLETE, ExitCode.LOCKED)
"""Exit codes that are nobody's alarm: another crawl at work tells how it ended itself."""


def is_watched() -> bool:
    """Return whether a person may watch what goes to the standard error, which may be closed."""
    return sys.stderr is not None and sys.stderr.isatty()


def set_format(settings: BaseSettings, *, of_many: bool = False) -> None:
    """Let lines tell their day, zone and site, unless a person reads them at once; the operator's own form stays."""
    neutralize_logs()  # a record knows its site from now on
    is_read_now = is_watched() and not settings["LOG_FILE"] and not of_many
    for name, form in (SHORT if is_read_now else WHOLE).items():
        settings.set(name, form, "default")  # where nothing else is set: a higher priority stays


class KeptRecords(logging.Handler):
    """Keeps what is to be said only if something goes wrong."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
        self.lines: deque[str] = deque(maxlen=MOST)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))

    def tell(self, end: Ended) -> None:
        """Print what was kept, unless all is well, or went as planned."""
        if end.code not in WELL and not end.is_planned and sys.stderr is not None:
            print(*self.lines, sep="\n", file=sys.stderr)  # noqa: T201 (commands print)


def keep(settings: BaseSettings) -> KeptRecords:
    """Return what keeps the warnings and errors of this process from now on."""
    records = KeptRecords(settings)
    logging.getLogger().addHandler(records)
    return records
