"""Runs Scrapy at the time of the day that a file says: `python -m tests.support.dial FILE WORDS…`."""

import sys
from datetime import time
from pathlib import Path

from scrapy.cmdline import execute

from furat.downloader import politeness

if __name__ == "__main__":
    dial = Path(sys.argv.pop(1))
    vars(politeness)["time_of_day"] = lambda: time.fromisoformat(dial.read_text("ascii"))
    execute()
