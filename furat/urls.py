"""URLs: their canonical form, whether they are on a site, names derived from them."""

import re
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say where a reader came from, and never change the page.
TRACKING = re.compile(
    r"utm_\w+|gad_\w+|(?:fb|g|d|y|ys|tw|tt)clid|msclkid|[gw]braid|gclsrc|srsltid|igsh(?:id)?|mibextid|mc_[ce]id|mkt_tok"
    r"|_hs(?:enc|mi)|_ga|_gl|ref|ref_src|source|share|nb|amp|noamp|outputtype|replytocom|like_comment|_wpnonce|fromemail"
    r"|s_cid|spm|cmpid|__twitter_impression",
    re.IGNORECASE,
)

SAFE = "-._~!$&'()*+,;=:@"
"""The characters allowed unescaped in a path segment (RFC 3986, section 3.3)."""

PORT = r"[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]"
PLAIN = re.compile(rf"https?://[a-z0-9.-]+(?::(?:{PORT}))?/[!-\[\]-~]*+[^\s\\\ud800-\udfff]*")
"""An absolute address that `urljoin` would not change: most links of a page are, and this check is faster."""

SLUG = re.compile(r"(?:[\w.-]++|(?:%d8%[ab][0-9a-f]|%d9%8[0-9a])++)+", re.ASCII)
"""A slug in canonical form, as WordPress prints most: Arabic letters from U+0620 to U+064A, unchanged by NFC."""

SIMPLE = re.compile(
    rf"(?:https://(?!www\.)[a-z0-9.-]++|https?://(?!www\.)[a-z0-9.-]++:(?!80/|443/)(?:{PORT}))"
    rf"/(?:{SLUG.pattern}/)*(?<!/amp/)(?<!/page/[01]/)",
    re.ASCII,
)
"""An address in canonical form, as most are: a host and slugs, unless the last slug is a file name."""

LONGEST = 8000
"""The length of an address that all servers must support (RFC 9110, section 4.1); longer ones are attacks."""

USER = re.compile(r"^([^/?#]*+//)[^/?#]*@")
"""The user name and password before a host (RFC 3986, section 3.2.1)."""

ESCAPE = re.compile(r"%[0-9A-F]{2}")
DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
"""A dot segment, escaped or not: servers resolve it differently."""

VIEWS = (["amp"], ["page", "0"], ["page", "1"])
"""The ends of addresses that lead to the same page: its form for telephones, its first page."""

FILE = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
UNUSUAL = re.compile(r"[^\w.-]", re.ASCII)
PLAIN_SEGMENT = re.compile(r"[a-z0-9][a-z0-9.-]*")
"""A part of a path that a folder's name holds as it is, also where names in upper case are the same."""

LONGEST_FOLDER = 120
"""The most letters of a folder's name: most file systems allow them, with room for suffixes."""


@lru_cache(maxsize=8192)
def canonical(url: str) -> str:
    """Return the canonical form of ``url``: the same for all addresses that lead to the same article.

    Escapes are lower-case UTF-8 as WordPress prints them, letters are NFC, the
    scheme is https if no port is given, and `www`, the fragment, tracking
    parameters, `/amp/` and `/page/1/` are removed. A path ends in a slash unless it
    names a file.

    >>> canonical("http://www.Example.org/%D8%AD%D9%85%D8%B5?utm_source=x#top")
    'https://example.org/%d8%ad%d9%85%d8%b5/'
    >>> canonical("https://example.org/حمص/amp/") == canonical("https://example.org/حمص")
    True
    """
    if SIMPLE.fullmatch(url) and not FILE.search(url, 0, len(url) - 1):
        return url
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = authority(url)
    scheme = scheme if ":" in host.rpartition("]")[2] else "https"
    return urlunsplit((scheme, host, _path(parts.path), _query(parts.query), ""))


def authority(url: str) -> str:
    """Return the host of ``url`` without `www`, with the port if it is not the scheme's default.

    >>> authority("https://WWW.example.org:443/a")
    'example.org'
    >>> authority("http://127.0.0.1:8081/")
    '127.0.0.1:8081'
    """
    url = url.strip()
    end = url.find("/", len("https://"))
    return _authority(url if end < 0 else url[:end])


def absolute(base: str, link: str | None) -> str | None:
    """Return ``link`` as an absolute web address without a user name; None if it is not a web address.

    >>> absolute("http://example.org/", "http://ali:secret@example.org/a/")
    'http://example.org/a/'
    >>> absolute("http://example.org/a/", "../b/#c")
    'http://example.org/b/#c'
    >>> absolute("http://example.org/", "javascript:void(0)") is None
    True
    """
    link = (link or "").strip()
    if len(link) > LONGEST:
        return None
    if PLAIN.fullmatch(link):
        return link
    try:
        url = anonymous(urljoin(base, link))
        parts = urlsplit(url)
        is_web = bool(link and authority(url) and url.encode()) and parts.scheme in DEFAULT_PORTS and parts.port != 0
    except ValueError:
        return None
    return url if is_web else None


def anonymous(url: str) -> str:
    """Return ``url`` without the user name and password in it.

    >>> anonymous("https://ali:secret@example.org/@ali/")
    'https://example.org/@ali/'
    """
    return USER.sub(r"\1", url)


@lru_cache(maxsize=8192)
def within(site: str, url: str) -> bool:
    """Return whether ``url`` is on ``site``: same host, port and path prefix.

    >>> within("http://example.org/ar/", "https://www.example.org/ar/news/")
    True
    >>> within("http://127.0.0.1:8081/", "http://127.0.0.1:22/")
    False
    >>> within("http://example.org/ar/", "http://example.org/ar/%2e%2e/private/")
    False
    """
    if absolute(site, url) is None or DOTS.search(url.partition("?")[0]):
        return False
    root, place = (f"{canonical(each).partition('://')[2].rstrip('/')}/" for each in (site, url))
    return place.startswith(root)


def folder(site: str) -> str:
    """Return the name of the folder for ``site``: its host, port and path.

    If that could be the name of another site too, or is too long, part of a hash is added.

    >>> folder("http://127.0.0.1:8081/"), folder("https://example.org/ar/")
    ('127.0.0.1_8081', 'example.org_ar')
    """
    segments = [segment for segment in urlsplit(canonical(site)).path.split("/") if segment]
    name = "_".join((host_folder(site), *(UNUSUAL.sub("_", segment) for segment in segments)))
    is_plain = all(map(PLAIN_SEGMENT.fullmatch, segments)) and not (segments and segments[0].isdigit())
    if is_plain and len(name) <= LONGEST_FOLDER:
        return name
    return f"{name[:LONGEST_FOLDER]}-{sha256('/'.join(segments).encode()).hexdigest()[:8]}"


def host_folder(site: str) -> str:
    """Return the name of the folder for ``site`` without its path, as earlier versions of Furat had it.

    >>> host_folder("https://example.org/ar/")
    'example.org'
    """
    return UNUSUAL.sub("_", authority(site)).strip(".") or "_"


def slug(name: str) -> str:
    """Return the slug that WordPress makes of a section's name: the last part of its address.

    >>> slug("بشار الأسد") == slug("بشار-الأسد")
    True
    """
    return "-".join(re.sub(r"[^\w\s-]", "", normalize("NFC", name).lower()).split())


@lru_cache(maxsize=1024)
def _authority(origin: str) -> str:
    parts = urlsplit(origin)
    host = re.sub(r"^(?:www\.)+", "", parts.hostname or "")
    host = host if host.isascii() else host.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    own = DEFAULT_PORTS.get(parts.scheme.lower())
    return host if parts.port in (None, own) else f"{host}:{parts.port}"


def _path(path: str) -> str:
    segments = [_segment(part) for part in path.split("/") if part]
    while segments[1:] and (view := next((view for view in VIEWS if segments[-len(view) :] == view), None)):
        del segments[-len(view) :]
    path = "/" + "/".join(segments)
    return path if path == "/" or FILE.search(path) else f"{path}/"


def _segment(part: str) -> str:
    if SLUG.fullmatch(part):
        return part
    raw = unquote_to_bytes(part)
    with suppress(UnicodeDecodeError):  # escapes in an older encoding are kept: different slugs stay different
        raw = normalize("NFC", raw.decode()).encode()
    return ESCAPE.sub(lambda escape: escape[0].lower(), quote(raw, safe=SAFE))


def _query(query: str) -> str:
    if not query:
        return ""
    kept = ((name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(name))
    return urlencode(sorted(kept))
