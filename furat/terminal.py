"""What may reach a person's terminal."""

import re

RIGHT_TO_LEFT = "\u200f"
"""Tells a terminal that a line runs from right to left, whatever stands first in it (Unicode, UAX 9)."""

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""Controls, line breaks, marks of direction and halves of characters: they act on a terminal and are not seen."""


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with what is hidden in it written as JSON escapes; JSON stays the same JSON.

    >>> print(visible("خبر\x1b[31m \u202eتاريخ"))
    خبر\u001b[31m \u202eتاريخ
    """
    return HIDDEN.sub(lambda hidden: f"\\u{ord(hidden[0]):04x}", text)
