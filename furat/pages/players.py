"""The players of an article: which addresses play something, and where a page keeps them."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode as Node

from furat.pages.pictures import LAZY

PLAYERS = re.compile(
    r"youtube(?:-nocookie)?\.com/(?:embed|v|watch|shorts|live)|youtu\.be/|vimeo\.com/(?:video/)?\d|dailymotion\.com/(?:embed|player|video)|geo\.dailymotion|"
    r"facebook\.com/(?:plugins/video|v\d|watch|[^/?]{1,99}/videos/)|fb\.watch/|rumble\.com/embed|ok\.ru/videoembed|soundcloud\.com/player|tiktok\.com/(?:embed|player)|"
    r"streamable\.com|twitch\.tv|brightcove|jwplayer|jwplatform|videopress\.com/(?:embed|v)/|archive\.org/embed|aparat\.com/video/video/embed|wistia\.(?:com|net)/embed|vk\.com/video_ext|rutube\.ru/play/embed|odysee\.com|instagram\.com/(?:p|reel|tv)/.*embed|//t\.me/(?:c/)?\w{1,99}/\d"
)
CONSENTED = ("data-src-cmplz", "data-cookieblock-src", "data-lsvf-src", "data-litespeed-src", "data-cmp-src")
"""Where plugins that ask for consent, or wait for a click, keep the address."""

PLAYED = (*CONSENTED, *LAZY, "src", "data-href")
ADDRESS = re.compile(r"""(https?://[^\s"'<>\\,)/?#&]+)((?:(?!&(?:quot|apos|#0?3[49]);)[^\s"'<>\\,)])*)""")
"""The host of an address, and what stands behind it."""

ESCAPES = (("\\/", "/"), ("\\u0026", "&"), ("&amp;", "&"))
"""What JSON in an attribute writes otherwise, and what is escaped twice."""

PART = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|js|css|json)(?:\?|$)", re.IGNORECASE)
"""What a player is made of."""

LONGEST = 5_000
"""Letters of an attribute that are read."""

IDENTIFIED = ("data-videoid", "videoid", "data-ytid")
"""Where custom elements keep the id of a video."""

HOSTS = {"vimeo": "https://player.vimeo.com/video/", "dailymotion": "https://www.dailymotion.com/embed/video/"}
YOUTUBE = "https://www.youtube.com/embed/"


def plays(url: str) -> bool:
    """Return whether something is played at ``url``.

    >>> plays("https://www.youtube.com/embed/abcdefghijk"), plays("https://maps.google.com/embed")
    (True, False)
    """
    return PLAYERS.search(url[:2000]) is not None


def hidden(attributes: Mapping[str, str | None]) -> Iterator[str]:
    r"""Yield the addresses that play and that the `data-` attributes of an element keep for a script, in JSON or alone.

    >>> [*hidden({"data-settings": r'{"url":"https:\/\/youtu.be\/abcdefghijk"}', "data-url": "https://example.org/"})]
    ['https://youtu.be/abcdefghijk']
    """
    for name, value in attributes.items():
        if value and name.startswith("data-") and "//" in (said := _unescaped(value[:LONGEST])):
            yield from (found[0] for found in ADDRESS.finditer(said) if _is_player(found))


def _unescaped(said: str) -> str:
    for escape, letter in ESCAPES:
        said = said.replace(escape, letter)
    return said


def _is_player(address: re.Match[str]) -> bool:
    """Return whether the host of an ``address`` plays: what shares a video names another's."""
    player = PLAYERS.search(address[0][:2000])
    return player is not None and player.start() < len(address[1]) and PART.search(address[0]) is None


def player_url(node: Node) -> str | None:
    """Return the address, as given, that a player loads; None where it gives none."""
    source = (node.css_first("source[src]") if node.tag in ("video", "amp-video") else None) or node
    attributes = source.attributes
    given = next((value for name in PLAYED if (value := attributes.get(name)) and value != "about:blank"), None)
    if given:
        return given
    id_ = next(filter(None, (node.attributes.get(name) for name in IDENTIFIED)), None)
    host = (node.tag or "").removeprefix("lite-").removeprefix("amp-")
    return HOSTS.get(host, YOUTUBE) + id_ if id_ else None
