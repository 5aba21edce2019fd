"""The page of one article."""

import re
from dataclasses import replace
from functools import cached_property
from itertools import islice
from weakref import proxy  # the page keeps its readers: a cycle would keep its tree until the next collection

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.arabic import clean
from furat.items import Article, Image
from furat.pages.body import Body, Reader
from furat.pages.byline import Byline
from furat.pages.guess import guess_paragraphs
from furat.pages.joined import put_together
from furat.pages.moments import Moment, Moments
from furat.pages.names import ancestors
from furat.pages.page import Page, Thing, strings, text
from furat.pages.pictures import image_url, with_featured
from furat.pages.place import Place
from furat.pages.terms import Terms
from furat.pages.titles import PLACEHOLDERS, agree, most_shared, words
from furat.pages.weigh import holder
from furat.sections import Section

ARTICLE = re.compile(r"\w*Article|\w*Posting|Report")  # https://schema.org/Article and what is more special
NOT_ARTICLES = frozenset({"archive", "home", "blog", "search", "error404", "page", "attachment"})
POST_ID = re.compile(r"postid-(\d+)")
LATER_PAGE = re.compile(r"single-paged-\d+")
MOST_HEADINGS = 100
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "div", "span", "p"})


class ArticlePage(Page):
    """Reads one article; what the page does not say is None or empty."""

    def to_item(self) -> Article:
        """Return the article as printed; `clean` has been applied to its title and to each paragraph of its text."""
        published = self.published
        text, paragraphs, digest = put_together(self.title, self.body.paragraphs, self.language)
        return Article(
            id=self.id,
            url=self.canonical,
            post_id=self.post_id,
            digest=digest,
            title=clean(self.title, self.language or "ar"),
            text=text,
            title_raw=self.title,
            paragraphs_raw=paragraphs,
            guessed=self.fallback,
            authors=self.authors,
            published=published.value if published else None,
            published_raw=published.printed if published else None,
            published_source=published.source if published else None,
            modified=self.modified,
            categories=self._terms.names_of("category"),
            tags=self._terms.names_of("tag"),
            images=self.images,
            videos=tuple(self.body.videos),
            language=self.language,
        )

    # What kind of page it is

    @property
    def is_article(self) -> bool:
        """Whether this is one article: by core's mark, or else by what the heading and the page's data agree on."""
        classes = self.body_classes
        if "single" in classes:
            return not classes & {"attachment", "single-attachment", "single-product"}
        if classes & NOT_ARTICLES and self.is_head_trusted:
            return False
        return bool(self.heading) and (
            any(map(_is_article, self.own)) or (self.is_head_trusted and "article" in self.meta.get("og:type", ()))
        )

    @property
    def protected(self) -> bool:
        """Whether the page asks for a password."""
        return not self.telling.keys().isdisjoint(("form", "input"))

    @property
    def fallback(self) -> bool:
        """Whether no known container was found, so that the body is a guess."""
        return self.container is None

    # Where it is

    @cached_property
    def post_id(self) -> int | None:
        """The number that WordPress gives the post."""
        found = next(filter(None, map(POST_ID.fullmatch, self.body_classes)), None)
        field = None if found else self.tree.css_first("input[name=comment_post_ID]")
        number = found[1] if found else (field and field.attributes.get("value")) or ""
        return int(number) if number.isdecimal() else None

    @cached_property
    def canonical(self) -> str:
        """The canonical address: the page's own word where it is plausible, else the address it came from."""
        link = self.first("link", "canonical")
        own = self.link(link) if link and self.is_head_trusted else None
        url = urls.canonical(own if own and urls.authority(own) == urls.authority(self.url) else self.url)
        is_later = any(map(LATER_PAGE.fullmatch, self.body_classes))
        return re.sub(r"/\d+/$", "/", url) if is_later else url

    @property
    def id(self) -> str:
        """The host and the post's number, or its path where the page prints none."""
        host = urls.authority(self.url)
        if not self.post_id:
            return host + self.canonical.partition(host)[2]
        link = self.first("link", "shortlink")
        root = re.search(r"//[^/]+/([^?]*/)\?p=\d+$", (link and self.link(link)) or "")
        return f"{host}/{root[1] if root else ''}{self.post_id}"

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The addresses of the other pages of an article of several, in order."""
        found = map(self.link, self.telling.get("a", ()))
        return tuple(dict.fromkeys(url for url in found if url))

    @property
    def may_hide_pages(self) -> bool:
        """Whether later pages may exist without a link to them.

        A block theme links the pages of an article only where they were parted by a
        block, not by the older `<!--nextpage-->` (WordPress's `render_block_core_post_content`).
        """
        return not self.pages and ".wp-block-post-content" in self.parts

    # What it says

    @cached_property
    def heading(self) -> Node | None:
        """The element that prints the title: the one most like what the page's data say, or else the first."""
        named = (node for node in self.all(self.layout.TITLE) if node.tag in HEADINGS)
        said = [words(title) for title in (*self._titles, *self._headlines)]
        headings = islice((*self.all("h1"), *named), MOST_HEADINGS)
        rated = [(node, most_shared(printed, said)) for node in headings if (printed := text(node))]
        if not any(shared > 1 for _, shared in rated):
            rated += [(node, most_shared(text(node), said)) for node in islice(self.all("h2"), MOST_HEADINGS)]
        return max(rated, key=lambda pair: pair[1], default=(None, 0))[0]

    @cached_property
    def title(self) -> str:
        """The title as printed; empty where the article has none."""
        printed = text(self.heading)
        if printed and (printed.lower() not in PLACEHOLDERS or any(printed in said for said in self._titles)):
            return printed
        # WordPress puts the site's name into `title` where a post has none.
        titles = [] if self.is_wordpress_post else self._titles
        return next(iter((*self._headlines, *titles)), "")

    @cached_property
    def container(self) -> Node | None:
        """The element that holds the body: the first named one after the heading, or else around it."""
        found = [node for node in self.all(self.layout.BODY) if node.tag not in ("article", "body", "meta", "main")]
        start = self.parts.position(self.heading) if self.heading else -1
        return next((node for node in found if self.parts.position(node) > start), found[0] if found else None)

    @cached_property
    def body(self) -> Body:
        """The body as printed."""
        if self.container:
            return Reader(self.container, self.base, self.heading).read()
        around = holder((node, len(node.text())) for node in self.all("p"))
        guess = Reader(around, self.base, self.heading).read() if around else Body()
        return replace(guess, paragraphs=guess_paragraphs(self.html) or guess.paragraphs)

    @property
    def images(self) -> tuple[Image, ...]:
        """The featured picture and those of the body, in the order of `with_featured`."""
        return with_featured(self._featured, self.body.images)

    @property
    def _featured(self) -> Image | None:
        node = next(self.all(self.layout.FEATURED), None)
        url = image_url(node, self.base) if node else None
        figure = next((each for each in ancestors(node) if each.tag == "figure"), None) if node else None
        shown = Reader(figure, self.base).read().images if url and figure else []
        return next((image for image in shown if image.url == url), Image(url=url) if url else None)

    @property
    def authors(self) -> tuple[str, ...]:
        """Names as printed."""
        return Byline(self, self.own, self._place.holds, is_head_trusted=self.is_head_trusted).names()

    @cached_property
    def published(self) -> Moment | None:
        """When the site says that it was published."""
        return self._moments.published()

    @property
    def modified(self) -> str | None:
        """When the site says that it was last changed."""
        return self._moments.modified()

    @cached_property
    def _moments(self) -> Moments:
        return Moments(proxy(self), self.own, self._place.holds, is_head_trusted=self.is_head_trusted)

    @cached_property
    def _place(self) -> Place:
        return Place(self.parts, self.heading, self.container)

    # Where it belongs

    @property
    def sections(self) -> tuple[Section, ...]:
        """The categories and the tags that the article links to as its own."""
        return (*self._terms.categories, *self._terms.tags)

    @cached_property
    def _terms(self) -> Terms:
        return Terms(proxy(self), self.own, self._place.is_of_another, is_head_trusted=self.is_head_trusted)

    # What to believe

    @cached_property
    def _titles(self) -> list[str]:
        return [*self.meta.get("og:title", ())[:1], *filter(None, [text(self.first("title"))])]

    @cached_property
    def _headlines(self) -> list[str]:
        return [title for thing in self.things if _is_article(thing) for title in strings(thing.get("headline"))]

    @cached_property
    def is_head_trusted(self) -> bool:
        """Whether the head speaks of this article: some sites copy it from their home page."""
        return not self._titles or any(agree(self.title, said) for said in self._titles)

    @cached_property
    def own(self) -> list[Thing]:
        """The JSON-LD nodes that speak of this article, those of articles first."""
        articles = [thing for thing in self.things if self._speaks_of_it(thing)]
        pages = [thing for thing in self.things if self.is_head_trusted and "WebPage" in strings(thing.get("@type"))]
        return articles + pages

    def _speaks_of_it(self, thing: Thing) -> bool:
        said = strings(thing.get("headline"))  # themes give it to the thing that a post shows, such as a video, as well
        return agree(self.title, said[0]) if said else _is_article(thing) and self.is_head_trusted


def _is_article(thing: Thing) -> bool:
    return any(map(ARTICLE.fullmatch, strings(thing.get("@type"))))
