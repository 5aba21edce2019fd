"""Measures how well the fields read from a site's pages agree with its feed or API."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from furat.items import Article
from furat.profile.lesson import Lesson, moment, plain
from furat.profile.profile import ASKED, Agreement

HELD, MOST_WORDS_MORE = 0.9, 0.25
WORD = re.compile(r"\w+")


def agreements(pairs: Iterable[tuple[Lesson, Article]]) -> tuple[Agreement, ...]:
    """Return, for each field, on how many posts the articles agree with their lessons."""
    asked: Counter[str] = Counter()
    agrees: Counter[str] = Counter()
    for lesson, article in pairs:
        for field, judge in JUDGES.items():
            verdict = judge(lesson, article)
            asked[field] += verdict is not None
            agrees[field] += bool(verdict)
    return tuple(Agreement(field, agrees[field], asked[field]) for field in JUDGES)


def _title(lesson: Lesson, article: Article) -> bool | None:
    said = plain(lesson.truth.title)
    return plain(article.title_raw) == said if said else None


def _text(lesson: Lesson, article: Article) -> bool | None:
    """Return whether the whole text of the feed or API is there, and little more; None if that has only an excerpt."""
    told = Counter(word for block in lesson.told for word in WORD.findall(block))
    found = Counter(word for block in article.paragraphs_raw for word in WORD.findall(plain(block)))
    shared, length = sum((told & found).values()), sum(told.values())
    more = sum(found.values()) - shared
    return shared >= HELD * length and more <= MOST_WORDS_MORE * length + ASKED if told else None


def _authors(lesson: Lesson, article: Article) -> bool | None:
    said = set(map(plain, lesson.truth.authors))
    return set(map(plain, article.authors)) == said if said else None


def _published(lesson: Lesson, article: Article) -> bool | None:
    return _is_same(article.published, lesson.truth.published)


def _modified(lesson: Lesson, article: Article) -> bool | None:
    return _is_same(article.modified, lesson.truth.modified)


def _day(lesson: Lesson, article: Article) -> bool | None:
    told = lesson.truth.published
    if told is None:
        return None
    days = {(told + timedelta(hours=hours)).date().isoformat() for hours in (-12, 0, 14)}
    return (article.published or "")[:10] in days


def _categories(lesson: Lesson, article: Article) -> bool | None:
    truth, found = lesson.truth, set(map(plain, article.categories))
    if truth.categories is not None:
        return found == set(map(plain, truth.categories))
    terms = [*map(plain, truth.terms)]
    return bool(found) and terms[0] in found and found <= {*terms} if terms else None


def _tags(lesson: Lesson, article: Article) -> bool | None:
    truth, found = lesson.truth, set(map(plain, article.tags))
    if truth.tags is not None:
        return found == set(map(plain, truth.tags))
    rest = set(map(plain, truth.terms)) - set(map(plain, article.categories))
    return found == rest if truth.terms else None


def _is_same(printed: str | None, told: datetime | None) -> bool | None:
    if told is None:
        return None
    found = moment(printed)
    return found is not None and abs(found - told) < timedelta(minutes=1)


JUDGES: Mapping[str, Callable[[Lesson, Article], bool | None]] = {
    "title": _title,
    "text": _text,
    "authors": _authors,
    "published": _published,
    "day": _day,
    "modified": _modified,
    "categories": _categories,
    "tags": _tags,
}
