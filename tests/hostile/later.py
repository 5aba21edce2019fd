"""Runs Scrapy at another hour of Furat's clock: `python -m tests.hostile.later HOURS WORDS…`."""

import sys
from datetime import datetime, timedelta, tzinfo
from typing import Self

from scrapy.cmdline import execute

from furat import clock


def _at(ahead: timedelta) -> type[datetime]:
    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            moment = datetime.now(tz) + ahead
            return cls.fromisoformat(moment.isoformat())

    return Later


if __name__ == "__main__":
    vars(clock)["datetime"] = _at(timedelta(hours=float(sys.argv.pop(1))))
    execute()
