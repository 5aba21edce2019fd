"""Whether two titles are the same."""

from collections.abc import Iterable
from functools import lru_cache

from furat.arabic import fold

PLACEHOLDERS = frozenset({"untitled", "(untitled)", "(no title)", "بدون عنوان", "(بدون عنوان)", "بلا عنوان"})
"""What themes print where a post has no title, in lower case."""


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


def most_shared(printed: str, titles: Iterable[frozenset[str]]) -> int:
    """Return how many words ``printed`` shares with the one of ``titles`` that is most like it."""
    own = words(printed)
    return max((len(own & title) for title in titles), default=0)
