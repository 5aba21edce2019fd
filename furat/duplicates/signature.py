"""What the index remembers of an article: its words, each as one character."""

import re
from itertools import pairwise
from zlib import crc32

from furat.arabic.facts import fact, is_before_place
from furat.arabic.text import fold

# Not inside 3.5, not after the single letter that abbreviates a name.
# `[…]+` in two pieces: what a pattern begins with is found ten times as fast where it is one character.
SENTENCE_END = re.compile(r"[.!?؟…\n][.!?؟…\n]*(?<!\b\w\.)(?!(?<=\.)\w)")
END = "q"
"""A word that stands for the end of a sentence: folding leaves it alone, and Arabic news does without it."""

# Unicode's planes hold the kinds of words apart: 1 to 14 words, 15 words before a place, 16 facts.
WORDS, BEFORE_PLACES, FACTS = 0x10000, 0xF0000, 0x100000
PLANE = 0xFFFF
FACT = re.compile("[\U00100000-\U0010ffff]")
FACT_BYTE = re.compile(b"\xf4")
"""How facts, and nothing else, begin in UTF-8."""

WIDTH = 4
"""Bytes that a word takes in UTF-8."""

PLACE = re.compile("[\U000f0000-\U000fffff][\U00010000-\U000effff]")

RUN, RUNS, BEGINNING = 5, 8, 60
"""Words in a run, runs that stand for an article, words among which they are found: for texts of a sentence or two."""

FEW = 6
"""Sentences up to which a text needs runs: of more, a copy has some as they were."""

PLACES = [slice(WIDTH * place, WIDTH * (place + RUN)) for place in range(BEGINNING - RUN + 1)]
"""Where the runs are, in bytes."""

REMEMBERED = 32768
"""Words whose characters are kept in memory; then it begins anew."""

OWN = 5
"""Words that make a sentence somebody's own; shorter ones are alike by chance."""


def words(title: str, text: str) -> list[str]:
    """Return the folded words of ``title`` and ``text``, with a word of its own where a sentence ends.

    A new line ends a sentence too.

    >>> words("رسالة", "كتب م. العلي 3.5 سطور. ثم نام!")
    ['رساله', 'q', 'كتب', 'م', 'العلي', '3', '5', 'سطور', 'q', 'ثم', 'نام', 'q']
    """
    return fold(f" {END} ".join([" ".join(SENTENCE_END.split(title)), *SENTENCE_END.split(text)])).split()


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text`` as they are told apart, without their stops.

    >>> sentences("كتب م. العلي 3.5 سطور. ثم نام!")
    ['كتب م. العلي 3.5 سطور', 'ثم نام']
    """
    return [sentence for part in SENTENCE_END.split(text) if (sentence := part.strip())]


def sign(words: list[str]) -> str:
    r"""Return the signature of an article's words: its title and its sentences, a line each, a character a word.

    Equal words are equal characters, and the words can't be read back. A text of
    characters answers what a text of words would, at four bytes a word.

    >>> lines = sign(words("خبر", "وصل 5 أشخاص. وصل 7 أشخاص.")).split("\n")
    >>> [len(line) for line in lines], lines[1] == lines[2], mask(lines[1]) == mask(lines[2])
    ([1, 3, 3], False, True)
    """
    title, *lines = "".join(map(_CHARACTERS.__getitem__, words)).split("\n")
    return PLACE.sub(_place, "\n".join([title, *filter(None, lines)]))


def mask(sentence: str) -> str:
    """Return the skeleton of a signed sentence: all facts are alike."""
    return FACT.sub("#", sentence)


def line_keys(signature: str) -> dict[int, tuple[str, ...]]:
    """Return the lines of ``signature``, each alone and each with its neighbour, by their hashes of 32 bits.

    Archives repeat sentences, but seldom two in a row.
    """
    lines, data = signature.split("\n"), signature.encode().split(b"\n")
    hashes = [*map(crc32, data)]
    alone = {one: (line,) for one, line in zip(hashes, lines, strict=True) if len(line) >= OWN}
    return alone | dict(zip(map(crc32, data[1:], hashes), pairwise(lines), strict=True))


def run_keys(signature: str) -> list[int]:
    """Return the eight smallest hashes among those of the runs of five words in the text's beginning.

    A bottom-k sketch (Cohen and Kaplan, 2007, doi:10.1145/1281100.1281133): texts that
    share runs share small ones. Runs with facts come first: they alone tell a bulletin
    from its series.
    """
    _, *lines = signature.encode().split(b"\n")
    if len(lines) > FEW:
        return []
    data = b"".join(lines)
    runs = [*map(crc32, map(data.__getitem__, PLACES[: max(0, len(data) // WIDTH - RUN + 1)]))]
    telling: set[int] = set()
    for found in FACT_BYTE.finditer(data, 0, WIDTH * BEGINNING):
        place = found.start() // WIDTH
        telling.update(runs[max(0, place - RUN + 1) : place + 1])
    return [*sorted(telling), *sorted({*runs} - telling)][:RUNS]


def _place(word: re.Match[str]) -> str:
    return word[0][0] + chr(FACTS + ord(word[0][1]) % PLANE)


class _Characters(dict[str, str]):
    """The characters of words: the same few thousand make most of the news."""

    def __missing__(self, word: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = character = _character(word)
        return character


def _character(word: str) -> str:
    if word == END:
        return "\n"
    known = fact(word)
    if known is not None:
        return chr(FACTS + _number(known) % PLANE)
    if is_before_place(word):
        return chr(BEFORE_PLACES + _number(word) % PLANE)
    return chr(WORDS + _number(word) % (BEFORE_PLACES - WORDS))


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


_CHARACTERS = _Characters()
