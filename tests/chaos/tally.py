"""What a run did to crawls, and what came of it: a line at its end."""

from collections import Counter
from collections.abc import Iterable

WRONG = ("lost", "doubled", "torn", "wrong exit code")
"""What no crawl may do, by the words with which tests say so."""

TALLY: Counter[str] = Counter()
"""How often each was seen in this run: crawls, the faults and kills that struck them, and what went wrong."""


def note(found: Iterable[str]) -> None:
    """Count what is wrong in what was ``found``."""
    TALLY.update(word for each in found for word in WRONG if word in each)


def summary(tally: Counter[str]) -> str:
    """Return the line.

    >>> summary(Counter({"crawls": 12, "faults": 3, "kills": 5, "lost": 1}))
    '12 crawls, 3 faults, 5 kills: 1 lost, 0 doubled, 0 torn, 0 wrong exit code'
    """
    did, came = (
        ", ".join(f"{tally[word]} {word}" for word in words) for words in (("crawls", "faults", "kills"), WRONG)
    )
    return f"{did}: {came}"
