"""What is true of each post of the site, and where a crawl's record differs from it."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]
"""One line of a feed."""

INVISIBLE = re.compile("[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Tatweel, marks of direction and marks without width: no reader misses them."""


@dataclass(frozen=True)
class Post:
    """One post as the editor wrote it; moments are ISO 8601 with the site's offset at that moment."""

    post_id: int
    url: str
    title: str
    authors: list[str]
    published: str
    modified: str
    categories: list[str]
    tags: list[str]
    sections: list[str]
    """Its categories and all that are above them: their listings show it too."""

    required: list[str]
    """The text of each block that is the body, in reading order."""

    optional: list[str]
    """The text of captions, embeds and links to other articles, which a record may hold or leave."""

    pages: int
    why: str | None
    """Why no archive may hold it; None for a published post."""


class Difference(NamedTuple):
    """One field of one record that is not as it must be."""

    post_id: int
    field: str
    wanted: object
    got: object


def read(path: Path) -> list[Post]:
    """Return the posts of truth.jsonl or hidden.jsonl."""
    return [Post(**json.loads(line)) for line in path.read_text().splitlines()]


def plain(text: str) -> str:
    """Return ``text`` as a reader sees it, in one line.

    >>> plain("الميــادين:\\n  خبر")
    'الميادين: خبر'
    """
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def words(text: str) -> list[str]:
    """Return the words of ``text``, without its punctuation, which WordPress dresses up.

    >>> words('قال: "نعم"...')
    ['قال', 'نعم']
    """
    return re.findall(r"\w+", plain(text))


def first_lost(text: str, blocks: Iterable[str]) -> str | None:
    """Return the first of ``blocks`` whose words do not follow those of the ones before it in ``text``.

    >>> first_lost("قال: نعم، ثم مضى", ["قال نعم", "مضى"])
    >>> first_lost("ثم مضى، قال: نعم", ["قال نعم", "مضى"])
    'مضى'
    """
    left = iter(words(text))
    return next((block for block in blocks if not all(word in left for word in words(block))), None)


def differences(posts: list[Post], records: list[Record]) -> list[Difference]:
    """Return where ``records`` are not exactly ``posts``, each once."""
    found: dict[int, list[Record]] = {post.post_id: [] for post in posts}
    for record in records:
        found.setdefault(record["post_id"], []).append(record)
    wanted = Counter(post.post_id for post in posts)
    counts = [
        Difference(key, "records", wanted[key], len(got)) for key, got in found.items() if len(got) != wanted[key]
    ]
    seconds = Counter(post.published for post in posts)
    fields = (_fields(post, record, seconds[post.published] > 1) for post in posts for record in found[post.post_id])
    return [*counts, *chain.from_iterable(fields)]


def _fields(post: Post, record: Record, is_tied: bool) -> Iterator[Difference]:
    for field in ("url", "title", "authors", "published", "modified", "categories", "tags"):
        if not _is_right(post, field, record[field]):
            yield Difference(post.post_id, field, getattr(post, field), record[field])
    if not _are_sections(record["sections"], post.sections, is_tied):
        yield Difference(post.post_id, "sections", post.sections, record["sections"])
    if lost := first_lost(record["text"], post.required):
        yield Difference(post.post_id, "text", lost, record["text"])
    if strange := Counter(words(record["text"])) - Counter(words(" ".join(post.required + post.optional))):
        yield Difference(post.post_id, "text", "no words of others", list(strange))


def _is_right(post: Post, field: str, got: Any) -> bool:
    match field:
        case "title":  # where a post has none, a theme may print a word of its own
            return not post.title or plain(got) == plain(post.title)
        case "published":
            return _is_instant(got, post.published)
        case "modified":  # most themes do not print it
            return got is None or _is_instant(got, post.modified)
        case "categories" | "tags":
            return sorted(got) == sorted(getattr(post, field))
        case _:
            return bool(got == getattr(post, field))


def _are_sections(got: list[str], wanted: list[str], is_tied: bool) -> bool:
    # Posts of one second have no order: between two pages WordPress may show one of them twice and the other never.
    return set(got) <= set(wanted) if is_tied and got else sorted(got) == sorted(wanted)


def _is_instant(got: str | None, wanted: str) -> bool:
    return got is not None and datetime.fromisoformat(got) == datetime.fromisoformat(wanted)
