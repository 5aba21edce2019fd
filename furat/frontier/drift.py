"""Layout drift: notices when a site's pages stop giving the fields they used to, as after a redesign."""

from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log
from typing import Literal

from furat.items import PROMISED, Article

CHARTED = ("article", "title", "published", "layout")
"""Fields whose chart may raise the alarm: no section lacks them as a whole, while one of films has no text."""

ENOUGH = 20
"""How many articles must be archived before they show what is usual."""

CHANGED = 0.25
"""The share of pages without a field that counts as a change; a field that more archived articles lack is not usual."""

RAREST = 0.005
"""The least share assumed to lack a field: however long the history, a page or two prove nothing."""

ALARM = log(1e6)
"""While nothing changes, a chart crosses this once in a million pages at most (Lorden, doi:10.1214/aoms/1177693055)."""

WITNESSES = 3
"""How many complete pages in a row show that incomplete ones before them were exceptions."""

COPIED = ("own title", "own text")
"""What a page lacks that shows the words of the page before it, as where a site answers anything with one page."""


def repeating(article: Article, before: Article | None) -> tuple[str, ...]:
    """Return the fields of ``article`` that equal those of another one, visited ``before`` it: the page's, not its own.

    A date without a time of day does not count: many share it.
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
"""The id of an article, empty if the page shows none, and the fields it lacks."""


@dataclass(slots=True)
class Chart:
    """A control chart of one field: Page's cumulative sum (1954, doi:10.1093/biomet/41.1-2.100).

    Page by page, it weighs whether many pages lack the field now, or only as few as in the
    archive. When the sum is back at zero, the missing fields were within the usual.

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
        """Add a page, and return how much speaks for a change: the logarithm of a likelihood ratio."""
        if is_missing or self.sum:  # at zero, a page that has the field says nothing
            usual, changed = (self.share, CHANGED) if is_missing else (1 - self.share, 1 - CHANGED)
            self.sum = max(0, self.sum + log(changed / usual)) if self.is_usual else 0
        self.articles += 1
        self.doubted += is_missing
        if not self.sum:
            self.trust()
        return self.sum

    def trust(self) -> None:
        """Count the fields that were missing as usual."""
        self.missing, self.doubted, self.sum = self.missing + self.doubted, 0, 0


class LayoutDrift:
    """Watches whether the pages that a crawl visits still give the fields that the site's articles have.

    A page that lacks a usual field is suspect. If complete pages come after it, it was an
    exception, and a second look accepts it as it is. The layout has changed if a chart raises
    the alarm, or if witnesses (archived articles that had every field) lack now what a suspect lacks.
    """

    def __init__(self, history: Mapping[tuple[str, ...], int], *, watches: bool = True) -> None:
        """``history`` is how many archived articles lack which fields; without ``watches`` no page is suspect."""
        self.watches = watches
        articles = sum(history.values())
        self.charts = {
            name: Chart(articles, sum(number for lacks, number in history.items() if name in lacks))
            for name in ("article", *PROMISED)
        }
        self.pages = 0
        self.missing: Counter[str] = Counter()
        self.alarm = ""
        """The first field whose chart raised the alarm."""
        self.recent: deque[bool] = deque(maxlen=WITNESSES)
        """For each of the last pages, whether it was complete."""
        self.asked = False
        """Whether the last pages were those of the witnesses."""
        self.suspects: dict[str, Suspicion] = {}
        """The pages that wait for a second look, by address."""
        self.cleared: dict[str, Suspicion] = {}
        """The pages that had or now get their second look, by address."""

    @property
    def has_history(self) -> bool:
        """Whether enough articles are archived to know what is usual."""
        return self.watches and self.charts["title"].articles >= ENOUGH

    def judge(self, article: str, lacks: Collection[str], before: Collection[str] = ()) -> tuple[str, ...]:
        """Return which of the fields that a page ``lacks`` make it suspect; ``before`` are those it lacked earlier.

        Witnesses are asked only for what the suspects lack: their pages may never have had all that the API gave.
        """
        if self.asked:
            doubtful = {name for _, missing in self.suspects.values() for name in missing}
            before = {*before, *lacks} - doubtful
        odd = self._odd(lacks, before)
        if odd and _holds(self.cleared, article, odd):
            return ()
        if odd and _holds(self.suspects, article, odd):  # one page is one exception, however often it is seen
            return odd
        for name, chart in self.charts.items():
            if name not in before and chart.see(is_missing=name in lacks) > ALARM and name in CHARTED:
                self.alarm = self.alarm or name
        self._remember(odd)
        return odd

    def judge_unread(self, *, is_marked: bool = False) -> tuple[str, ...]:
        """Return what makes a page suspect that could not be read as an article.

        One that WordPress marks as another kind of page raises no alarm: a sitemap may list many of them.
        """
        if not (self.has_history or self.asked):
            return ()
        if not is_marked and self.charts["article"].see(is_missing=True) > ALARM:
            self.alarm = self.alarm or "article"
        self._remember(("article",))
        return ("article",)

    def suspect(self, address: str, article: str, odd: tuple[str, ...], *, is_marked: bool = False) -> bool:
        """Return whether the page at ``address`` goes into quarantine; after a second look it does not."""
        if address not in self.cleared and (odd := odd or self.judge_unread(is_marked=is_marked)):
            self.suspects[address] = (article, odd)
        return address in self.suspects

    def weigh(self) -> Literal["go on", "ask", "look again", "stop"]:
        """Return what to do about the suspects; the witnesses are asked first, unless complete pages came since."""
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
        """Clear the suspects for their second look, and return their addresses."""
        self.cleared.update(self.suspects)
        addresses = list(self.suspects)
        self.suspects.clear()
        self.charts["text"].trust()
        return addresses

    def describe(self) -> str:
        """Return, in words, which field is missing, on how many pages, and an example."""
        names = Counter(name for _, odd in self.suspects.values() for name in odd)
        worst = self.alarm or names.most_common(1)[0][0]
        lacking = (address for address, (_, odd) in self.suspects.items() if worst in odd)
        address = next(lacking, next(iter(self.suspects)))
        return f"no {worst} on {self.missing[worst]} of {self.pages} pages, such as {address}"

    def _odd(self, lacks: Collection[str], before: Collection[str]) -> tuple[str, ...]:
        """Return which of the fields that a page ``lacks`` it should have; in a young archive, words of its own.

        There the witnesses may be archived copies of the same page: they need such words, too.
        """
        if self.has_history:
            return tuple(name for name in lacks if name not in before and self._is_usual(name))
        is_copy = {*COPIED}.issubset
        return COPIED if self.watches and is_copy(lacks) and (self.asked or not is_copy(before)) else ()

    def _is_usual(self, name: str) -> bool:
        return name not in self.charts or self.charts[name].is_usual

    def _remember(self, odd: tuple[str, ...]) -> None:
        self.pages += 1
        self.missing.update(odd)
        self.recent.append(not odd)


def _holds(pages: Mapping[str, Suspicion], article: str, odd: Collection[str]) -> bool:
    """Return whether one of ``pages`` lacked all that is ``odd``; "own" fields depend on the page visited before."""
    lacks = {name for name in odd if not name.startswith("own ")}
    return any(article == known and lacks.issubset(before) for known, before in pages.values())
