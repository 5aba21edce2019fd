"""What pages give of an article, and whether a site's pages still give what they used to."""

from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log
from typing import Literal

from furat.items import PROMISED, Article

CHARTED = ("article", "title", "published", "layout")
"""What that no section of a newsroom lacks as a whole; one of films or drawings has no text."""

ENOUGH = 20
"""Articles that must be archived before they say what is usual."""

CHANGED = 0.25
"""The share of pages without a field that a chart looks for; a field that more articles lack is not usual."""

RAREST = 0.005
"""No field counts as missing more rarely than this: however long the history, a page or two prove nothing."""

ALARM = log(1e6)
"""While nothing changes, a chart crosses this once in a million pages at most (Lorden, doi:10.1214/aoms/1177693055)."""

WITNESSES = 3
"""Whole pages, visited last, that show that those before them are exceptions."""


def repeating(article: Article, before: Article | None) -> tuple[str, ...]:
    """Return the names of what ``article`` has, but shares with another, visited ``before`` it: no field of its own.

    A date without a time of day is shared by many.
    """
    if before is None or before.id == article.id:
        return ()
    pairs = {
        "own title": (article.title, before.title),
        "own date": (article.published, before.published if "T" in (before.published or "") else None),
        "own text": (article.text, before.text),
    }
    return tuple(name for name, (here, there) in pairs.items() if here and here == there)


Suspicion = tuple[str, tuple[str, ...]]
"""The id of an article, empty if the page shows none, and what it lacks."""


@dataclass(slots=True)
class Chart:
    """A control chart of one field: Page's cumulative sum (1954, doi:10.1093/biomet/41.1-2.100).

    It weighs page by page whether many lack the field by now, or as few as in the archive.
    Back at zero, what was missing was usual.

    >>> chart = Chart(articles=500, missing=2)
    >>> [chart.see(is_missing=True) > ALARM for _ in range(4)]
    [False, False, False, True]
    """

    articles: int
    missing: int
    sum: float = 0
    doubted: int = 0

    @property
    def share(self) -> float:
        """The share of articles that lack the field, by Laplace's rule of succession."""
        return max((self.missing + 1) / (self.articles + 2), RAREST)

    @property
    def is_usual(self) -> bool:
        """Whether the site's articles have the field."""
        return self.articles >= ENOUGH and self.share < CHANGED

    def see(self, *, is_missing: bool) -> float:
        """Return how much speaks for a change once a page was seen: the logarithm of a ratio of likelihoods."""
        if is_missing or self.sum:  # at zero, a page that has the field says nothing
            usual, changed = (self.share, CHANGED) if is_missing else (1 - self.share, 1 - CHANGED)
            self.sum = max(0, self.sum + log(changed / usual)) if self.is_usual else 0
        self.articles += 1
        self.doubted += is_missing
        if not self.sum:
            self.trust()
        return self.sum

    def trust(self) -> None:
        """Take what was missing for usual."""
        self.missing, self.doubted, self.sum = self.missing + self.doubted, 0, 0


class LayoutDrift:
    """Watches whether the pages that a crawl visits give what the site's articles have given so far.

    A page that lacks what is usual is suspect. QuarantinedPages are exceptions where whole pages
    come after them: then a second look takes them as they are. Where witnesses, articles that had
    everything, are no longer whole either, or a chart raises the alarm, the layout has changed.
    """

    def __init__(self, history: Mapping[tuple[str, ...], int], *, watches: bool = True) -> None:
        """Take how many archived articles lack which fields; one that does not watch suspects nothing."""
        self.watches = watches
        articles = sum(history.values())
        self.charts = {
            name: Chart(articles, sum(number for lacks, number in history.items() if name in lacks))
            for name in ("article", *PROMISED)
        }
        self.pages = 0
        self.missing: Counter[str] = Counter()
        self.alarm = ""
        """The first field whose chart crossed the line."""
        self.recent: deque[bool] = deque(maxlen=WITNESSES)
        """Whether the last pages were whole."""
        self.asked = False
        """Whether the last pages were those of witnesses."""
        self.suspects: dict[str, Suspicion] = {}
        """What waits for a second look, by address."""
        self.cleared: dict[str, Suspicion] = {}
        """What has been given one."""

    @property
    def has_history(self) -> bool:
        """Whether enough articles are archived to say what is usual."""
        return self.watches and self.charts["title"].articles >= ENOUGH

    def judge(self, article: str, lacks: Collection[str], before: Collection[str] = ()) -> tuple[str, ...]:
        """Return what of all that a page ``lacks`` makes it suspect, where its ``article`` lacked some ``before``."""
        odd = tuple(name for name in lacks if name not in before and self._is_usual(name)) if self.has_history else ()
        if odd and self._is_cleared(article, odd):
            return ()
        for name, chart in self.charts.items():
            if name not in before and chart.see(is_missing=name in lacks) > ALARM and name in CHARTED:
                self.alarm = self.alarm or name
        self._remember(odd)
        return odd

    def judge_unread(self) -> tuple[str, ...]:
        """Return what makes a page suspect that is no article."""
        if not self.has_history:
            return ()
        if self.charts["article"].see(is_missing=True) > ALARM:
            self.alarm = self.alarm or "article"
        self._remember(("article",))
        return ("article",)

    def suspect(self, address: str, article: str, odd: tuple[str, ...]) -> bool:
        """Return whether the page at ``address`` goes into quarantine: not after a second look."""
        if address not in self.cleared and (odd := odd or self.judge_unread()):
            self.suspects[address] = (article, odd)
        return address in self.suspects

    def weigh(self) -> Literal["go on", "ask", "look again", "stop"]:
        """Return what to do about the suspects: to ask witnesses of them comes first, if no whole pages came since."""
        if not self.suspects:
            return "go on"
        whole, lost = self.recent.count(True), self.recent.count(False)
        if not self.asked and whole < WITNESSES:
            self.asked = True
            self.recent.clear()
            return "ask"
        self.asked = False
        if whole == lost:  # nobody answered
            self.suspects.clear()
            return "go on"
        return "stop" if lost > whole else "look again"

    def clear(self) -> list[str]:
        """Return the addresses of the suspects, which now get their second look."""
        self.cleared.update(self.suspects)
        addresses = list(self.suspects)
        self.suspects.clear()
        self.charts["text"].trust()
        return addresses

    def describe(self) -> str:
        """Return which field broke, on how many pages, and on which."""
        names = Counter(name for _, odd in self.suspects.values() for name in odd)
        worst = self.alarm or names.most_common(1)[0][0]
        lacking = (address for address, (_, odd) in self.suspects.items() if worst in odd)
        address = next(lacking, next(iter(self.suspects)))
        return f"no {worst} on {self.missing[worst]} of {self.pages} pages, such as {address}"

    def _is_cleared(self, article: str, odd: Collection[str]) -> bool:
        """Return whether a second look finds no more amiss than the first; other pages come before it than then."""
        lacks = {name for name in odd if not name.startswith("own ")}
        return any(article == known and lacks.issubset(before) for known, before in self.cleared.values())

    def _is_usual(self, name: str) -> bool:
        return name not in self.charts or self.charts[name].is_usual

    def _remember(self, odd: tuple[str, ...]) -> None:
        self.pages += 1
        self.missing.update(odd)
        self.recent.append(not odd)
