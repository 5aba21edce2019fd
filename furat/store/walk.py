"""What a walk of a listing covers, what one of its pages shows, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk of a listing, from its first page on.

    A walk covers what it has seen, without a gap from its first page on. Whatever
    stands below an entry that a complete walk covers is known.
    """

    listing: int
    """The listing's number."""

    number: int
    """1 for the listing's first walk."""

    complete: int | None = None
    """The last walk that came to its end, or to what an earlier complete one covers; None: none yet."""

    reached: str | None = None
    """The last page that an incomplete walk covers."""

    reached_by: int = 0
    """The number of that walk."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one page of a listing showed."""

    new: int
    """Addresses that the archive did not know."""

    walks: tuple[int | None, ...]
    """The last walk before this page that saw each of its addresses on this listing, in the page's order."""

    def is_covered(self, by: int) -> bool:
        """Return whether all that the page shows was seen by the walk numbered ``by``, or before it.

        >>> Step(0, (2, 3)).is_covered(3), Step(0, (2, 3)).is_covered(2), Step(1, (2, None)).is_covered(3)
        (True, False, False)
        """
        return bool(self.walks) and all(walk is not None and walk <= by for walk in self.walks)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a listing promised, held against the archive."""

    name: str
    url: str
    promised: int
    """The addresses that its last walk saw."""

    archived: int
    """The articles to which they lead."""

    pending: int
    answered: int
    """The addresses that lead to an article, be it to one of another's."""
