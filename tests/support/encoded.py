"""Runs Scrapy with a terminal of another encoding: `python -m tests.support.encoded ENCODING WORDS…`."""

import io
import sys

from scrapy.cmdline import execute

if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(encoding=sys.argv.pop(1))  # as PYTHONIOENCODING would have it
    execute()
