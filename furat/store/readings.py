"""Whether a page was only read otherwise, as after a change of theme, or was edited."""

from collections.abc import Sequence

from furat.arabic import parse_date
from furat.items import Article

MOST = 60
"""Letters of a label that a theme sets around the text, at most."""

SENTENCE_ENDS = '.؟?!…:،؛"»”'
"""What the last sign of a line tells of an author's hand, which a label has not."""

SHARE = 0.5
"""How much of the longer text both readings share, at least."""

EDGE = 5
"""How many labels stand at an edge of the text, at most."""


def is_another_reading(before: Article, after: Article) -> bool:
    """Return whether ``after`` says what ``before`` says, but for what a theme sets at the edges of the text.

    Only labels are a theme's, and only where the site says that nothing was edited or dates its pages in another
    form than before. What reads like a sentence takes both: to miss an edit is worse than a revision too many.
    """
    old, new = _words(before.text), _words(after.text)
    if old == new:
        return bool(old and before.title) and not after.title  # a title that vanishes was only not found
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
    """Return whether the site says that the article was not edited; None if it does not tell to the minute.

    A moment that is that of publication may be nothing else, whatever the theme calls it.
    """
    old, new = before.modified, after.modified
    if not old or not new or "T" not in old or "T" not in new:
        return None
    if old != new:
        return False
    return None if new == after.published else True


def _looks_otherwise(before: Article, after: Article) -> bool:
    """Return whether the page is of another kind: its text lies elsewhere, or its date is printed in another form."""
    if before.guessed != after.guessed or before.published_source != after.published_source:
        return True
    printed = before.published_raw or "", after.published_raw or ""
    is_same = printed[0] == printed[1] or before.published != after.published
    return not is_same and None not in map(parse_date, printed)  # how long ago it was changes from visit to visit


def _without_labels(article: Article) -> str:
    """Return the text without the labels at its edges."""
    lines = article.text.split("\n\n")
    start, end = _labels(lines), _labels(lines[::-1])
    return _words(" ".join(lines[start : len(lines) - end]))


def _labels(lines: Sequence[str]) -> int:
    """Return how many labels ``lines`` begin with; where there are too many they are the author's list."""
    number = next((place for place, line in enumerate(lines) if not _is_label(line)), len(lines))
    return number if number <= EDGE else 0


def _is_label(line: str) -> bool:
    return len(line) <= MOST and not line.rstrip().endswith(tuple(SENTENCE_ENDS))


def _is_part(shorter: str, longer: str) -> bool:
    """Return whether one text is a run of words of the other, and most of it."""
    return len(shorter) >= SHARE * len(longer) > 0 and f" {shorter} " in f" {longer} "
