"""Whether a page comes from WordPress at all."""

import re

MARK = re.compile(r"""/wp-(?:content|includes|json)/|https://api\.w\.org/|content=["']WordPress """)
"""What core prints on every page: addresses of its files and of its API, its name as generator."""


def is_wordpress(html: str) -> bool:
    """Return whether ``html`` carries any mark of WordPress core.

    >>> is_wordpress('<link rel="https://api.w.org/" href="https://example.org/wp-json/">')
    True
    """
    return MARK.search(html) is not None
