"""News as another hand would make it: longer stories, series of all sorts, and what must not be taken for a copy."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from bench.news import News

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("newsroom.toml").read_text(encoding="utf-8"))
SLOT = re.compile(r"{(\w+)}")
CHOICE = re.compile(r"\[\[([^\[\]]*)\]\]")
EITHER = (True, False)


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
    return [one_story(random, random.choice([5, 6, 7, 8, 10, 12, 16, 24]))]


def brief(random: Random) -> list[News]:
    """Return two briefs above the site's own words."""
    tail = random.sample(WORDS["boilerplate"], random.randint(1, 2))
    made = [one_story(random, random.randint(1, 2), kind="brief") for _ in "ab"]
    return [replace(news, paragraphs=(*news.paragraphs, *tail)) for news in made]


def series(random: Random) -> list[News]:
    """Return some days of a series: all slots filled anew, or one alone."""
    name = random.choice(list(WORDS["series"]))
    patterns, slots = WORDS["series"][name]["text"], WORDS["series"][name]["slots"]
    series = {"S": value(random, "city")}
    days = [{slot: value(random, kind) for slot, kind in slots.items()}]
    for _ in range(random.randint(1, 5)):
        day = {slot: value(random, kind) for slot, kind in slots.items()}
        if random.choice(EITHER):
            one = random.choice(list(slots))
            day = {**days[-1], one: day[one]}
        if day not in days:
            days.append(day)
    filled = [tuple(fill(random, pattern, {**series, **day}) for pattern in patterns) for day in days]
    return [News(title, tuple(text), name) for title, *text in dict.fromkeys(filled)]


def sequel(random: Random) -> list[News]:
    """Return a story and what came after, each with half of the background."""
    first = one_story(random, random.choice([6, 8, 10, 12]))
    half = len(first.paragraphs) // 2
    followers = []
    for _ in range(random.randint(1, 3)):
        news = one_story(random, random.randint(max(2, half - 1), half + 3), kind="sequel")
        begin = random.randint(2, len(first.paragraphs) - half)
        followers.append(replace(news, paragraphs=news.paragraphs + first.paragraphs[begin : begin + half]))
    return [replace(first, kind="sequel"), *followers]


def topic(random: Random) -> list[News]:
    """Return stories about one matter at one place."""
    names = {name: value(random, name) for name in ("spot", "object", "event", "problem", "body", "people")}
    return [one_story(random, random.randint(4, 12), names, "topic") for _ in range(random.randint(2, 4))]


def reports(random: Random) -> list[News]:
    """Return a story and one of the same words about other facts: every number, day and person is another."""
    names = {name: value(random, name) for name in ("spot", "object", "event", "problem", "body", "people", "official")}
    patterns = random.sample(WORDS["sentences"], random.randint(5, 9))
    patterns = [CHOICE.sub(lambda choice: random.choice(choice[1].split("|")), pattern) for pattern in patterns]
    title = fill(random, random.choice(WORDS["titles"]), names)
    texts = [tuple(f"{fill(random, pattern, names)}." for pattern in patterns) for _ in "ab"]
    return [News(title, text, "report") for text in texts]


MAKERS: dict[Callable[[Random], list[News]], int] = {story: 55, brief: 6, series: 12, sequel: 9, topic: 7, reports: 4}


def one_story(random: Random, paragraphs: int, names: dict[str, str] | None = None, kind: str = "story") -> News:
    """Return a story of so many paragraphs."""
    told = random.choices(WORDS["sentences"], k=3 * paragraphs)
    counts = [random.choice([1, 1, 2, 2, 3]) for _ in range(paragraphs)]
    text = tuple(" ".join(f"{fill(random, told.pop(), names)}." for _ in range(count)) for count in counts)
    return News(fill(random, random.choice(WORDS["titles"]), names), text, kind)
