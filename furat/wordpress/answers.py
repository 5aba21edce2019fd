"""What an answer holds, whatever its header says of it."""

from scrapy.http import Response

from furat.pages.encoding import decoded


def content_type(response: Response) -> str:
    """Return the media type with its parameters, in lower case; that of a page where none is told."""
    return (response.headers.get("Content-Type") or b"text/html").decode("latin-1").lower()


def text(response: Response) -> str:
    """Return the body of ``response`` as text."""
    return decoded(response.body, content_type(response))
