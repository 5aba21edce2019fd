"""The media type and the text of a response, also if its headers are wrong or missing."""

from scrapy.http import Response

from furat.pages.encoding import decoded


def content_type(response: Response) -> str:
    """Return the media type with its parameters, in lower case; `text/html` if the response names none."""
    return (response.headers.get("Content-Type") or b"text/html").decode("latin-1").lower()


def text(response: Response) -> str:
    """Return the body of ``response`` as text."""
    return decoded(response.body, content_type(response))
