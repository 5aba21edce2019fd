"""Tells an edit of an article from another reading of the same text, as after a change of theme."""

from collections.abc import Sequence

from furat.arabic import parse_date
from furat.items import Article

MOST = 60
"""The most letters of a label that a theme prints around the text."""

SENTENCE_ENDS = '.؟?!…:،؛"»”'
"""Signs that end an author's sentence, but not a theme's label."""

SHARE = 0.5
"""The least share of the longer text that both readings have."""

EDGE = 5
"""The most labels at one edge of the text."""


def is_another_reading(before: Article, after: Article) -> bool:
    """Return whether ``after`` has the text of ``before``, except for labels that a theme prints at its edges.

    Labels are ignored if the site says that nothing was edited, or prints dates in another form than before.
    A difference that reads like a sentence needs both signs: to miss an edit is worse than a needless revision.
    """
    old, new = _words(before.text), _words(after.text)
    if old == new:
        return bool(old and before.title) and not after.title  # a title that is missing was only not found
    is_unedited, is_other_look = _says_no_edit(before, after), _looks_otherwise(before, after)
    if _words(before.title) != _words(after.title) or is_unedited is False or not (is_unedited or is_other_look):
        return False
    if is_unedited and is_other_look and _is_part(*sorted((old, new), key=len)):
        return True
    bare = _without_labels(before)
    return bool(bare) and bare == _without_labels(after)


def _words(text: str) -> str:
    return " ".join(text.split())


def _says_no_edit(before: Article, after: Article) -> bool | None:
    """Return whether the site says that the article was not edited; None if it does not say so to the minute.

    A time that equals that of publication may be just that, whatever the theme calls it.
    """
    old, new = before.modified, after.modified
    if not old or not new or "T" not in old or "T" not in new:
        return None
    if old != new:
        return False
    return None if new == after.published else True


def _looks_otherwise(before: Article, after: Article) -> bool:
    """Return whether the page has another layout: another place of the text, or another form of the date."""
    if before.guessed != after.guessed or before.published_source != after.published_source:
        return True
    printed = before.published_raw or "", after.published_raw or ""
    is_same = printed[0] == printed[1] or before.published != after.published
    return not is_same and None not in map(parse_date, printed)  # relative dates change from visit to visit


def _without_labels(article: Article) -> str:
    """Return the text without the labels at its edges."""
    lines = article.text.split("\n\n")
    start, end = _labels(lines), _labels(lines[::-1])
    return _words(" ".join(lines[start : len(lines) - end]))


def _labels(lines: Sequence[str]) -> int:
    """Return how many labels ``lines`` begin with; 0 if there are too many, as they are then the author's list."""
    number = next((place for place, line in enumerate(lines) if not _is_label(line)), len(lines))
    return number if number <= EDGE else 0


def _is_label(line: str) -> bool:
    return len(line) <= MOST and not line.rstrip().endswith(tuple(SENTENCE_ENDS))


def _is_part(shorter: str, longer: str) -> bool:
    """Return whether ``shorter`` is a run of words in ``longer``, and most of it."""
    return len(shorter) >= SHARE * len(longer) > 0 and f" {shorter} " in f" {longer} "
