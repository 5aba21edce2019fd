"""Makes text from outside safe for a terminal and for the log."""

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import TextIOWrapper
from traceback import format_exception
from typing import Any

RIGHT_TO_LEFT = "\u200f"
"""Right-to-left mark: makes a terminal show a line from right to left, whatever its first letter is (UAX 9)."""

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
"""Control characters, line breaks, direction marks, lone surrogates: a terminal acts on them without showing them."""


ESCAPED = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])++")
"""What an address has for letters that are not ASCII."""

QUERY = re.compile(r"(\?[^\s?]{80})[^\s);]++")
"""The query of an address that is longer than a person reads, such as the API's with the names of all fields."""

NO_LETTER = re.compile("[\udc80-\udcff]")
"""A byte that is no part of a letter, as Python has it (PEP 383)."""

SITE = ContextVar("site", default="")
"""The name of the site that is crawled, if one process crawls several."""


def readable(text: str) -> str:
    """Return ``text`` with the letters of its addresses instead of their escapes, where these are UTF-8.

    >>> readable("https://example.org/%d8%ad%d9%85%d8%b5/?a=%20%ff")
    'https://example.org/حمص/?a=%20%ff'
    """
    return ESCAPED.sub(_unescaped, text)


def _unescaped(escaped: re.Match[str]) -> str:
    letters = bytes.fromhex(escaped[0].replace("%", "")).decode(errors="surrogateescape")
    return NO_LETTER.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02x}", letters)


def brief(text: str) -> str:
    """Return ``text`` with its addresses as a person reads them: in letters, and without the rest of a long query.

    >>> brief("HTTP 403 from https://example.org/?fields=" + 50 * "id," + "; ask its owner")[-20:]
    'id,i…; ask its owner'
    """
    return QUERY.sub(r"\1…", readable(text))


def several(number: int, noun: str) -> str:
    """Return how many of what a ``noun`` names there are, the noun as English has it.

    >>> several(1, "WARC record"), several(0, "archive"), several(1000, "article")
    ('1 WARC record', '0 archives', '1000 articles')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


@contextmanager
def reader_may_stop() -> Iterator[None]:
    """End the context in silence if whoever reads the output has stopped, such as `head`.

    As the note on SIGPIPE says: https://docs.python.org/3/library/signal.html.
    """
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with hidden characters written as JSON escapes; JSON keeps its meaning.

    >>> print(visible("خبر\x1b[31m \u202eتاريخ"))
    خبر\u001b[31m \u202eتاريخ
    """
    return HIDDEN.sub(_escaped, text)


def _escaped(hidden: re.Match[str]) -> str:
    halves = hidden[0].encode("utf-16-be", "surrogatepass")  # as JSON has it (RFC 8259, section 7)
    return "".join(f"\\u{halves[at : at + 2].hex()}" for at in range(0, len(halves), 2))


class VisibleRecord(logging.LogRecord):
    """A log record with its hidden characters escaped, so that text from a site can't forge another record.

    A traceback has its own lines, but none of them begins as a record does.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.site = SITE.get() or "-"
        if self.exc_info and self.exc_info[1]:
            lines = "".join(format_exception(self.exc_info[1])).splitlines()
            self.exc_text = "\n".join(f"    {visible(line)}" for line in lines)

    def getMessage(self) -> str:  # noqa: N802 (its name there)
        """Return the message on one line, its addresses as a person reads them."""
        return visible(brief(super().getMessage()))


def neutralize_logs() -> None:
    """Make every log of this process use `VisibleRecord`."""
    logging.setLogRecordFactory(VisibleRecord)


def show_what_can_be_shown() -> None:
    """Write letters that the terminal's encoding lacks as escapes, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
