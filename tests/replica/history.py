"""When the posts of a replica come, change and go: indexes and moments, and not a word of what they say."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .plan import ROUND, TRAPS, Members

DAMASCUS = ZoneInfo("Asia/Damascus")
BEGIN = datetime(2016, 1, 4, 6, tzinfo=UTC)
END = datetime(2025, 6, 30, 6, tzinfo=UTC)
FIRST_ID = 1000
ID_STEP = 3
"""Between two posts WordPress numbers pictures and revisions."""


@dataclass(slots=True)
class Changes:
    """What has become of a site since it was described; empty at first."""

    count: int = 0
    """How often something happened."""

    added: int = 0
    deleted: frozenset[int] = frozenset()
    paragraphs: dict[int, tuple[str, ...]] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    """The new slugs of renamed posts."""

    old_slugs: dict[str, int] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    """The posts whose title and text others repeat."""

    modified: dict[int, datetime] = field(default_factory=dict)
    """When posts were edited or renamed."""


class History:
    """So many articles, a pure function of their count and of the changes made since.

    An index counts posts from the oldest, those with a password included.

    >>> history = History(60)
    >>> history.posts, history.published(0) < history.published(1)
    (61, True)
    """

    def __init__(self, articles: int) -> None:
        self.changes = Changes()
        self._articles = articles
        self._first = _with_protected(articles)
        self._pace = (END - BEGIN) / max(1, self._first)

    @property
    def posts(self) -> int:
        """How many indexes there are: all listed posts, deleted ones included."""
        return _with_protected(self._articles + self.changes.added) if self.changes.added else self._first

    def is_listed(self, index: int) -> bool:
        """Return whether a post is on the site for all to see, be it with a password."""
        return 0 <= index < self.posts and index not in self.changes.deleted

    def count(self, members: Members) -> int:
        """Return how many posts a listing has."""
        return members.below(self.posts) - sum(gone in members for gone in self.changes.deleted)

    def at_rank(self, members: Members, rank: int) -> int:
        """Return the index of the post that has ``rank`` newer ones on a listing, past the deleted ones."""
        older = members.below(self.posts) - 1 - rank
        for gone in sorted(self.changes.deleted, reverse=True):
            older -= gone in members and members.below(gone) >= older
        return members.index(older)

    def older_than(self, moment: datetime) -> int:
        """Return how many listed posts were published before ``moment``."""
        index = bisect_left(range(self.posts), moment, key=self.published)
        return index - sum(gone < index for gone in self.changes.deleted)

    def by_id(self, number: int) -> int | None:
        """Return the index of the listed post with the WordPress id ``number``, or None."""
        index, rest = divmod(number - FIRST_ID, ID_STEP)
        return index if rest == 0 and self.is_listed(index) else None

    # When

    def published(self, index: int) -> datetime:
        """Return the moment of publication, in UTC: evenly spread with some noise, added posts hour by hour."""
        index -= index % ROUND == TRAPS["same-second"]
        if index >= self._first:
            return END + timedelta(hours=index - self._first)
        noise = index * 7919 % 89 / 100
        return (BEGIN + (index + noise) * self._pace).replace(microsecond=0)

    def modified(self, index: int) -> datetime:
        """Return the moment of the last change, in UTC: what is added is changed before the next one is."""
        later = timedelta(days=1, hours=3) if index < self._first else timedelta(minutes=30)
        since = later if index % ROUND == TRAPS["modified"] else timedelta()
        return self.changes.modified.get(index) or self.published(index) + since

    @property
    def newest_change(self) -> datetime:
        """The newest moment at which a post was published or modified, in UTC; a deletion never takes it back."""
        last = range(max(0, self.posts - ROUND), self.posts)
        newest = (max(self.published(index), self.modified(index)) for index in last)
        return max((*newest, *self.changes.modified.copy().values()), default=BEGIN)

    def _modify(self, index: int) -> None:
        """Let a post be modified now: a minute after all that has happened so far."""
        self.changes.modified[index] = self.newest_change + timedelta(minutes=1)
        self.changes.count += 1

    # What happens

    def add(self, articles: int = 1) -> None:
        """Publish so many new articles, an hour apart."""
        self.changes.added += articles
        self.changes.count += 1

    def edit(self, index: int, paragraph: str) -> None:
        """Add a paragraph to the end of a post."""
        self._modify(index)
        self.changes.paragraphs[index] = (*self.changes.paragraphs.get(index, ()), paragraph)

    def delete(self, index: int) -> None:
        """Delete a post."""
        self.changes.deleted |= {index}  # a new set: the server may be walking through the old one
        self.changes.count += 1

    def restore(self, index: int) -> None:
        """Publish a deleted post again, as it was."""
        self.changes.deleted -= {index}
        self.changes.count += 1


def _with_protected(articles: int) -> int:
    """Return how many posts it takes to have so many articles without a password."""
    rounds, rest = divmod(articles, ROUND - 1)
    return rounds * ROUND + rest + (rest > TRAPS["protected"])
