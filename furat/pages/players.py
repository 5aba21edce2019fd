"""The players of an article: which addresses play something, and where a page keeps them."""

import re

from selectolax.lexbor import LexborNode as Node

from furat.pages.pictures import LAZY

PLAYERS = re.compile(
    r"youtube(?:-nocookie)?\.com/(?:embed|v|watch|shorts)|youtu\.be/|vimeo\.com/(?:video/)?\d|dailymotion\.com/(?:embed|player|video)|geo\.dailymotion|"
    r"facebook\.com/(?:plugins/video|v\d|watch|[^/?]{1,99}/videos/)|fb\.watch/|rumble\.com/embed|ok\.ru/videoembed|soundcloud\.com/player|tiktok\.com/(?:embed|player)|"
    r"streamable\.com|twitch\.tv|brightcove|jwplayer|jwplatform|videopress\.com/embed|odysee\.com|instagram\.com/(?:p|reel|tv)/.*embed|//t\.me/(?:c/)?\w{1,99}/\d"
)
CONSENTED = ("data-src-cmplz", "data-cookieblock-src", "data-lsvf-src", "data-litespeed-src", "data-cmp-src")
"""Where plugins that ask for consent, or wait for a click, keep the address."""

PLAYED = (*CONSENTED, *LAZY, "data-href")
IDENTIFIED = ("data-videoid", "videoid", "data-ytid")
"""Where custom elements keep the id of a video."""

HOSTS = {"vimeo": "https://player.vimeo.com/video/"}
YOUTUBE = "https://www.youtube.com/embed/"


def plays(url: str) -> bool:
    """Return whether something is played at ``url``.

    >>> plays("https://www.youtube.com/embed/abcdefghijk"), plays("https://maps.google.com/embed")
    (True, False)
    """
    return PLAYERS.search(url[:2000]) is not None


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
