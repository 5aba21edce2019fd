"""Reads a post from the REST API: a complete article, or an entry whose page must be visited."""

import re

from furat.exceptions import Incomplete
from furat.frontier.messages import Skipped
from furat.items import Article
from furat.outcomes import Outcome, Reason
from furat.pages import DatedEntry, Post

NOT_WHOLE = re.compile(r"\[/?[a-z]++_[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)?\]|\[/[a-z][\w-]*+\]|\[(?:…|\.\.\.)\]\s*$")
"""Marks of a text that the API returns incompletely: a page builder's shortcodes, or the end of an excerpt."""


def article_or_entry(post: Post) -> Article | DatedEntry | Skipped:
    """Return the article in ``post``; its entry if the article is not complete there."""
    if post.protected:
        return Skipped(entry(post), Reason(Outcome.PROTECTED))
    try:
        article = post.to_item()
    except Incomplete:
        return entry(post)
    is_whole = (article.text or article.videos) and not any(map(NOT_WHOLE.search, article.paragraphs_raw))
    return article if is_whole else entry(post)


def entry(post: Post) -> DatedEntry:
    """Return the address of the page of ``post``, and when it was last changed."""
    return DatedEntry(post.url, modified=post.modified)
