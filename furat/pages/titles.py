"""Whether two titles are the same."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from urllib.parse import unquote, urlsplit

from furat.arabic import fold

PLACEHOLDERS = frozenset({"untitled", "(untitled)", "(no title)", "بدون عنوان", "(بدون عنوان)", "بلا عنوان"})
"""What themes print where a post has no title, in lower case."""


SITE = re.compile(r"\s+[-–—|»•·:]\s+")
"""What parts the title of an article from the site's name in the head."""

MOST_PARTS = 9
"""The most of these that a site's name has."""

TELLING = 3
"""Words from which on an address tells a title: fewer may be a section's or a file's."""


@lru_cache(maxsize=32)  # each title of a page is compared with several others
def words(title: str) -> frozenset[str]:
    """Return the words of a title, folded."""
    return frozenset(fold(title).split())


def agree(heading: str, said: str) -> bool:
    """Return whether two titles are one, but for spelling, an end that is cut off or the site's name.

    >>> agree("أزمة مياه في حمص", "أزمه مياه في حمص - فرات بوست"), agree("أزمة مياه في حمص", "فرات بوست")
    (True, False)
    """
    one, other = words(heading), words(said)
    shared, fewer = len(one & other), min(len(one), len(other))
    return 0 < shared == fewer or (shared > 1 and 2 * shared >= fewer)


def without_label(heading: str, said: Sequence[str], parts: Callable[[], Iterable[str]]) -> str:
    """Return a printed ``heading`` without the one of its ``parts`` that is no part of what the page's data call it.

    Where they part words that touch in the markup alone, it is as they write it.

    >>> without_label("خاص أزمة مياه", ["أزمة مياه"], lambda: ["خاص"]), without_label("أزمة مياه", ["أزمة"], lambda: [])
    ('أزمة مياه', 'أزمة مياه')
    """
    for title in said:
        is_within = len(title) < len(heading) and (heading.endswith(title) or heading.startswith(title))
        if title and is_within and heading.replace(title, "", 1).strip(" ") in parts():
            return title
    return _parted(heading, said, parts)


def _parted(heading: str, said: Iterable[str], parts: Callable[[], Iterable[str]]) -> str:
    """Return ``heading`` as it is ``said`` where that parts more words, unless it is written in one piece.

    >>> _parted("أزمةمياه", ["أزمة مياه"], lambda: ["مياه"]), _parted("وقال", ["و قال"], lambda: [])
    ('أزمة مياه', 'وقال')
    """
    letters = "".join(heading.split())
    same = (one for one in said if "".join(one.split()) == letters)
    parted = max((heading, *same), key=lambda one: len(one.split()))
    is_joined = parted != heading and any(part not in {"", heading} for part in parts())
    return parted if is_joined else heading


def named_by(url: str) -> Iterator[str]:
    """Yield the title that an address gives: WordPress names a post by the words of its title.

    >>> [*named_by("https://example.org/a/%D8%A3%D8%B2%D9%85%D8%A9-%D9%85%D9%8A%D8%A7%D9%87-%D9%81%D9%8A-%D8%AD%D9%85%D8%B5/")]
    ['أزمة مياه في حمص']
    """
    named = re.split(r"[-_]+", unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]))
    if len(named) >= TELLING:
        yield " ".join(named)


def _is_before_site(title: str, said: str) -> bool:
    """Return whether ``said`` is ``title``, and a name behind it.

    >>> _is_before_site("أزمة مياه", "أزمة مياه - فرات بوست"), _is_before_site("أزمة", "أزمة مياه - فرات بوست")
    (True, False)
    """
    return said.startswith(title) and SITE.match(said, len(title)) is not None


class Titles:
    """Weighs what the head of a page calls its article: `og:title` (https://ogp.me/) and `title`."""

    def __init__(self, meta: Mapping[str, Sequence[str]], title: str, sites: Iterable[str] = ()) -> None:
        """Take the names of the site that the page's other data give as ``sites``."""
        self.said = [*meta.get("og:title", ())[:1], *filter(None, [title])]
        self.sites = frozenset(map(fold, (*meta.get("og:site_name", ()), *sites)))

    def decide(self, heading: str, headlines: Sequence[str], *, is_post: bool) -> str:
        """Return the title; empty where the article has none.

        Where nothing prints it, the JSON-LD's ``headlines`` tell, or what the head repeats: WordPress puts the
        site's name alone into `title` where a post has no title of its own.
        """
        if heading and (heading.lower() not in PLACEHOLDERS or any(heading in said for said in self.said)):
            return heading
        headline = next(iter(headlines), "")
        if headline and headline.lower() not in PLACEHOLDERS:
            return headline
        return self._repeated if is_post else self._without_site(next(iter(self.said), ""))

    @cached_property
    def own(self) -> list[str]:
        """What they may say without the site's name, the likeliest first."""
        own = [max(SITE.split(said), key=len) for said in self.said]
        for said in self.said:
            own += (said, *(said[: found.start()] for found in [*SITE.finditer(said)][-MOST_PARTS:]))
        return [title for title in own if fold(title) not in self.sites]

    @cached_property
    def _repeated(self) -> str:
        """What both titles of the head say, or what one says before the site's name."""
        own = [self._without_site(said) for said in self.said]
        told = [
            title
            for title, said in zip(own, self.said, strict=True)
            if title != said or len({*own}) < len(own) or any(_is_before_site(title, other) for other in self.said)
        ]
        title = next(iter(told), "")
        return "" if fold(title) in self.sites or title.lower() in PLACEHOLDERS else title

    def _without_site(self, said: str) -> str:
        for found in reversed([*SITE.finditer(said)][-MOST_PARTS:]):
            if fold(said[found.end() :]) in self.sites:
                return said[: found.start()]
        return said
