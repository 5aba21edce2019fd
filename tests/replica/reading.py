"""Reads the replica as a client does, for its own tests."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.replica import TRAPS, Replica
from tests.replica.site import Reply, Site
from tests.support.crawls import LONG

BASE = "http://127.0.0.1:80/"
BESIDE = ".post-tags, .penci-single-link-pages, .wp-caption-text, .caption, .twitter-tweet, .penci-ilrltpost-insert"


def page(replica: Replica, path: str) -> LexborHTMLParser:
    reply = Site(replica, BASE).answer(path)
    assert reply.status == 200, path
    return LexborHTMLParser(reply.body.decode())


def path_of(replica: Replica, trap: str) -> str:
    return urlsplit(str(replica.article(TRAPS[trap])["url"])).path


def entries(tree: LexborHTMLParser) -> list[int]:
    return [int((node.id or "").removeprefix("post-")) for node in tree.css("article.hentry")]


def walked(replica: Replica, path: str) -> list[int]:
    """Return the ids on all pages of a listing."""
    site, found, number = Site(replica, BASE), [], 1
    while (reply := site.answer(f"{path}page/{number}/")).status == 200:
        found += entries(LexborHTMLParser(reply.body.decode()))
        number += 1
    return found


def get(url: str, *, zipped: bool = False) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    client = http.client.HTTPConnection(parts.netloc, timeout=LONG)
    try:
        client.request(
            "GET",
            parts.path + (f"?{parts.query}" if parts.query else ""),
            headers={"Accept-Encoding": "gzip"} if zipped else {},
        )
        answer = client.getresponse()
        return answer, answer.read()
    finally:
        client.close()


def answer(replica: Replica, path: str, **query: Any) -> Reply:
    return Site(replica, BASE).answer(f"/{path}{'?' + urlencode(query) if query else ''}")


def posts(replica: Replica, **query: Any) -> list[dict[str, Any]]:
    reply = answer(replica, "wp-json/wp/v2/posts", **({"per_page": 100} | query))
    assert reply.status == 200
    return list(json.loads(reply.body))


def ids(replica: Replica, **query: Any) -> list[int]:
    return [post["id"] for post in posts(replica, **query)]


def all_ids(replica: Replica) -> list[int]:
    """Return the ids of the articles and of what is protected, newest first."""
    indexes = reversed([index for index in range(replica.posts) if replica.is_listed(index)])
    return [replica.card(index).id for index in indexes]


def body_text(tree: LexborHTMLParser) -> str:
    body = LexborHTMLParser(str(tree.html)).css("#penci-post-entry-inner")[0]
    for node in body.css(f"{BESIDE}, .penci-custom-html-inside-content"):
        node.decompose()
    return body.text()


def reversed_truth(replica: Replica) -> list[dict[str, Any]]:
    """Return the truth newest first, with the protected posts among it: listings have them too."""
    hidden = [article for article in replica.hidden() if article["status"] == "protected"]
    return sorted([*replica.truth(), *hidden], key=lambda article: -article["index"])
