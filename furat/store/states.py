"""Decides when an article is in a new state, other than by a changed title or text."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson

from furat.arabic import clean, parse_date
from furat.items import Article, Image
from furat.store.known import origin

FACTS = ("url", "authors", "published", "modified", "categories", "tags", "images", "videos")
"""The fields of an article's state, besides title and text."""

READ = ("digest", "title", "text", "title_raw", "paragraphs_raw", "guessed")
"""The fields that follow from how a page is read: a state has others than its revision once it was read again."""

UNSAID = frozenset({"authors", "published", "modified", "categories"})
"""Fields that every WordPress post has: a page without them does not print them, which is no change."""

DATED = ("published_raw", "published_source")
"""Fields that belong to the date of publication."""

SIZE = re.compile(r"(?:-\d+x\d+|-scaled)(?=\.\w+$)")
"""What WordPress adds to the file name of a scaled picture (`image_make_intermediate_size`)."""

FORM = re.compile(
    r"w|h|width|height|size|resize|fit|crop|zoom|scale|dpr|quality|q|strip|lossy|webp|avif|format|fm|auto|compress|ssl"
    r"|ver|v|t|ts|_|itok"
)
"""Parameters that choose a size or format of a picture (developer.wordpress.com/docs/photon/api/), or bypass caches."""

MOMENT, DAY = timedelta(minutes=1), timedelta(days=1)


def reconciled(before: Article, after: Article) -> Article:
    """Return ``after`` with the fields of ``before`` that its page prints in another form, or not at all.

    Another theme, or another reading of the same page, is no new state of the article.

    >>> before = Article(id="1", url="https://example.org/a/", published="2024-07-25", tags=("حمص",))
    >>> after = Article(id="1", url="https://example.org/b/", published="2024-07-25T10:00:00+03:00")
    >>> changes(before, reconciled(before, after))
    {'url': 'https://example.org/b/', 'tags': ()}
    """
    kept = {fact: getattr(before, fact) for fact in FACTS if _is_same(fact, before, after)}
    return replace(after, **kept)


def changes(before: Article, after: Article) -> dict[str, Any]:
    """Return the fields of ``after`` that differ from ``before``, by name."""
    return {fact: getattr(after, fact) for fact in FACTS if getattr(before, fact) != getattr(after, fact)}


def rereading(before: Article, after: Article) -> dict[str, Any]:
    """Return the fields of ``after`` that were read in another way than those of ``before``, by name."""
    return {name: getattr(after, name) for name in READ if getattr(before, name) != getattr(after, name)}


def as_read(before: Article, after: Article) -> Article:
    """Return ``after`` with title and text as they were read in ``before``."""
    return replace(after, **{name: getattr(before, name) for name in READ})


def patch(before: Article, after: Article) -> str:
    """Return the changes that turn ``before`` into ``after``, and the visit that saw them, as JSON for `from_json`."""
    changed = changes(before, after) | rereading(before, after)
    beside = DATED if "published" in changed else ()
    return orjson.dumps(changed | {field: getattr(after, field) for field in (*beside, "seen", "crawl")}).decode()


def _is_same(fact: str, before: Article, after: Article) -> bool:
    old, new = getattr(before, fact), getattr(after, fact)
    if old == new or (fact in UNSAID and not new):
        return True
    if fact == "published" and _is_same_print(before, after):
        return True
    if fact == "images":
        return _are_same_pictures(old, new, is_same_origin=origin(before) == origin(after))
    return fact in SAME and bool(old) and SAME[fact](old, new)


def _is_same_print(before: Article, after: Article) -> bool:
    """Return whether the printed dates are the same, or relative ones («منذ ساعتين»), which change at each visit."""
    printed = [each.published_raw or "" for each in (before, after) if each.published_source == "visible"]
    return (len(printed) > 1 and printed[0] == printed[1]) or None in map(parse_date, printed)


def _is_same_moment(old: str, new: str) -> bool:
    if "T" in old and "T" in new:
        return abs(_aware(old) - _aware(new)) < MOMENT
    is_day = "T" not in old and "T" not in new
    return not is_day and abs(date.fromisoformat(old[:10]) - date.fromisoformat(new[:10])) <= DAY  # for zones' sake


def _aware(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone()


def _are_same_names(old: Iterable[str], new: Iterable[str]) -> bool:
    return set(map(clean, old)) == set(map(clean, new))


def _are_same_pictures(old: Iterable[Image], new: Iterable[Image], *, is_same_origin: bool) -> bool:
    """Return whether the pictures and their captions are the same.

    A page without any caption does not print them; pages and the API give captions in different forms.
    """
    captions = {_file(image): clean(image.caption or "") for image in old}
    told = {_file(image): clean(image.caption or "") for image in new}
    unsaid = () if is_same_origin and any(told.values()) else ("",)
    return captions.keys() == told.keys() and all(told[url] in (captions[url], *unsaid) for url in told)


def _file(image: Image) -> str:
    path, _, query = image.url.partition("?")
    named = urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if not FORM.fullmatch(pair[0])])
    return SIZE.sub("", path) + (f"?{named}" if named else "")


SAME: dict[str, Callable[[Any, Any], bool]] = {
    "authors": _are_same_names,
    "published": _is_same_moment,
    "modified": _is_same_moment,
    "categories": _are_same_names,
    "tags": _are_same_names,
}
