"""What the replica answers: addresses as WordPress reads them."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qs, quote, unquote

from .cards import PICTURES, Card
from .feeds import TYPES, feed, validators
from .listing_page import Paging, archive_box, entries, missing_page, page_links, plain_page
from .listings import Listing, find_listing
from .plan import ALL, HERE, TRAPS
from .post_page import post_page
from .replica import Replica
from .rest import Query
from .rest_routes import answer
from .rest_types import report_page
from .sitemaps import FORMS, moved, sitemap
from .theme import NAME, html_page, sidebar

PER_PAGE = 10
HTML = "text/html; charset=UTF-8"
NEVER_KEPT = {"Cache-Control": "no-cache, must-revalidate", "Expires": "Wed, 11 Jan 1984 05:00:00 GMT"}
API_LINK = f'<{HERE}wp-json/>; rel="https://api.w.org/"'


@dataclass(slots=True)
class Reply:
    """An answer, before it is packed and sent."""

    status: int
    body: bytes = b""
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    filler: int = 0
    """How many kilobytes of style rules to put into the page when it is sent."""


class Site:
    """Answers for a replica at the address ``base``.

    >>> site = Site(Replica(60), "http://127.0.0.1:80/")
    >>> site.answer("/").status, site.answer("/nothing/").status
    (200, 404)
    """

    def __init__(self, replica: Replica, base: str) -> None:
        self.replica = replica
        self.base = base
        self._sidebar = lru_cache(maxsize=1)(self._make_sidebar)

    def answer(self, target: str) -> Reply:
        """Return the answer to a GET of ``target``, a path with its query."""
        path, mark, query = target.partition("?")
        path = (path if path.isascii() else quote(path.encode("latin-1"), safe="/%")).lower()
        prefix, inside = self.replica.prefix, path.removeprefix(self.replica.prefix)
        if path == "/robots.txt":
            return self._robots()
        if not path.startswith(f"{prefix}/"):
            return self._missing()
        parts = [part for part in inside.split("/") if part]
        if reply := self._for_machines(parts, {name: values[0] for name, values in parse_qs(query, True).items()}):
            return reply
        reply = self._short(parse_qs(query)) if query and not parts else None
        reply = reply or self._page(parts)
        if reply.status == 200 and not path.endswith("/"):
            return self._moved(f"{HERE}{inside[1:]}/{mark}{query}")
        return reply

    def _page(self, parts: list[str]) -> Reply:
        match parts:
            case [*first, "page", number] if number.isdigit() and (listing := find_listing(self.replica, first)):
                return self._listed(listing, max(1, int(number)))
            case _ if listing := find_listing(self.replica, parts):
                return self._listed(listing, 1)
            case ["about"]:
                return self._about()
            case ["report", slug] if page := report_page(self.replica, slug, self._beside()):
                return self._html(200, page)
            case [slug, *below]:
                return self._post(slug, below)
        return self._missing()

    def _short(self, query: dict[str, list[str]]) -> Reply | None:
        """Return where an address such as `/?p=12` leads, or None where the query means nothing."""
        if "p" not in query:
            return None
        number = query["p"][0]
        index = self.replica.by_id(int(number)) if number.isdigit() else None
        return self._missing() if index is None else self._moved(self.replica.card(index).url)

    # Posts

    def _post(self, slug: str, below: list[str]) -> Reply:
        index = self.replica.find(slug)
        if index is None:
            index = self.replica.moved(slug)
            return self._missing() if index is None else self._moved(self.replica.card(index).url)
        match below:
            case []:
                return self._article(index, 1)
            case [number] if number.isdigit():
                return self._article(index, int(number))
            case ["page", number] if number.isdigit():
                return self._moved(self.replica.card(index).url)
            case [name] if name == f"photo-{index}":
                return self._attachment(self.replica.card(index))
        return self._missing()

    def _article(self, index: int, number: int) -> Reply:
        post = self.replica.post(index)
        if not 1 <= number <= len(post.pages) or (post.card.status == "protected" and number > 1):
            return self._moved(post.card.url)
        reply = self._html(200, post_page(post, number, self.replica.around(index), self._beside()))
        api, short = f"{HERE}wp-json/wp/v2/posts/{post.card.id}", f"{HERE}?p={post.card.id}"
        links = f'{API_LINK}, <{api}>; rel="alternate"; type="application/json", <{short}>; rel=shortlink'
        reply.headers |= {"Link": self._here(links), "X-Pingback": self._here(f"{HERE}xmlrpc.php")}
        return reply

    def _attachment(self, card: Card) -> Reply:
        number = card.id + 1
        picture = f'<p class="attachment"><img src="{PICTURES}gallery-{card.index}-1.jpg" alt=""></p>'
        classes = f"attachment single single-attachment postid-{number} attachmentid-{number}"
        return self._html(200, plain_page(f"photo-{card.index}", classes, picture, self._beside()))

    def _about(self) -> Reply:
        text = "<p>شبكة تنقل أخبار المدن والأرياف منذ سنوات.</p>"
        head = f"<link rel='canonical' href='{HERE}about/' />\n<link rel='shortlink' href='{HERE}?p=2' />"
        return self._html(200, plain_page("من نحن", "page page-id-2", text, self._beside(), head))

    # Listings

    def _listed(self, listing: Listing, number: int) -> Reply:
        last = max(1, -(-listing.total // PER_PAGE))
        if number > last:
            return self._missing()
        start = listing.skip + (number - 1) * PER_PAGE
        cards = self.replica.newest(listing.members, start, min(start + PER_PAGE, listing.skip + listing.total))
        shown = [(card, _odd_link(card) if listing.path.startswith("tag/") else card.url) for card in cards]
        sticky = self.replica.sticky() if not listing.path and number == 1 else []
        items = entries(shown, sticky) + page_links(Paging(self.replica.paging, HERE + listing.path, number, last))
        heading = archive_box(listing.label, listing.name) if listing.name else ""
        head = f"<title>{listing.name or NAME}</title>"
        if listing.json:
            head += f'\n<link rel="alternate" type="application/json" href="{listing.json}" />'
        classes = f"{listing.classes} paged paged-{number}" if number > 1 else listing.classes
        return self._html(200, html_page(head, classes, heading + items, self._beside()))

    # Everything else

    def _missing(self) -> Reply:
        reply = self._html(404, missing_page())
        reply.headers |= NEVER_KEPT
        return reply

    def _robots(self) -> Reply:
        admin = f"{self.replica.prefix}/wp-admin/"
        rules = "Disallow: /" if self.replica.forbid else f"Disallow: {admin}\nAllow: {admin}admin-ajax.php"
        form = FORMS.get(self.replica.sitemaps or "")
        text = f"User-agent: *\n{rules}\n" + (f"\nSitemap: {HERE}{form.index}\n" if form else "")
        return Reply(200, self._here(text).encode(), "text/plain; charset=utf-8")

    # What is no page

    def _for_machines(self, parts: list[str], query: Query) -> Reply | None:
        """Return the answer of REST, of a feed or of a sitemap; None where the address belongs to a page."""
        match parts:
            case _ if (route := self._route(parts, query)) is not None:
                return self._rest(route, query)
            case [*first, "feed"] | [*first, "feed", "rss2"] if self.replica.feeds:
                return self._feed("rss", first, query)
            case [*first, "feed", "atom"] if self.replica.feeds:
                return self._feed("atom", first, query)
            case [name] if target := moved(self.replica, name):
                return Reply(target[0], headers={"Location": self._here(HERE + target[1])})
            case [name] if listed := sitemap(self.replica, name):
                return Reply(200, self._here(listed).encode(), "application/xml; charset=UTF-8")
        return None

    def _route(self, parts: list[str], query: Query) -> list[str] | None:
        """Return which route of REST an address names, or None where it is none of REST's."""
        match parts:
            case [] | ["index.php"] if "rest_route" in query:
                return [part for part in query["rest_route"].split("/") if part]
            case ["wp-json", *route] if self.replica.api == "wp-json/":
                return route
        return None

    def _rest(self, route: list[str], query: Query) -> Reply:
        if self.replica.rest == 200 and self.replica.rest is not True:
            return self._html(200, plain_page("تسجيل الدخول", "page", "<p>هذه الصفحة للأعضاء.</p>", ""))
        told = answer(self.replica, route, query)
        headers = {"X-Robots-Tag": "noindex", "Link": self._here(API_LINK)} | {
            name: self._here(value) for name, value in told.headers.items()
        }
        text = self._here(json.dumps(told.value)).replace("/", "\\/")  # PHP escapes letters and slashes
        return Reply(told.status, text.encode(), "application/json; charset=UTF-8", headers)

    def _feed(self, kind: str, first: list[str], query: Query) -> Reply | None:
        """Return a feed; that of an unknown section is empty, and a page past the end is missing."""
        listing = find_listing(self.replica, first)
        if listing is None and first[:1] not in (["tag"], ["category"], ["author"]):
            return None
        number = int(query["paged"]) if query.get("paged", "").isdecimal() else 1
        start = listing.skip + (max(1, number) - 1) * PER_PAGE if listing else 0
        stop = min(start + PER_PAGE, listing.skip + listing.total) if listing else 0
        shown = (
            [self.replica.post(card.index) for card in self.replica.newest(listing.members, start, stop)]
            if listing
            else []
        )
        newest = self.replica.newest_change
        path = "".join(f"{part}/" for part in (*first, "feed", *(["atom"] if kind == "atom" else [])))
        text = feed(kind, shown, listing.name if listing else "", path, newest)
        is_beyond = number > 1 and not shown
        headers = validators(newest) | {"Link": self._here(API_LINK)} | (NEVER_KEPT if is_beyond else {})
        return Reply(404 if is_beyond else 200, self._here(text).encode(), TYPES[kind], headers)

    def _html(self, status: int, page: str) -> Reply:
        """Return a page, as heavy as the replica's pages are."""
        body = self._here(page).encode()
        missing = max(0, self.replica.weight - len(body))
        return Reply(status, body, headers={"Link": self._here(API_LINK)}, filler=missing // 1000)

    def _moved(self, url: str) -> Reply:
        return Reply(301, headers={"Location": self._here(url), "X-Redirect-By": "WordPress"})

    def _here(self, text: str) -> str:
        return self.replica.at(self.base, text)

    def _beside(self) -> str:
        changes = self.replica.changes
        return self._sidebar(self.replica.posts, len(changes.deleted), len(changes.old_slugs))

    def _make_sidebar(self, *state: int) -> str:
        """Return the widgets; ``state`` tells one state of the site from the next."""
        newest = self.replica.newest(ALL, 0, 5)
        popular = [self.replica.card(index) for index in (1, 5, 7, 16) if self.replica.is_listed(index)]
        return sidebar(newest, popular)


def _odd_link(card: Card) -> str:
    """Return the address of a post as tag listings print it: for some posts in another form."""
    if card.place == TRAPS["raw-links"]:
        return unquote(card.url)
    if card.place == TRAPS["upper-case-links"]:
        return HERE + card.slug.upper() + "/"
    return card.url.rstrip("/") if card.place == TRAPS["no-final-slash"] else card.url
