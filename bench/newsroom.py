"""News as another hand would make it: longer stories, the habits of newsrooms, and what must not be taken for a copy.

Where bench/news.py has a copy differ in one respect, an editor here does what editors do: rewrites the lead, the
headline, the style of most sentences, and often several at once.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from bench.news import News

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SLOT = re.compile(r"{(\w+)}")
CHOICE = re.compile(r"\[\[([^\[\]]*)\]\]")
NUMBERS = {"3": "ثلاثة", "4": "أربعة", "5": "خمسة", "6": "ستة", "7": "سبعة", "8": "ثمانية", "9": "تسعة", "20": "عشرين"}
SPELLINGS = {"أ": "ا", "إ": "ا", "ة": "ه", "ى": "ي"}
STYLED = 0.8
"""Sentences that an editor touches who edits the style."""


def archive(size: int, seed: int = 0) -> list[News]:
    """Return ``size`` documents, each copy somewhere after its original."""
    random = Random(seed)  # noqa: S311  (the same news every time is what is wanted)
    told: list[tuple[float, News]] = []
    texts: set[str] = set()
    while len(told) < size:
        made = random.choices(list(MAKERS), list(MAKERS.values()))[0](random)
        for news in (each for each in made if each.text not in texts):
            texts.add(news.text)
            place = float(len(told))
            original = replace(news, id=f"{len(told)}")
            told.append((place, original))
            for copy in _copies(random, original):
                told.append((random.uniform(place, size), copy))
    return [news for _, news in sorted(told, key=lambda placed: placed[0])][:size]


def fill(random: Random, pattern: str, names: dict[str, str] | None = None) -> str:
    """Return ``pattern`` with choices made and slots filled, by ``names`` first."""
    while "{" in pattern or "[[" in pattern:
        pattern = CHOICE.sub(lambda choice: random.choice(choice[1].split("|")), pattern)
        pattern = SLOT.sub(lambda slot: (names or {}).get(slot[1]) or value(random, slot[1]), pattern)
    return pattern


def value(random: Random, slot: str) -> str:
    """Return something to fill ``slot`` with."""
    match slot:
        case "n":
            return str(random.choice([random.randint(3, 30), random.randint(31, 999), random.randint(1000, 90000)]))
        case "date":
            return f"{random.randint(1, 28)} {random.choice(WORDS['words']['month'])} {random.randint(2011, 2025)}"
    return fill(random, random.choice(WORDS["words"][slot]))


# News


def story(random: Random) -> list[News]:
    """Return a story like no other, of 5 to 24 paragraphs."""
    return [_story(random, random.choice([5, 6, 7, 8, 10, 12, 16, 24]))]


def brief(random: Random) -> list[News]:
    """Return two briefs above the site's own words."""
    tail = random.sample(WORDS["boilerplate"], random.randint(1, 2))
    made = [_story(random, random.randint(1, 2), kind="brief") for _ in "ab"]
    return [replace(news, paragraphs=(*news.paragraphs, *tail)) for news in made]


def series(random: Random) -> list[News]:
    """Return some days of a series: all slots filled anew, or one alone."""
    name = random.choice(list(WORDS["series"]))
    patterns, slots = WORDS["series"][name]["text"], WORDS["series"][name]["slots"]
    series = {"S": value(random, "city")}
    days = [{slot: value(random, kind) for slot, kind in slots.items()}]
    for _ in range(random.randint(1, 5)):
        day = {slot: value(random, kind) for slot, kind in slots.items()}
        if random.random() < 0.5:
            one = random.choice(list(slots))
            day = {**days[-1], one: day[one]}
        if day not in days:
            days.append(day)
    filled = [tuple(fill(random, pattern, {**series, **day}) for pattern in patterns) for day in days]
    return [News(title, tuple(text), name) for title, *text in dict.fromkeys(filled)]


def sequel(random: Random) -> list[News]:
    """Return a story and what came after, each with half of the background."""
    first = _story(random, random.choice([6, 8, 10, 12]))
    half = len(first.paragraphs) // 2
    followers = []
    for _ in range(random.randint(1, 3)):
        news = _story(random, random.randint(max(2, half - 1), half + 3), kind="sequel")
        begin = random.randint(2, len(first.paragraphs) - half)
        followers.append(replace(news, paragraphs=news.paragraphs + first.paragraphs[begin : begin + half]))
    return [replace(first, kind="sequel"), *followers]


def topic(random: Random) -> list[News]:
    """Return stories about one matter at one place."""
    names = {name: value(random, name) for name in ("spot", "object", "event", "problem", "body", "people")}
    return [_story(random, random.randint(4, 12), names, "topic") for _ in range(random.randint(2, 4))]


def reports(random: Random) -> list[News]:
    """Return a story and one of the same words about other facts: every number, day and person is another."""
    names = {name: value(random, name) for name in ("spot", "object", "event", "problem", "body", "people", "official")}
    patterns = random.sample(WORDS["sentences"], random.randint(5, 9))
    patterns = [CHOICE.sub(lambda choice: random.choice(choice[1].split("|")), pattern) for pattern in patterns]
    title = fill(random, random.choice(WORDS["titles"]), names)
    texts = [tuple(f"{fill(random, pattern, names)}." for pattern in patterns) for _ in "ab"]
    return [News(title, text, "report") for text in texts]


MAKERS: dict[Callable[[Random], list[News]], int] = {story: 55, brief: 6, series: 12, sequel: 9, topic: 7, reports: 4}


def _story(random: Random, paragraphs: int, names: dict[str, str] | None = None, kind: str = "story") -> News:
    told = random.choices(WORDS["sentences"], k=3 * paragraphs)
    counts = [random.choice([1, 1, 2, 2, 3]) for _ in range(paragraphs)]
    text = tuple(" ".join(f"{fill(random, told.pop(), names)}." for _ in range(count)) for count in counts)
    return News(fill(random, random.choice(WORDS["titles"]), names), text, kind)


# Copies


def wire(random: Random, news: News) -> News:
    """Return it under another dateline, or with one."""
    first, *rest = news.paragraphs
    line = f"{value(random, 'city')} - {random.choice(WORDS['agencies'])}"
    if random.random() < 0.5:
        line = f"{value(random, 'city')} ({random.choice(WORDS['agencies'])})"
    return replace(news, paragraphs=(f"{line} - {first}", *rest))


def relined(random: Random, news: News) -> News:
    """Return it under a headline of the editor's own."""
    return replace(news, title=_headline(random, news))


def releaded(random: Random, news: News) -> News:
    """Return it under a lead that tells the same otherwise, or another side of it."""
    first, *rest = news.paragraphs
    return replace(news, paragraphs=(_other_lead(random, news), *rest))


def relined_and_releaded(random: Random, news: News) -> News:
    """Return it under another headline and another lead."""
    return relined(random, releaded(random, news))


def styled(random: Random, news: News) -> News:
    """Return it with most sentences edited, every fact as it was."""
    return replace(news, paragraphs=tuple(_each(random, paragraph) for paragraph in news.paragraphs))


def styled_and_relined(random: Random, news: News) -> News:
    """Return it edited throughout, under a title edited too."""
    return replace(styled(random, news), title=_style(random, news.title))


def styled_and_releaded(random: Random, news: News) -> News:
    """Return it edited throughout under another lead."""
    return styled(random, releaded(random, news))


def cut(random: Random, news: News) -> News:
    """Return it without one or two paragraphs, or without its end."""
    if random.random() < 0.3:
        return replace(news, paragraphs=news.paragraphs[: max(2, len(news.paragraphs) * 3 // 5)])
    gone = random.sample(range(len(news.paragraphs)), random.randint(1, max(1, len(news.paragraphs) // 4)))
    return replace(news, paragraphs=tuple(p for place, p in enumerate(news.paragraphs) if place not in gone))


def moved(random: Random, news: News) -> News:
    """Return it with paragraphs in another order, some run together."""
    first, *rest = news.paragraphs
    place = random.randrange(len(rest))
    rest = rest[place:] + rest[:place]
    return replace(news, paragraphs=(first, *rest[:-2], " ".join(rest[-2:])))


def enlarged(random: Random, news: News) -> News:
    """Return it with background of the desk's own."""
    more = [f"{text}." for text in random.sample(WORDS["style"]["background"], random.randint(1, 2))]
    return replace(news, paragraphs=(*news.paragraphs, *more))


def spelled(random: Random, news: News) -> News:
    """Return it as a desk spells that takes no care, numbers in words where they are short."""
    return replace(news, paragraphs=tuple(_spell(random, paragraph) for paragraph in news.paragraphs))


def desk(random: Random, news: News) -> News:
    """Return it as a desk passes it on: two of the other edits."""
    one, other = random.sample([wire, cut, enlarged, spelled, relined, styled, moved], 2)
    return other(random, one(random, news))


COPIES = [
    wire,
    relined,
    releaded,
    relined_and_releaded,
    styled,
    styled_and_relined,
    styled_and_releaded,
    cut,
    moved,
    enlarged,
    spelled,
    desk,
]
OF_SHORT = [wire, relined, styled, enlarged, spelled]


def _copies(random: Random, news: News) -> list[News]:
    kinds = COPIES if news.kind in ("story", "topic", "sequel") and len(news.paragraphs) >= 5 else OF_SHORT
    if news.kind == "sequel":
        kinds = [kind for kind in kinds if "lead" not in kind.__name__ and kind not in (cut, desk)]
    chosen = random.sample(kinds, random.choices([0, 1, 2], [60, 28, 12])[0])
    made = [
        replace(copy(random, news), id=f"{news.id}-{copy.__name__}", of=news.id, kind=copy.__name__) for copy in chosen
    ]
    return [copy for copy in made if copy.paragraphs != news.paragraphs or copy.title != news.title]


def _headline(random: Random, news: News) -> str:
    if random.random() < 0.5:
        return _style(random, news.title) + f" {random.choice(WORDS['style']['insertions'])}"
    words = news.paragraphs[0].split()
    return " ".join(words[: random.randint(6, 9)])


def _other_lead(random: Random, news: News) -> str:
    first = news.paragraphs[0].rstrip(".").split(". ")[0].split()
    if random.random() < 0.5:
        cut = len(first) // 2
        return " ".join(["في تطور جديد", *first[cut:], "وذلك بعد أن", *first[:cut]]) + "."
    return f"{fill(random, random.choice(WORDS['sentences']))}."


def _each(random: Random, paragraph: str) -> str:
    sentences = paragraph.rstrip(".").split(". ")
    return ". ".join(_style(random, s) if random.random() < STYLED else s for s in sentences) + "."


def _style(random: Random, sentence: str) -> str:
    words = f" {sentence} "
    pairs = [*WORDS["style"]["pairs"]]
    random.shuffle(pairs)
    changed = 0
    for one, other in pairs:
        for mine, theirs in ((one, other), (other, one)):
            if f" {mine} " in words and changed < 3:
                words = words.replace(f" {mine} ", f" {theirs} ", 1)
                changed += 1
                break
    words = words.strip()
    if not changed or random.random() < 0.25:
        place = random.randint(2, max(2, len(words.split()) - 2))
        parts = words.split()
        words = " ".join([*parts[:place], random.choice(WORDS["style"]["insertions"]), *parts[place:]])
    if random.random() < 0.1:
        words = f"{random.choice(WORDS['style']['openers'])} {words}"
    return words


def _spell(random: Random, text: str) -> str:
    words = [NUMBERS.get(word, word) for word in text.split()]
    return "".join(SPELLINGS.get(x, x) if random.random() < 0.4 else x for x in " ".join(words))
