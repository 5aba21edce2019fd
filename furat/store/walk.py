"""What a walk of a listing covers, what one page shows, and how much of it is archived."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk of a listing, from its first page on.

    A walk covers the pages that it read without a gap from the first page on. All entries
    below one that a complete walk covers are known.
    """

    listing: int
    """The listing's number."""

    number: int
    """1 for the listing's first walk."""

    complete: int | None = None
    """The last walk that came to its end, or to entries that an earlier complete walk covers; None if none did."""

    reached: str | None = None
    """The last page that the incomplete walk numbered `reached_by` covers."""

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
        """Return whether every entry of the page was seen by the walk numbered ``by`` or an earlier one.

        >>> Step(0, (2, 3)).is_covered(3), Step(0, (2, 3)).is_covered(2), Step(1, (2, None)).is_covered(3)
        (True, False, False)
        """
        return bool(self.walks) and all(walk is not None and walk <= by for walk in self.walks)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a listing promised, compared with the archive."""

    name: str
    url: str
    promised: int
    """How many addresses its last walk saw."""

    archived: int
    """How many different articles they lead to."""

    pending: int
    answered: int
    """How many of the addresses lead to an article; several may lead to one."""
