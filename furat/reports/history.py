"""The states in which an article was seen, and what changed, for a person to read."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from furat.items import Article, Image, Tombstone
from furat.reports.differences import Piece, compared
from furat.store import Store
from furat.store.history import State
from furat.store.sources import Source
from furat.store.states import FACTS, changes, reconciled
from furat.terminal import RIGHT_TO_LEFT, several, visible

MARKS = {"-": "[-{}-]", "+": "{{+{}+}}", " ": "{}", "…": "… {} unchanged"}
"""How deleted, added and kept words are written, and the number of paragraphs that did not change."""


def history(store: Store, article: str) -> Iterator[str]:
    """Yield lines for each state of the article with this id: when it was seen, by which crawl, and what changed.

    Deleted words are written [-so-], added words {+so+}; a line of text begins at the right.
    """
    states = store.history.states(article)
    url = next(state.item.url for state in reversed(states) if isinstance(state.item, Article))
    yield from (f"id: {visible(article)}", f"at: {visible(unquote(url))}")
    yield from (f"also at: {visible(unquote(each))}" for each in store.history.addresses(article) if each != url)
    sources = _by_state(states, store.sources.sources(article))
    before: Article | None = None
    was_gone = False
    for number, state in enumerate(states):
        what, lines = told(before, state.item)
        yield from ("", f"{visible(_visit(state))}: {'back, ' if was_gone else ''}{what}", *lines)
        yield from (f"source: {visible(f'{one.file}, at {one.offset}: {one.record}')}" for one in sources[number])
        was_gone = isinstance(state.item, Tombstone)
        before = state.item if isinstance(state.item, Article) else before
    if hidden := store.history.hidden(article):
        yield from ("", f"Not read since: it {visible(hidden)}")
    known = store.articles.known(article)
    if known and known.suspected_by and not was_gone:
        crawl = visible(known.suspected_by)
        yield from ("", f"Suspected gone: crawl {crawl} did not find it; a crawl hours later will decide")


def marked(line: Sequence[Piece]) -> str:
    """Return a line of `compared` with marks around deleted and added words."""
    return " ".join(MARKS[piece.sign].format(piece.words) for piece in line)


def _by_state(states: Sequence[State], sources: Sequence[Source]) -> list[list[Source]]:
    """Return the ``sources`` of each of ``states``: what was captured from then on, until the next one was seen."""
    found: list[list[Source]] = [[] for _ in states]
    visits = [(state.item.revision, state.item.seen) for state in states if not state.reread]
    places = [number for number, state in enumerate(states) if not state.reread]
    for source in sources:
        found[places[max(bisect_right(visits, (source.revision, source.seen)) - 1, 0)]].append(source)
    return found


def told(before: Article | None, item: Article | Tombstone) -> tuple[str, list[str]]:
    """Return what changed, and how in lines."""
    if isinstance(item, Tombstone):
        return f"gone (HTTP {item.gone})", []
    if before is None:
        return "first seen", [*_first(item)]
    found = {**_printed(before, item), **_facts(before, item)}
    changed = f"{', '.join(found)} changed" if found else "as before"
    return changed, [line for lines in found.values() for line in lines]


def _first(article: Article) -> Iterator[str]:
    yield RIGHT_TO_LEFT + _words(article.title_raw or article.title)
    for fact in FACTS:
        if fact != "url" and (values := _values(article, fact)):
            yield f"{fact}: {'، '.join(values)}"
    yield f"text: {several(len(_paragraphs(article)), 'paragraph')}"


def _printed(before: Article, after: Article) -> dict[str, list[str]]:
    """Return how title and text differ, by field, compared as printed: our normalization may have changed."""
    titles = [[*filter(None, [_words(each.title_raw or each.title)])] for each in (before, after)]
    texts = [_paragraphs(each) for each in (before, after)]
    both = {"title": titles, "text": texts}
    return {
        name: [RIGHT_TO_LEFT + marked(line) for line in compared(old, new)]
        for name, (old, new) in both.items()
        if old != new
    }


def _facts(before: Article, after: Article) -> dict[str, list[str]]:
    return {
        fact: [f"{fact}: {_marked(_values(before, fact), _values(after, fact))}"]
        for fact in changes(before, reconciled(before, after))
    }


def _visit(state: State) -> str:
    number = f"{'Revision' if state.is_revision else 'Still revision'} {state.item.revision}"
    if state.reread:
        return f"{number}, seen {state.item.seen}, read again {state.reread}"
    return f"{number}, seen {state.item.seen} by crawl {state.crawl}"


def _paragraphs(article: Article) -> list[str]:
    return [_words(paragraph) for paragraph in article.paragraphs_raw or article.text.split("\n\n")]


def _words(text: str) -> str:
    return visible(" ".join(text.split()))


def _values(article: Article, fact: str) -> list[str]:
    value: Any = getattr(article, fact)
    values = value if isinstance(value, tuple) else [value] if value else []
    return [visible(unquote(_value(each))) for each in values]


def _value(value: str | Image) -> str:
    if isinstance(value, str):
        return value
    return f"{value.url} ({value.caption})" if value.caption else value.url


def _marked(old: Sequence[str], new: Sequence[str]) -> str:
    went, came = ([each for each in a if each not in b] for a, b in ((old, new), (new, old)))
    stayed = [each for each in old if each in new]
    both = ["، ".join(stayed), *map(MARKS["-"].format, went), *map(MARKS["+"].format, came)]
    return " ".join(filter(None, both))
