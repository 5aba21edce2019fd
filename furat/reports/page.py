"""A report on the archive as one HTML page that needs no network."""

import gzip
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from heapq import nlargest
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import orjson
from jinja2 import DictLoader, Environment, StrictUndefined

from furat.items import Article
from furat.reports.differences import Piece, compared
from furat.store import Store
from furat.wordpress.site_profile import NAME, read

TEMPLATES = files("furat.reports") / "templates"

SHOWN = 50
"""How many edits, deletions, clusters, crawls and pending addresses are shown: the newest of each."""

FIELDS = ("title", "text", "published", "modified", "authors", "categories", "tags", "images", "language")
MONTHS = 12

YEARS = 40
"""How many years are shown: those with most articles, so that a wrong year does not stretch the calendar."""

EMPTY_YEARS = 5
"""The most years in a row without an article that are shown."""

LETTERS = 200
"""The most letters of a title, or of a name, that are shown."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar."""

    articles: int
    is_gap: bool
    """Whether it has no articles, though earlier and later months have some."""

    share: float
    """Its articles relative to those of the month with most, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Year:
    """One row of the calendar."""

    number: int
    months: list[Month]
    articles: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed title or text of an article."""

    id: str
    title: str
    seen: str
    lines: list[list[Piece]]


@dataclass(slots=True)
class Counts:
    """Counts from one pass over the last states of all articles."""

    articles: int = 0
    months: Counter[str] = field(default_factory=Counter)
    sections: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Articles by category and year."""
    authors: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    newest: str = ""

    def add(self, record: dict[str, Any]) -> None:
        """Count one article."""
        day: str = (record["published"] or "")[:10]
        self.articles += 1
        self.months[day[:7]] += 1
        self.sections.update((name[:LETTERS], day[:4]) for name in record["categories"])
        self.authors.update(name[:LETTERS] for name in record["authors"])
        self.fields.update(name for name in FIELDS if record[name])
        self.newest = max(self.newest, day)


def page(store: Store, site: str) -> str:
    """Return the page as HTML: right to left, in one file, without a link to anything."""
    counts = Counts()
    titles = _packed(_counted(store, counts))
    script = (TEMPLATES / "search.js").read_text("utf-8")
    template = _environment().get_template("report.html")
    return template.render(
        site=site,
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        titles=titles,
        **_calendar(counts),
        **_lists(store, counts),
    )


def _environment() -> Environment:
    source = DictLoader({"report.html": (TEMPLATES / "report.html").read_text("utf-8")})
    return Environment(autoescape=True, loader=source, undefined=StrictUndefined, trim_blocks=True)


def _counted(store: Store, counts: Counts) -> Iterator[tuple[str, str, str]]:
    """Count all articles, and yield title, day and id of each, the newest first."""
    for item, change in store.exports.by_day():
        record = orjson.loads(item) | orjson.loads(change)
        counts.add(record)
        yield record["title"][:LETTERS], (record["published"] or "")[:10], record["id"]


def _packed(titles: Iterable[tuple[str, str, str]]) -> str:
    """Return ``titles`` as gzip in Base64: a fifth of their size, and nothing in it that a browser could run."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(b"[")
        for number, title in enumerate(titles):
            file.write(b"," * bool(number) + orjson.dumps(title))
        file.write(b"]")
    return b64encode(packed.getbuffer()).decode()


def _calendar(counts: Counts) -> dict[str, Any]:
    rows = [_year(counts, number) for number in _years(counts)]
    names = Counter[str]()
    for (name, _), number in counts.sections.items():
        names[name] += number
    sections = [
        {"name": name, "articles": number, "years": [counts.sections[name, str(year.number)] for year in rows]}
        for name, number in names.most_common(SHOWN)
    ]
    hidden = counts.articles - counts.months[""] - sum(year.articles for year in rows)
    return {"years": rows, "sections": sections, "undated": counts.months[""], "other_years": hidden}


def _years(counts: Counts) -> list[int]:
    """Return the years of the calendar, including some without articles between those with articles."""
    articles = Counter[int]()
    for month, number in counts.months.items():
        if month:
            articles[int(month[:4])] += number
    shown = sorted(year for year, _ in articles.most_common(YEARS))
    empty = [year for old, new in pairwise(shown) if new - old <= EMPTY_YEARS + 1 for year in range(old + 1, new)]
    return sorted([*shown, *empty])


def _year(counts: Counts, number: int) -> Year:
    dated = [month for month in counts.months if month]
    first, last, most = min(dated), max(dated), max(counts.months[month] for month in dated)
    months = []
    for month in range(1, MONTHS + 1):
        name = f"{number:04d}-{month:02d}"
        articles = counts.months[name]
        months.append(Month(articles, not articles and first < name < last, round(articles / most, 3)))
    return Year(number, months, sum(month.articles for month in months))


def _lists(store: Store, counts: Counts) -> dict[str, Any]:
    totals = store.crawls.counts()
    labels = {"articles": "مقالات", "gone": "محذوفة", "revisions": "نسخ", "pending": "تنتظر", "protected": "محمية"}
    pending = list(store.frontier.pending(limit=SHOWN))
    coverage = [(name, round(100 * counts.fields[name] / max(counts.articles, 1), 1)) for name in FIELDS]
    profile = read(store.checkpoints.get(NAME))
    return {
        "counts": [(label, totals[name]) for name, label in labels.items()],
        "newest": counts.newest,
        "crawl": store.crawls.last(),
        "authors": counts.authors.most_common(SHOWN),
        "coverage": coverage,
        "profile": profile if profile.teachers else None,
        "edits": [_edit(store, article) for article in store.exports.edited(SHOWN)],
        "deleted": store.exports.deleted(SHOWN),
        "clusters": _clusters(store),
        "crawls": store.crawls.newest(SHOWN),
        "pending": [(unquote(visit.url), str(visit.reason or "")) for visit in pending],
        "more_pending": totals["pending"] - len(pending),
    }


def _edit(store: Store, article: str) -> Edit:
    revisions = [state.item for state in store.history.states(article) if state.is_revision]
    before, after = [item for item in revisions if isinstance(item, Article)][-2:]
    lines = [line for old, new in _texts(before, after) if old != new for line in compared(old, new)]
    return Edit(article, after.title, after.seen, lines)


def _texts(before: Article, after: Article) -> list[tuple[list[str], list[str]]]:
    return [([before.title], [after.title]), (before.text.split("\n\n"), after.text.split("\n\n"))]


def _clusters(store: Store) -> list[dict[str, Any]]:
    largest = nlargest(SHOWN, store.exports.clusters().items(), key=lambda each: each[1][0])
    found = ((id, size, store.articles.find(living)) for id, (size, living) in largest if size > 1)
    return [{"id": id, "size": size, "title": article.title[:LETTERS]} for id, size, article in found if article]
