"""Learns where pages link to the article's categories and tags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from selectolax.lexbor import LexborNode as Node

from furat.arabic import fold
from furat.pages.page import Page, text
from furat.profile.lesson import Lesson
from furat.profile.links import base_of
from furat.profile.places import Rated, best, proposed
from furat.profile.profile import KnownTerms, Place
from furat.profile.reading import matches
from furat.sections import Kind

CORE_BASES: Mapping[str, Kind] = {"category": "category", "cat": "category", "tag": "tag"}
"""WordPress's default first parts of their addresses."""

Names = frozenset[str]


def learn_terms(lessons: Sequence[Lesson], kind: Kind) -> KnownTerms:
    """Return the place of the links to a post's own terms of this ``kind``."""
    base = next((base for base in _bases(lessons) if _kind(base, lessons) == kind), "")
    said = {id(lesson): names for lesson in lessons if base and (names := _said(lesson, kind, base))}
    told = [lesson for lesson in lessons if id(lesson) in said]

    def judge(place: Place, lesson: Lesson) -> bool | None:
        found = terms_at(lesson.page, place, base)
        return found <= said[id(lesson)] if found else None

    sightings = (
        (number, node, Place("", "href"))
        for number, lesson in enumerate(told)
        for node in _links(lesson, base, said[id(lesson)])
    )
    rated, wrong = best(proposed(sightings, len(told), is_row=True), told, judge)
    if not rated:
        return KnownTerms(wrong=wrong, seen=len(told), coverage=0.0, base=base)
    covered = {each.place: _covered(each, told, base, said) for each in rated}
    first = max(rated, key=lambda each: covered[each.place])
    return KnownTerms(
        places=tuple(sorted(covered, key=lambda place: -covered[place])),
        right=first.right,
        seen=len(told),
        distinct=len({said[id(told[number])] for number in first.rights}),
        coverage=covered[first.place],
        base=base,
    )


def terms_at(page: Page, place: Place, base: str) -> Names:
    """Return the folded names of the links at ``place`` whose addresses begin with ``base``."""
    return frozenset(fold(text(node)) for node in matches(page, place) if _is_under(page, node, base))


def _bases(lessons: Sequence[Lesson]) -> list[str]:
    """Return the first parts of addresses under which the posts' terms are linked, the most common first."""
    found: Counter[str] = Counter()
    for lesson in lessons:
        wanted = _folded(lesson.truth.terms)
        found.update({link.base for link in lesson.links if link.name in wanted})
    return [base for base, number in found.most_common() if base and number >= max(2, len(lessons) / 4)]


def _kind(base: str, lessons: Sequence[Lesson]) -> Kind | None:
    """Return the kind of terms under ``base``: by WordPress's default names, or else by the posts' terms."""
    if base in CORE_BASES:
        return CORE_BASES[base]
    votes = Counter(vote for lesson in lessons if (vote := _vote(base, lesson)))
    return votes.most_common(1)[0][0] if votes else None


def _vote(base: str, lesson: Lesson) -> Kind | None:
    linked = _linked(lesson, base)
    if lesson.truth.categories is not None:
        own, other = (len(linked & _folded(names or ())) for names in (lesson.truth.categories, lesson.truth.tags))
        return "category" if own > other else "tag" if other else None
    return "category" if linked and fold(lesson.truth.terms[0]) in linked else "tag" if linked else None


def _said(lesson: Lesson, kind: Kind, base: str) -> Names:
    """Return the terms of this kind; if the site does not say which is which, those under ``base``."""
    truth = lesson.truth
    named = truth.categories if kind == "category" else truth.tags
    return _folded(named) if named is not None else _linked(lesson, base)


def _linked(lesson: Lesson, base: str) -> Names:
    names = frozenset(link.name for link in lesson.links if link.base == base)
    return names & _folded(lesson.truth.terms)


def _folded(names: Iterable[str]) -> Names:
    return frozenset(map(fold, names))


def _links(lesson: Lesson, base: str, names: Names) -> list[Node]:
    """Return the links of a page to addresses under ``base`` that print one of ``names``."""
    return [link.node for link in lesson.links if link.base == base and link.name in names]


def _is_under(page: Page, node: Node, base: str) -> bool:
    url = page.link(node)
    return bool(url and base_of(url) == base and text(node))


def _covered(rated: Rated, lessons: Sequence[Lesson], base: str, said: dict[int, Names]) -> float:
    """Return the share of the terms in the feed or API that the place gives."""
    found = sum(len(terms_at(lesson.page, rated.place, base) & said[id(lesson)]) for lesson in lessons)
    return found / sum(len(said[id(lesson)]) for lesson in lessons)
