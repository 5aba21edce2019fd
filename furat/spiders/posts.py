"""What the REST API returns of a post: the whole article, or where its page is."""

import re

from furat.exceptions import Incomplete
from furat.frontier.messages import Skipped
from furat.items import Article
from furat.outcomes import Outcome, Reason
from furat.pages import DatedEntry, Post

NOT_WHOLE = re.compile(r"\[/?[a-z]++_[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)?\]|\[/[a-z][\w-]*+\]|\[(?:…|\.\.\.)\]\s*$")
"""What the text has where the API leaves it to the page: a builder's shortcodes, or no more than an excerpt."""


def article_or_entry(post: Post) -> Article | DatedEntry | Skipped:
    """Return the article that ``post`` holds; its entry where that is not all of it."""
    if post.protected:
        return Skipped(entry(post), Reason(Outcome.PROTECTED))
    try:
        article = post.to_item()
    except Incomplete:
        return entry(post)
    is_whole = (article.text or article.videos) and not any(map(NOT_WHOLE.search, article.paragraphs_raw))
    return article if is_whole else entry(post)


def entry(post: Post) -> DatedEntry:
    """Return where the page of ``post`` is, and when it was last changed."""
    return DatedEntry(post.url, modified=post.modified)
