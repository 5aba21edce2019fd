"""A code page for Arabic news, and rewriting at the speed of bytes.

Python's ways to replace single characters (`str.translate`, `re.sub`) are slow on Arabic:
20–80 MB/s before anything else is done. Here a text is written one byte a character,
rewritten by `bytes.translate`, and read back. What the page has no byte for (emoji, other
scripts) is held aside meanwhile and put back in its place.
"""

import re
from codecs import charmap_build, charmap_decode, charmap_encode, register_error
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain, zip_longest
from typing import cast

HOLE, HOLE_BYTE = "\0", b"\0"
"""Stands for what is held aside; NULs of the text itself are removed first."""

_PLAIN = {0, *range(0x09, 0x0E), *range(0x20, 0x7F)}
"""Characters whose byte equals their code: the hole, tab, line breaks, ASCII."""

_SPANS = (
    (0x621, 0x63A),  # letters
    (0x640, 0x655),  # tatweel, letters, harakat
    (0x660, 0x66D),  # digits and their signs
    (0x6F0, 0x6F9),  # Persian digits
    (0x2000, 0x200C),  # spaces, zero-width marks
    (0x200E, 0x200F),  # bidi marks
    (0x2028, 0x2028),  # line separator
    (0x202A, 0x202F),  # bidi embeddings, a narrow space
    (0x2066, 0x2069),  # bidi isolates
)
_SINGLES = (
    "\u0670\u061c\ufeff\u00ad\u2060\u0085\u00a0\u1680\u205f\u3000"  # marks and spaces
    "،؛؟«»–—‘’“”…•°·×€²½№éپچژگکیٱھہەںےٹڈڑڤڨڭێۆۇڵڕ"
)
_OTHERS = iter([*(chr(code) for first, last in _SPANS for code in range(first, last + 1)), *_SINGLES])

# In Python's charmap codecs U+FFFE marks a byte without a character.
_PAGE = "".join(chr(byte) if byte in _PLAIN else next(_OTHERS, "\ufffe") for byte in range(256))
_ENCODING = charmap_build(_PAGE)
INSIDE = _PAGE.rstrip("\ufffe")
_OUTSIDE = re.compile(f"[^{re.escape(INSIDE)}]+")


class Rewriter:
    """Rewrites texts by a table of characters.

    ``changes`` maps a character of the page to another one or to none.
    ``resolve`` does the same for a run of characters outside the page.
    """

    def __init__(self, name: str, changes: Mapping[int, str], resolve: Callable[[str], str]) -> None:
        becomes = {byte: changes.get(ord(character), character) for byte, character in enumerate(INSIDE) if byte}
        self.gone = bytes(byte for byte, to in becomes.items() if not to)
        self.table = bytes(encode(becomes.get(byte) or HOLE)[0] for byte in range(256))
        self.resolve = resolve
        self.look_up = lru_cache(maxsize=4096)(self._look_up)
        self.errors = f"furat.arabic.{name}"
        register_error(self.errors, cast("Callable[[UnicodeError], tuple[str, int]]", self._rescue))

    def write(self, text: str) -> tuple[bytes, list[str]]:
        """Return ``text`` rewritten, in bytes of the page, and the runs that are held aside."""
        carrier = _Carrier(text.replace(HOLE, ""))
        carrier.held = []
        return charmap_encode(carrier, self.errors, _ENCODING)[0].translate(self.table, self.gone), carrier.held

    def _rescue(self, error: UnicodeEncodeError) -> tuple[str, int]:
        start, end, text = error.start, error.end, error.object
        run, fits = self.look_up(text[start:end])
        if fits:
            return run, end
        cast("_Carrier", text).held.append(run)
        return HOLE, end

    def _look_up(self, run: str) -> tuple[str, bool]:
        resolved = self.resolve(run)
        return resolved, not _OUTSIDE.search(resolved)


class _Carrier(str):
    """A text that carries what is held aside while it is encoded: an error handler is given nothing else."""

    __slots__ = ("held",)
    held: list[str]


def encode(text: str) -> bytes:
    """Return ``text`` in bytes of the page; all its characters must be on the page."""
    return charmap_encode(text, "strict", _ENCODING)[0]


def decode(data: bytes, held: list[str]) -> str:
    """Return the text of ``data`` with what was held aside in its place."""
    text = charmap_decode(data, "strict", _PAGE)[0]
    return "".join(chain.from_iterable(zip_longest(text.split(HOLE), held, fillvalue=""))) if held else text


def one_space(data: bytes) -> bytes:
    """Return ``data`` with one space for every run of them."""
    while (shorter := data.replace(b"  ", b" ")) != data:
        data = shorter
    return data
