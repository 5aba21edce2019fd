"""Arabic text in one spelling: clean for the archive, fold for search."""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import combining, normalize

from furat.arabic.characters import BIDI, INVISIBLE, JOINS_LAST, JOINS_NEXT, MARKS, Folded, cleaned
from furat.arabic.codepage import HOLE_BYTE, INSIDE, Rewriter, decode, encode, one_space

ARABIC = re.compile(r"ar(?![a-z])", re.IGNORECASE)
LINK = re.compile(r"https?://\S*+", re.IGNORECASE)
ODD = re.compile(r"[^!-~]")
"""A link with such characters is kept as it is, apart from invisible characters."""

# The blocks in which Unicode keeps its emoji, without the angle brackets that NFC replaces.
_EMOJI = "©®‼⁉™ℹ←-⇿⌚-\u2328\u232b-⏿Ⓜ▪-◿☀-➿⤴⤵⬅-⭕〰〽㊗㊙\U0001f000-\U0001faff"
STRAY_JOINER = re.compile(rf"(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f)\u200d|\u200d(?![{_EMOJI}])")
STRAY_SELECTOR = re.compile(rf"(?<![{_EMOJI}])[\ufe0e\ufe0f](?!\u20e3)")

NON_JOINER = "\u200c"
_MARKS = "".join(map(chr, MARKS.changes))
NON_JOINERS = re.compile(rf"([{JOINS_NEXT}][{_MARKS}]*)?{NON_JOINER}([{_MARKS}{NON_JOINER}]*)(?=([{JOINS_LAST}])?)")

SPACES = re.compile(r"  +")
RUN = re.compile(b"  +")
MANY = 32
"""A text with a run of spaces in fewer characters than this has many."""
_UNSEEN = BIDI.changes | INVISIBLE.changes

SEATS = (("ي\u0654", "ئ"), ("\u0654", ""), ("ئو", "وو"), ("ىء ", "ي "))
"""Replacements for the seats of a hamza, which depend on the next letter; any other ئ becomes a ye."""

HAMZAS = re.compile("(?<!ء)ء++(?=و)")

_SEATS = tuple((encode(seat), encode(letters)) for seat, letters in SEATS)
_HAMZA, _WAW, _HAMZA_ABOVE = encode("ء"), encode("و"), encode("\u0654")
_HAMZAS = re.compile(b"(?<!%b)%b++(?=%b)" % (_HAMZA, _HAMZA, _WAW))
_BARE = bytes.maketrans(encode("ئى"), encode("يي"))

_SHADDA = encode("\u0651")
SHADDA_FIRST = re.compile(b"%b[%b]" % (_SHADDA, re.escape(encode("\u064b\u064c\u064d\u064e\u064f\u0650"))))
_COMPOSED = [
    (encode(mark), [(encode(letter + mark), encode(normalize("NFC", letter + mark))) for letter in letters])
    for mark, letters in (("\u0653", "ا"), ("\u0654", "اوي"), ("\u0655", "ا"))
]


def clean(text: str, language: str = "ar") -> str:
    """Return ``text`` as it is stored: one spelling, and nothing lost that a reader sees.

    Any text is taken, lone surrogates too, and ``clean(clean(text)) == clean(text)``.
    ``language`` is that of the page, as in `<html lang>`: in Arabic alone do Persian
    letters become Arabic, and joiners go that part nothing. Line breaks stay, and a blank line stays one
    blank line. The rules and their sources are in docs/ARABIC.md.

    >>> clean("حـمص\\u200f\\u00a0 ﻛﺘﺎب")
    'حمص كتاب'
    >>> clean("کتاب") == "كتاب", clean("کتاب", "fa") == "کتاب"
    (True, True)
    """
    rewriter = _ARABIC if language == "ar" or ARABIC.match(language) else _OTHER
    if "\r" in text or "\u2029" in text:
        text = text.replace("\r\n", "\n").replace("\u2029", "\n\n")
    data, held = _around_links(rewriter, text) if "://" in text else _written(rewriter, text)
    return normalize("NFC", decode(_normal(_spaced(data)), held))


tidy = lru_cache(maxsize=4096)(clean)
"""A cached `clean` for names, which repeat."""


def fold(text: str) -> str:
    """Return the key of ``text`` for search and duplicates: what is equal to a reader is equal.

    Any text is taken, and ``fold(fold(text)) == fold(text) == fold(clean(text))``. The key
    is one line of words without marks or punctuation; it is never stored as the text. The
    rules and their sources are in docs/ARABIC.md.

    >>> fold("الحُرِّيّة: ٣٫٥ BBC")
    'الحريه 3 5 bbc'
    >>> fold("شئون المسئولين") == fold("شؤون المسؤولين")
    True
    """
    if NON_JOINER in text:
        text = clean(text)  # which leaves those that show
    data, held = _FOLD.write(text)
    if any(combining(run[0]) for run in held):
        data, held = _FOLD.write(clean(text))  # the mark may make one character with what stands before it
    if held:
        return normalize("NFC", SPACES.sub(" ", _seated_around(f"{decode(data, held)} ")).strip(" "))
    return decode(_parted_by_one_space(_seated(data + b" ")), held)


def _around_links(rewriter: Rewriter, text: str) -> tuple[bytes, list[str]]:
    data: list[bytes] = []
    held: list[str] = []
    for place, piece in enumerate(_parted(text)):
        is_link = place % 2
        written, runs = (HOLE_BYTE, [piece.translate(_UNSEEN)]) if is_link else _written(rewriter, piece)
        data.append(written)
        held += runs
    return b"".join(data), held


def _parted(text: str) -> Iterator[str]:
    """Yield the text before the first odd link, that link, the text up to the second, and so on."""
    end = 0
    for link in LINK.finditer(text):
        if ODD.search(link[0]):
            yield text[end : link.start()]
            yield link[0]
            end = link.end()
    yield text[end:]


def _written(rewriter: Rewriter, text: str) -> tuple[bytes, list[str]]:
    data, held = rewriter.write(text)
    if NON_JOINER not in text or rewriter is _OTHER:
        return data, held
    return rewriter.write(NON_JOINERS.sub(_shown, decode(data, held)))


def _shown(joiner: re.Match[str]) -> str:
    left, marks, right = joiner.groups(default="")
    return f"{left}{NON_JOINER if left and right else ''}{marks.replace(NON_JOINER, '')}"


def _seated(data: bytes) -> bytes:
    for seat, letters in _SEATS if _HAMZA_ABOVE in data else _SEATS[-2:]:
        data = data.replace(seat, letters)
    if _HAMZA + _WAW in data:
        data = _HAMZAS.sub(lambda run: _WAW * len(run[0]), data)
    return data.translate(_BARE)


def _parted_by_one_space(data: bytes) -> bytes:
    # With few runs, as in most texts, the pattern is faster.
    if data.count(b"  ") * MANY > len(data):
        return b" ".join(data.split())
    return RUN.sub(b" ", data).strip(b" ")


def _seated_around(text: str) -> str:
    """The same for a text with characters outside the code page."""
    for seat, letters in SEATS:
        text = text.replace(seat, letters)
    return HAMZAS.sub(lambda run: "و" * len(run[0]), text).replace("ئ", "ي").replace("ى", "ي")


def _spaced(data: bytes) -> bytes:
    data = one_space(data)
    if b"\n" in data:
        data = b"\n".join([line.strip(b" ") for line in data.split(b"\n")])
        while b"\n\n\n" in data:
            data = data.replace(b"\n\n\n", b"\n\n")
    return data.strip(b" \n")


def _normal(data: bytes) -> bytes:
    # Does most of NFC's work on Arabic at a tenth of the cost.
    if _SHADDA in data:
        data = SHADDA_FIRST.sub(lambda pair: pair[0][::-1], data)
    for mark, pairs in _COMPOSED:
        if mark in data:
            for pair, letter in pairs:
                data = data.replace(pair, letter)
    return data


def _cleaner(*, arabic: bool) -> Rewriter:
    changes = cleaned(arabic=arabic)

    def resolve(run: str) -> str:
        run = STRAY_JOINER.sub("", run) if arabic else run
        return STRAY_SELECTOR.sub("", run).translate(changes)

    return Rewriter(f"clean-{arabic}", changes, resolve)


def _folder() -> Rewriter:
    changes = Folded()
    changes.rules |= {ord(seat): seat for seat in "ئ\u0654ى"}
    return Rewriter(
        "fold",
        {ord(character): changes[ord(character)] for character in INSIDE},
        lambda run: normalize("NFC", run).translate(changes),
    )


_ARABIC = _cleaner(arabic=True)
_OTHER = _cleaner(arabic=False)
_FOLD = _folder()
