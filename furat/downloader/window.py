"""The hours of the day in which a site may be asked."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Self

from scrapy.exceptions import UsageError

FORM = re.compile(r"(\d\d:\d\d(?::\d\d)?)-(\d\d:\d\d(?::\d\d)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Window:
    """From one time of the day to another, which may be on the next day; all day where both are the same."""

    begins: time = time()
    ends: time = time()

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the window that ``text`` says, all day where it is empty; raise UsageError if it says none.

        >>> Window.of("22:30-05:00").ends
        datetime.time(5, 0)
        """
        if not text:
            return cls()
        found = FORM.fullmatch(text)
        try:
            return cls(*map(time.fromisoformat, found.groups() if found else [""]))
        except ValueError:
            cure = "write it like FURAT_WINDOW=01:00-05:00"
            raise UsageError(f"FURAT_WINDOW={text} is no part of a day; {cure}", print_help=False) from None

    def is_open(self, moment: time) -> bool:
        """Return whether ``moment`` lies in the window; its end does not.

        >>> [Window.of("22:00-05:00").is_open(time(hour)) for hour in (21, 22, 4, 5)]
        [False, True, True, False]
        """
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends or self.begins == self.ends
        return moment >= self.begins or moment < self.ends
