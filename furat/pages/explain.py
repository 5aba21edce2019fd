"""Why a page's article is read as it is: for each field, what was heard and what was decided."""

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from selectolax.lexbor import LexborNode as Node

from furat.pages.evidence import Candidate, Decision, described
from furat.pages.moment import Moment
from furat.pages.shape import printed
from furat.pages.weighed import WeighedPage

MOST = 20
LONGEST = 80


class Heard(TypedDict):
    """What one place says."""

    says: str
    source: str
    where: str
    trust: float


class Explanation(TypedDict):
    """What was decided of a field, how clearly, and what was heard of it."""

    value: str
    trust: float
    heard: list[Heard]
    against: list[str]
    """What else was said, and not believed."""


def explained(page: WeighedPage) -> dict[str, Explanation]:
    """Return why each field of the article on ``page`` is read as it is."""
    published = page.moments.published()
    return {
        "title": _element(page.headings, page.title),
        "body": _element(page.containers, _place(page.container) if page.container else ""),
        "authors": _values(", ".join(page.byline.names()), page.byline.heard()),
        "published": _moment(published, page.moments.heard()),
        "categories": _values(", ".join(page.terms.names_of("category")), page.terms.heard("category")),
        "tags": _values(", ".join(page.terms.names_of("tag")), page.terms.heard("tag")),
    }


def _element(decision: Decision[Node], value: str) -> Explanation:
    heard = sorted(decision.candidates, key=lambda one: -one.trust)[:MOST]
    chosen = decision.value.mem_id if decision.value else None
    against = dict.fromkeys(_place(one.value) for one in heard if one.trust > 0 and one.value.mem_id != chosen)
    return _explanation(value, decision.trust, (_heard(one, _place(one.value)) for one in heard), against)


def _values(value: str, candidates: Iterable[Candidate[tuple[str, ...]]]) -> Explanation:
    heard = [_heard(one, ", ".join(one.value)) for one in candidates if one.value][:MOST]
    against = dict.fromkeys(one["says"] for one in heard if one["says"] != value)
    return _explanation(value, _agreement(len(heard), len(against)), heard, against)


def _moment(published: Moment | None, moments: Iterable[Moment]) -> Explanation:
    heard = [
        Heard(
            says=one.value or "unreadable", source=one.source, where=one.printed[:LONGEST], trust=float(one.precision)
        )
        for one in moments
    ][:MOST]
    day = (published.when if published else "")[:10]
    against = dict.fromkeys(one["says"] for one in heard if one["says"][:10] != day)
    return _explanation(published.when if published else "", _agreement(len(heard), len(against)), heard, against)


def _explanation(value: str, trust: float, heard: Iterable[Heard], against: Iterable[str]) -> Explanation:
    return Explanation(value=value[: MOST * LONGEST], trust=round(trust, 2), heard=[*heard], against=[*against])


def _agreement(heard: int, against: int) -> float:
    """Return the share of what was heard that agrees; what contradicts lowers it."""
    return (heard - min(heard, against)) / heard if heard else 0.0


def _heard(one: Candidate[Any], says: str) -> Heard:
    return Heard(says=says, source=one.source, where=one.where, trust=round(one.trust, 2))


def _place(node: Node) -> str:
    attributes = node.attributes
    printed_there = " ".join(_words(node))
    return f"{described(node.tag, attributes.get('class'), attributes.get('id'))} «{printed_there[:LONGEST]}»"


def _words(node: Node) -> Iterator[str]:
    yield from printed(node).split()[:MOST]
