"""Text that is safe to normalize: runs of combining marks of any length take the square of it."""

import re
from unicodedata import combining

MOST = 30
"""The most marks in a row that any language needs (https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format)."""

RUN = re.compile(rf"[^\w\s]{{{MOST + 1},}}")


def bounded(text: str) -> str:
    """Return ``text`` with no more than MOST combining marks in a row.

    >>> len(bounded("ب" + "\\u064b" * 1_000))
    31
    """
    if text.isascii() or not any(map(combining, text[MOST :: MOST + 1])):  # a longer run holds one of these places
        return text
    return RUN.sub(lambda run: _bounded(run[0]), text)


def _bounded(run: str) -> str:
    kept, marks = [], 0
    for character in run:
        marks = marks + 1 if combining(character) else 0
        if marks <= MOST:
            kept.append(character)
    return "".join(kept)
