"""Arabic news made to measure: articles, their copies, and stories that only look alike."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SLOTS: dict[str, list[str]] = WORDS["slots"]
SLOT = re.compile(r"{(\w+)}")
MARKS = [*[""] * 6, "\N{ARABIC FATHA}", "\N{ARABIC KASRA}", "\N{ARABIC TATWEEL}"]
LONG = 4
"""Paragraphs of which one can go and the rest is still the article."""


@dataclass(frozen=True)
class News:
    """One document and what a reader would say of it."""

    title: str
    paragraphs: tuple[str, ...]
    kind: str
    of: str | None = None
    id: str = ""

    @property
    def text(self) -> str:
        """The paragraphs, a blank line between them."""
        return "\n\n".join(self.paragraphs)


def archive(size: int, seed: int = 0) -> list[News]:
    """Return ``size`` documents: plain news, stories that only look alike, and copies, each after its original."""
    random = Random(seed)  # noqa: S311  (the same news every time is what is wanted)
    told: list[News] = []
    while len(told) < size:
        told += random.choices(list(MAKERS), list(MAKERS.values()))[0](random)
    told = [replace(news, id=str(number)) for number, news in enumerate(told)]
    places = {news.id: float(number) for number, news in enumerate(told)}
    copies = [copy for news in told for copy in _copies(random, news)]
    places |= {copy.id: random.uniform(places[copy.of or ""], size) for copy in copies}
    return sorted([*told, *copies], key=lambda news: places[news.id])[:size]


def fill(random: Random, pattern: str, names: dict[str, str] | None = None) -> str:
    """Return ``pattern`` with each slot filled: by ``names``, else by chance."""
    return SLOT.sub(lambda slot: (names or {}).get(slot[1]) or _value(random, slot[1]), pattern)


# News


def plain(random: Random) -> list[News]:
    """Return an article like no other."""
    paragraphs = tuple(_paragraph(random) for _ in range(random.randint(3, 9)))
    return [News(fill(random, random.choice(WORDS["titles"])), paragraphs, "plain")]


def bulletins(random: Random) -> list[News]:
    """Return some days of a series: the same words, other facts."""
    place = random.choice(["{place}", _value(random, "place")])
    series = [pattern.replace("{place}", place) for pattern in random.choice(WORDS["bulletins"])]
    return [_bulletin(random, series) for _ in range(random.randint(2, 6))]


def sequels(random: Random) -> list[News]:
    """Return a story and others that repeat its background under a beginning of their own."""
    first = plain(random)[0]
    background = first.paragraphs[1:][-random.randint(2, 3) :]
    return [replace(first, kind="story"), *(_sequel(random, background) for _ in range(random.randint(1, 3)))]


def one_topic(random: Random) -> list[News]:
    """Return stories about the same matter at the same place."""
    names = {name: random.choice(SLOTS[name]) for name in ("place", "what", "who", "act", "why")}
    return [_narrow(random, names) for _ in range(random.randint(2, 4))]


def shorts(random: Random) -> list[News]:
    """Return two items of a sentence or two above the site's own words."""
    tail = random.sample(WORDS["boilerplate"], random.randint(1, 2))
    return [News(fill(random, random.choice(WORDS["titles"])), (_paragraph(random, 2), *tail), "short") for _ in "ab"]


MAKERS: dict[Callable[[Random], list[News]], int] = {plain: 60, bulletins: 8, sequels: 8, one_topic: 6, shorts: 6}
"""What there is and how often."""


def _value(random: Random, slot: str) -> str:
    match slot:
        case "date":
            return f"{random.randint(1, 28)} {random.choice(SLOTS['month'])} {_value(random, 'year')}"
        case "year":
            return str(random.randint(2008, 2024))
        case "n":
            return str(random.randint(2, 990))
    return random.choice(SLOTS[slot])


def _paragraph(random: Random, most: int = 3, names: dict[str, str] | None = None) -> str:
    patterns = random.sample(WORDS["sentences"], random.randint(1, most))
    return " ".join(f"{fill(random, pattern, names)}." for pattern in patterns)


def _bulletin(random: Random, series: list[str]) -> News:
    today = {slot: _value(random, slot) for slot in ("day", "date", "place")}
    title, *sentences = (fill(random, pattern, today) for pattern in series)
    return News(title, tuple(f"{sentence}." for sentence in sentences), "bulletin")


def _sequel(random: Random, background: tuple[str, ...]) -> News:
    news = plain(random)[0]
    return replace(news, paragraphs=news.paragraphs[: random.randint(2, 4)] + background, kind="sequel")


def _narrow(random: Random, names: dict[str, str]) -> News:
    paragraphs = tuple(_paragraph(random, names=names) for _ in range(random.randint(3, 7)))
    return News(fill(random, random.choice(WORDS["titles"]), names), paragraphs, "topic")


# Copies


def exact(random: Random, news: News) -> News:
    """Return the same text under another title."""
    return replace(news, title=fill(random, random.choice(WORDS["titles"])))


def respelled(random: Random, news: News) -> News:
    """Return the same text with other marks, other forms of hamza, ta marbuta and alef maqsura."""
    return replace(news, paragraphs=tuple(_respell(random, paragraph) for paragraph in news.paragraphs))


def headed(random: Random, news: News) -> News:
    """Return what an agency made of it."""
    first, *rest = news.paragraphs
    return replace(news, paragraphs=(f"{random.choice(WORDS['agencies'])} - {_value(random, 'place')}: {first}", *rest))


def footed(random: Random, news: News) -> News:
    """Return it with a source or with the site's own words below."""
    footer = random.choice([*WORDS["boilerplate"], f"المصدر: {random.choice(WORDS['agencies'])}"])
    return replace(news, paragraphs=(*news.paragraphs, footer))


def edited(random: Random, news: News) -> News:
    """Return it with one or two sentences reworded, lengthened or shortened."""
    paragraphs = [paragraph.split(". ") for paragraph in news.paragraphs]
    places = [(i, j) for i, sentences in enumerate(paragraphs) for j in range(len(sentences))]
    for i, j in random.sample(places, min(len(places), random.randint(1, 2))):
        paragraphs[i][j] = random.choice([_reword, _lengthen, _shorten])(random, paragraphs[i][j])
    return replace(news, paragraphs=tuple(". ".join(sentences) for sentences in paragraphs))


def lengthened(random: Random, news: News) -> News:
    """Return it with one paragraph more."""
    place = random.randint(1, len(news.paragraphs))
    return replace(news, paragraphs=(*news.paragraphs[:place], _paragraph(random), *news.paragraphs[place:]))


def reordered(random: Random, news: News) -> News:
    """Return it with two paragraphs in each other's place."""
    first, second = random.choice(list(pairwise(range(len(news.paragraphs)))))
    order = [{first: second, second: first}.get(place, place) for place in range(len(news.paragraphs))]
    return replace(news, paragraphs=tuple(news.paragraphs[place] for place in order))


def shortened(random: Random, news: News) -> News:
    """Return it with one paragraph less."""
    gone = random.randrange(len(news.paragraphs))
    return replace(news, paragraphs=news.paragraphs[:gone] + news.paragraphs[gone + 1 :])


def led(random: Random, news: News) -> News:
    """Return it under another lead."""
    return replace(news, paragraphs=(_paragraph(random), *news.paragraphs[1:]))


def halved(_: Random, news: News) -> News:
    """Return its first half."""
    return replace(news, paragraphs=news.paragraphs[: (len(news.paragraphs) + 1) // 2])


OF_ANY = [exact, respelled, headed, footed, edited, lengthened, reordered]
OF_LONG = [*OF_ANY, shortened, led, halved]


def _copies(random: Random, news: News) -> list[News]:
    # A bulletin without its first sentences is nobody's.
    kinds = OF_ANY if news.kind == "bulletin" or len(news.paragraphs) < LONG else OF_LONG
    chosen = random.sample(kinds, random.choices([0, 1, 2], [65, 25, 10])[0])
    return [
        replace(copy(random, news), id=f"{news.id}-{copy.__name__}", of=news.id, kind=copy.__name__) for copy in chosen
    ]


def _respell(random: Random, text: str) -> str:
    spellings: dict[str, str] = WORDS["spellings"]
    return "".join(random.choice(spellings.get(letter, letter)) + random.choice(MARKS) for letter in text)


def _reword(_: Random, sentence: str) -> str:
    return " ".join(WORDS["synonyms"].get(word, word) for word in sentence.split())


def _lengthen(random: Random, sentence: str) -> str:
    return f"{sentence.rstrip('.')} {random.choice(SLOTS['how'])} حسب ما أفاد به شهود"


def _shorten(_: Random, sentence: str) -> str:
    return " ".join(sentence.split()[:-3])
