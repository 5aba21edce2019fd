"""Whether a page comes from WordPress at all."""

MARKS = (
    b"/wp-content/",
    b"/wp-json/",
    b"/wp-includes/",
    b"https://api.w.org/",
    b'content="WordPress ',
    b"content='WordPress ",
)
"""What core prints on every page: addresses of its files and of its API, its name as generator."""


def is_wordpress(html: str | bytes) -> bool:
    """Return whether ``html`` carries any mark of WordPress core; they are ASCII in whatever encoding it has.

    >>> is_wordpress('<link rel="https://api.w.org/" href="https://example.org/wp-json/">')
    True
    """
    page = html.encode(errors="replace") if isinstance(html, str) else html
    return any(mark in page for mark in MARKS)
