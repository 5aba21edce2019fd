"""The files by which ReplayWeb.page opens a package (WACZ 1.1.1, specs.webrecorder.net/wacz/1.1.1)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import orjson

from furat import __version__
from furat.clock import now
from furat.handover.packing import Packed

if TYPE_CHECKING:
    from furat.warc.reader import Kept

ARCHIVE = "archive/evidence.warc.gz"
INDEX = "indexes/index.cdx"
PAGES = "pages/pages.jsonl"
DATAPACKAGE = "datapackage.json"
DIGEST = "datapackage-digest.json"
HTML = ("text/html", "application/xhtml")


@dataclass(frozen=True, slots=True)
class Capture:
    """A response, and where it is in the package's WARC file."""

    kept: "Kept"
    offset: int
    length: int


def index(captures: Iterable[Capture]) -> Iterator[bytes]:
    """Yield the lines of a CDXJ index, in order."""
    yield from sorted(map(_entry, captures))


def pages(captures: Iterable[Capture], titles: dict[str, str]) -> Iterator[bytes]:
    """Yield the lines of the list of pages; ``titles`` are by address."""
    yield orjson.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}, option=orjson.OPT_APPEND_NEWLINE)
    for number, each in enumerate(captures, 1):
        if each.kept.content_type.startswith(HTML):
            page = {"id": str(number), "url": each.kept.url, "ts": moment(each.kept.moment)}
            title = {"title": titles[each.kept.url]} if each.kept.url in titles else {}
            yield orjson.dumps(page | title, option=orjson.OPT_APPEND_NEWLINE)


def datapackage(title: str, files: Collection[Packed], *, is_wacz: bool) -> bytes:
    """Return the description of the package and its ``files``."""
    resources = [
        {"name": _resource(each.name), "path": each.name, "hash": f"sha256:{each.sha256}", "bytes": each.size}
        for each in files
    ]
    told = {
        "profile": "data-package",
        "title": title,
        "created": moment(now()),
        "software": f"Furat {__version__}",
        "resources": resources,
    }
    return orjson.dumps(told | ({"wacz_version": "1.1.1"} if is_wacz else {}), option=orjson.OPT_INDENT_2)


def digest(description: Packed) -> bytes:
    """Return what bears the digest of the package's ``description``."""
    return orjson.dumps({"path": description.name, "hash": f"sha256:{description.sha256}"})


def moment(text: str) -> str:
    """Return a moment in UTC with `Z` and whole seconds.

    >>> moment("2026-01-02T03:04:05+00:00"), moment("2026-01-02T03:04:05.678Z")
    ('2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z')
    """
    return f"{text[:19]}Z"


def surt(url: str) -> str:
    """Return the key of ``url`` in an index: its host from behind, then path and query in lower case.

    >>> surt("https://www.Example.org:8080/A/?b=C"), surt("http://[no address")
    ('org,example:8080)/a?b=c', 'http://[no%20address')
    """
    try:
        key = _key(urlsplit(url))
    except ValueError:
        key = url
    return "%20".join(key.split()).lower()


def _key(parts: SplitResult) -> str:
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path.rstrip('/') or '/'}{query}"


def _entry(capture: Capture) -> bytes:
    kept = capture.kept
    about = {
        "url": kept.url,
        "mime": "warc/revisit" if kept.kind == "revisit" else kept.content_type.partition(";")[0].strip(),
        "status": str(kept.status),
        "digest": kept.digest,
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": ARCHIVE.rpartition("/")[2],
    }
    when = "".join(letter for letter in kept.moment[:19] if letter.isdigit())
    return f"{surt(kept.url)} {when} ".encode() + orjson.dumps(about, option=orjson.OPT_APPEND_NEWLINE)


def _resource(name: str) -> str:
    """Return the name of a resource: lower case, as Frictionless has it."""
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())
