"""The signature of an article: one character per word, a line per sentence."""

import re
from zlib import crc32

from furat.arabic.facts import fact, is_before_place
from furat.arabic.people import AGENCIES, BEFORE_NAMES, is_given_name
from furat.arabic.style import is_style
from furat.arabic.text import fold

# Not inside 3.5, not after the single letter that abbreviates a name.
# `[…]+` in two pieces: what a pattern begins with is found ten times as fast where it is one character.
SENTENCE_END = re.compile(r"[.!?؟…\n][.!?؟…\n]*(?<!\b\w\.)(?!(?<=\.)\w)")
END = "q"
LEAD_END = "qq"
"""Words that stand for the end of a sentence, and of the first paragraph: folding leaves them alone, and Arabic news
does without them."""

OTHERS, DEFINITE, STYLE, AGENCY, NAMES, BEFORE, FACTS = 0x10000, 0x60000, 0xB0000, 0xB4000, 0xB8000, 0xBC000, 0xC0000
"""Where in Unicode the kinds of words begin: words without an article and words with it, words of style, agencies,
given names, words before a place or a name, facts. The rest of the code counts on nothing but these beginnings."""

LAST = 0x110000

KNOWN = "[\U000b8000-\U000bbfff\U000c0000-\U0010ffff]"
FACT = re.compile(
    f"{KNOWN}|(?<=[\U000bc000-\U000bffff])[\U00010000-\U000affff]|(?<=[\U000b8000-\U000bbfff])[\U00060000-\U000affff]"
)
"""A number, a day, a place, a given name; and what is likely to be one: the word after «بلدة» or «الشيخ», and «الحمد»
after «أحمد»."""

STYLED = re.compile("[\U000b0000-\U000b3fff]")
"""A word of style."""

DATELINE = re.compile("\\A([^\n]*\n)[^\n]{0,4}[\U000b4000-\U000b7fff]+")
"""The dateline before the lead: agency and place, which are not facts of the story."""

REMEMBERED = 32768
"""The most words cached; then the cache is cleared."""


def spelled(title: str, text: str) -> str:
    """Return ``title`` and ``text`` folded into one line, with markers at the ends of sentences and of the lead.

    A new line ends a sentence too, and the first one the lead.

    >>> spelled("رسالة", "كتب م. العلي 3.5 سطور!\\nثم نام.")
    'رساله q كتب م العلي 3 5 سطور q q qq q ثم نام q'
    """
    lead, _, rest = text.lstrip().partition("\n")
    parts = [" ".join(SENTENCE_END.split(title)), *SENTENCE_END.split(lead), LEAD_END, *SENTENCE_END.split(rest)]
    return fold(f" {END} ".join(parts))


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text`` without their final punctuation.

    >>> sentences("كتب م. العلي 3.5 سطور. ثم نام!")
    ['كتب م. العلي 3.5 سطور', 'ثم نام']
    """
    return [sentence for part in SENTENCE_END.split(text) if (sentence := part.strip())]


def signature(title: str, text: str) -> str:
    """Return the signature of an article: what `sign` makes of it."""
    return sign(spelled(title, text))


def sign(line: str) -> str:
    r"""Return the signature of what `spelled` wrote: title and sentences, a line each, a character a word.

    An empty line stands below the lead. Equal words are equal characters, and the words can't be read back. A text of
    characters answers what a text of words would, at four bytes a word.

    >>> lines = signature("خبر", "وصل 5 أشخاص. وصل 7 أشخاص.").split("\n")
    >>> [len(line) for line in lines], lines[1] == lines[2], mask(lines[1]) == mask(lines[2])
    ([1, 3, 3, 0], False, True)
    """
    told, _, rest = "".join(map(_CHARACTERS.__getitem__, line.split())).partition("\f")
    title, *lead = DATELINE.sub(r"\1", told).split("\n")
    return "\n".join([title, *filter(None, lead), "", *filter(None, rest.split("\n"))])


def parts(signature: str) -> tuple[str, list[str], list[str]]:
    """Return the title of a signature, the sentences of its lead, and those below."""
    told, _, rest = f"{signature}\n".partition("\n\n")
    title, *lead = told.split("\n")
    return title, lead, rest.split("\n")[:-1]


def mask(sentence: str) -> str:
    """Return the skeleton of a signed sentence: every fact becomes `#`."""
    return FACT.sub("#", sentence)


class _Characters(dict[str, str]):
    """A cache of the characters of words."""

    def __missing__(self, word: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = character = _character(word)
        return character


def _character(word: str) -> str:
    if word == END:
        return "\n"
    if word == LEAD_END:
        return "\f"
    known = fact(word)
    start, end = _kind(word) if known is None else (FACTS, LAST)
    return chr(start + crc32((known or word).encode("utf-8", "surrogatepass")) % (end - start))


def _kind(word: str) -> tuple[int, int]:
    if is_given_name(word):
        return NAMES, BEFORE
    if word in BEFORE_NAMES or is_before_place(word):
        return BEFORE, FACTS
    if word in AGENCIES:
        return AGENCY, NAMES
    if is_style(word):
        return STYLE, AGENCY
    return (DEFINITE, STYLE) if word.startswith("ال") else (OTHERS, DEFINITE)


_CHARACTERS = _Characters()
