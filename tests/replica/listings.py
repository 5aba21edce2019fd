"""Which listing lies at which path."""

from dataclasses import dataclass
from datetime import datetime

from .history import DAMASCUS
from .plan import ALL, AUTHORS, HERE, OF_AUTHOR, OF_TERM, TERMS, Members, Term
from .replica import Replica
from .theme import MONTHS


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing: a heading, and posts from one rank of a set to another, newest first."""

    path: str
    classes: str
    label: str
    name: str
    members: Members
    skip: int
    total: int
    json: str = ""
    """Its address in REST."""


def find_listing(replica: Replica, parts: list[str]) -> Listing | None:
    """Return the listing at a path without its `/page/N/`, or None.

    >>> find_listing(Replica(60), ["author", "reem"]).name
    'ريم الصالح'
    """
    path = "".join(f"{part}/" for part in parts)
    if not parts:
        return Listing("", "home blog", "", "", ALL, 0, replica.count(ALL))
    if term := TERMS.get(path):
        return _of_term(replica, term)
    match parts:
        case ["author", slug] if slug in OF_AUTHOR:
            name = next(author.name for author in AUTHORS if author.slug == slug)
            total = replica.count(OF_AUTHOR[slug])
            return Listing(path, f"archive author author-{slug}", "الكاتب:", name, OF_AUTHOR[slug], 0, total)
        case [year, month] if f"{year}-{month}".isascii() and f"{year}{month}".isdigit():
            return _of_month(replica, int(year), int(month), path)
    return None


def _of_term(replica: Replica, term: Term) -> Listing:
    members = OF_TERM[term.path]
    own = f"{term.kind}-{term.slug} " if "%" not in term.slug else ""
    label, rest = ("القسم:", "categories") if term.kind == "category" else ("الوسم:", "tags")
    classes = f"archive {term.kind} {own}{term.kind}-{term.id}"
    api = f"{HERE}wp-json/wp/v2/{rest}/{term.id}"
    return Listing(term.path, classes, label, term.name, members, 0, replica.count(members), api)


def _of_month(replica: Replica, year: int, month: int, path: str) -> Listing | None:
    """Return the listing of a month; a month without posts has none."""
    if not (1 <= month <= 12 and 1970 <= year <= 9998):
        return None
    begin = datetime(year, month, 1, tzinfo=DAMASCUS)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=DAMASCUS)
    first, last = replica.older_than(begin), replica.older_than(end)
    name, newer = f"{MONTHS[month - 1]} {year}", replica.count(ALL) - last
    return Listing(path, "archive date", "الشهر:", name, ALL, newer, last - first) if last > first else None
