"""Whether a page comes from WordPress at all."""

import re

MARK = re.compile(rb"""/wp-(?:content|includes|json)/|https://api\.w\.org/|content=["']WordPress """)
"""What core prints on every page: addresses of its files and of its API, its name as generator."""


def is_wordpress(html: str | bytes) -> bool:
    """Return whether ``html`` carries any mark of WordPress core; they are ASCII in whatever encoding it has.

    >>> is_wordpress('<link rel="https://api.w.org/" href="https://example.org/wp-json/">')
    True
    """
    return MARK.search(html.encode(errors="replace") if isinstance(html, str) else html) is not None
