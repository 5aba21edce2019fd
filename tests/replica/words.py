"""The words of the replica: titles that can be traced back to their post, and sentences of local news."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TypeVar
from urllib.parse import quote

T = TypeVar("T")

FIRST_NUMBER = 11
NUMBERS = 89
"""11 to 99: the numbers that take their noun in the singular."""


def _vocabulary() -> dict[str, list[str]]:
    """Return the lists of words.txt; a name that stands on several lines has the words of all."""
    words: dict[str, list[str]] = {"number": [str(FIRST_NUMBER + number) for number in range(NUMBERS)]}
    for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
        name, is_list, values = line.partition(" = ")
        if is_list:
            words.setdefault(name, []).extend(values.split(" | "))
    return words


WORDS = _vocabulary()
WORK, THINGS, PLACES = WORDS["work"], WORDS["thing"], WORDS["place"]
TEMPLATES = [
    (re.sub(r"{\w+}", "%s", text), [WORDS[name] for name in re.findall(r"{(\w+)}", text)]) for text in WORDS["sentence"]
]
TITLES = len(WORK) * len(THINGS) * len(PLACES) * NUMBERS
STEP = 1_000_003
"""Prime to TITLES, so that neighbours get titles that lie far apart and none comes twice."""

TAILS = (
    "",
    " صباح الخميس",
    " بعد أسبوع من الأمطار",
    ": التفاصيل الكاملة",
    " بحسب «مصادر محلية»",
    "… والأهالي يرحبون",
    " – تقرير مصور",
    " خلال الشهر الماضي",
    " بمشاركة متطوعين",
    " بعد توقف دام سنة",
)

PUNCTUATION = re.compile(r"[^\w\s-]")
LETTERS = re.compile(r"(?:[^%]|%[cd]\w%\w\w|%e\w(?:%\w\w){2})*")
"""Whole letters, escaped: of one, two and three bytes."""


class Writer:
    """Draws the text of one post, always the same for the same seed and index.

    >>> Writer(1, 7, "body").sentence() == Writer(1, 7, "body").sentence()
    True
    """

    def __init__(self, seed: int, index: int, part: str) -> None:
        self._random = Random(f"{seed}/{index}/{part}").random  # noqa: S311 - the same text every time, no secret

    def __getitem__(self, name: str) -> str:
        """Return a word for the place ``name`` in a sentence."""
        return self.pick(WORDS[name])

    def pick(self, words: Sequence[T]) -> T:
        """Return one of ``words``."""
        return words[int(self._random() * len(words))]

    def number(self) -> int:
        """Return a number from 11 to 99."""
        return FIRST_NUMBER + int(self._random() * NUMBERS)

    def sentence(self) -> str:
        """Return a sentence."""
        template, choices = self.pick(TEMPLATES)
        return template % tuple([self.pick(words) for words in choices])

    def text(self, sentences: int = 3) -> str:
        """Return a paragraph of so many sentences."""
        return " ".join(self.sentence() for _ in range(sentences))


def title(seed: int, index: int) -> str:
    """Return the title of a post, without its tail: no two posts of a seed share one.

    >>> title(1, 5) == title(1, 6)
    False
    """
    code, work = divmod((index * STEP + seed * 7919) % TITLES, len(WORK))
    code, thing = divmod(code, len(THINGS))
    number, place = divmod(code, len(PLACES))
    return f"{WORK[work]} {FIRST_NUMBER + number} {THINGS[thing]} في {PLACES[place]}"


def find(seed: int, slug: str) -> int | None:
    """Return the index of the post whose title ``slug`` begins with, or None.

    >>> find(1, slugify(title(1, 4321) + "، والتفاصيل"))
    4321
    """
    work, number, thing, _, *place = (*slug.split("-", 6), *[""] * 6)
    try:
        code = NUMBER_OF[number] * len(PLACES) + (NUMBER_OF.get(f"{place[0]}-{place[1]}") or NUMBER_OF[place[0]])
        code = (code * len(THINGS) + NUMBER_OF[thing]) * len(WORK) + NUMBER_OF[work]
    except KeyError:
        return None
    return (code - seed * 7919) * pow(STEP, -1, TITLES) % TITLES


def slugify(text: str, suffix: str = "") -> str:
    """Return the slug of a title as WordPress makes it: lower-case escapes, cut at 200 bytes between letters.

    >>> slugify("خبر: عاجل!")
    '%d8%ae%d8%a8%d8%b1-%d8%b9%d8%a7%d8%ac%d9%84'
    """
    slug = "-".join(_escape(word) for word in PUNCTUATION.sub("", text.lower()).split())
    whole = LETTERS.match(slug[: 200 - len(suffix)])
    return f"{whole[0] if whole else ''}{suffix}"


@lru_cache(maxsize=4096)
def _escape(word: str) -> str:
    return quote(word).lower()


NUMBER_OF = {
    slugify(word): number for words in (WORK, THINGS, PLACES, WORDS["number"]) for number, word in enumerate(words)
}
"""Where each word of a slug stands in its list; no word stands in two."""
