"""The page of one article."""

import re
from functools import cached_property

from furat import urls
from furat.arabic import clean
from furat.items import Article, Image
from furat.pages.explain import Explanation, explained
from furat.pages.featured import Featured
from furat.pages.joined import put_together
from furat.pages.later import LaterPages
from furat.pages.moment import Moment
from furat.pages.pictures import with_featured
from furat.pages.things import is_article
from furat.pages.weighed import WeighedPage
from furat.sections import Section

NOT_ARTICLES = frozenset({"archive", "home", "blog", "search", "error404", "page", "attachment"})

NO_NEWS = frozenset(
    {
        *("attachment", "single-attachment", "single-product", "single-forum"),
        *("single-elementor_library", "single-e-landing-page", "single-e-floating-buttons"),
    }
)
"""What core's body_class() says of one thing that is no article: of its own, a shop's, a forum's, a page builder's."""

NO_POSTS = frozenset({"pages", "media"})


class ArticlePage(WeighedPage):
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
            categories=self.categories,
            tags=self.tags,
            images=self.images,
            videos=tuple(self.body.videos),
            language=self.language,
        )

    def explain(self) -> dict[str, Explanation]:
        """Return, for each field, the value, how clear it is, and what speaks for it and against."""
        return explained(self)

    # What kind of page it is

    @property
    def is_article(self) -> bool:
        """Whether this is one article: by core's mark, or else by what the heading and the page's data agree on."""
        classes = self.body_classes
        if "single" in classes:
            return not classes & NO_NEWS
        if classes & NOT_ARTICLES and self.is_head_trusted:
            return False
        if self._proven("body", self.taught.body) is not None and (self.taught.title or self.post_id):
            return True
        return bool(self.heading) and (
            any(map(is_article, self.own))
            or (self.is_head_trusted and "article" in self.meta.get("og:type", ()))
            or self._is_post
        )

    @property
    def _is_post(self) -> bool:
        """Whether core's head says so, by the short address of one post and by that of its data, or else by its terms.

        Pages have short addresses too, but no terms.
        """
        claimed = self.identity
        if not (claimed.shortlink_id and claimed.canonical and claimed.agrees and self.is_head_trusted):
            return False
        return claimed.kind not in NO_POSTS if claimed.kind else bool(self.terms.categories)

    @property
    def protected(self) -> bool:
        """Whether the page asks for a password."""
        return not self.telling.keys().isdisjoint(("form", "input"))

    @property
    def fallback(self) -> bool:
        """Whether the body is a guess: nothing but the weight of its words tells where it stands."""
        node = self.container
        told = (one for one in self.containers.candidates if one.source in ("name", "profile"))
        return node is None or all(one.value.mem_id != node.mem_id for one in told)

    # Where it is

    @property
    def post_id(self) -> int | None:
        """The number that WordPress gives the post; its short address tells it where the page names itself rightly."""
        claimed = self.identity
        is_own = claimed.canonical is not None and claimed.agrees
        return claimed.post_id or (claimed.shortlink_id if is_own else None)

    @cached_property
    def canonical(self) -> str:
        """The canonical address: the page's own word where it is plausible, else the address it came from."""
        if not urls.authority(self.url):
            return self.url  # of a file
        own = self.identity.canonical if self.is_head_trusted else None
        url = urls.canonical(own if own and urls.authority(own) == urls.authority(self.url) else self.url)
        return re.sub(r"/\d+/$", "/", url) if self.identity.is_later_page else url

    @property
    def id(self) -> str:
        """The host and the post's number, or its path where the page prints none; a file has no host."""
        host = urls.authority(self.url)
        if not self.post_id:
            return host + (self.canonical.partition(f"://{host}")[2] or self.canonical)
        return f"{host}/{self.identity.root}{self.post_id}"

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The addresses of the other pages of an article of several, in order; the later ones where only a theme tells.

        Where many have no link here, those up to the first gap.
        """
        marked = dict.fromkeys(url for url in map(self.link, self.telling.get("a", ())) if url)
        return tuple(marked or self._later.all(self._firsts))

    def page_at(self, first: str, number: int) -> str | None:
        """Return where a link leads to the page ``number`` of the article whose first page is at ``first``."""
        return self._later.at((first, *self._firsts), number)

    @cached_property
    def _later(self) -> LaterPages:
        return LaterPages(self)

    @property
    def _firsts(self) -> tuple[str, str]:
        """Where the first page may be, if this is not a later one: links need not agree with the canonical address."""
        return self.canonical, self.url

    @property
    def may_hide_pages(self) -> bool:
        """Whether later pages may exist without a link to them.

        A block theme links the pages of an article only where they were parted by a
        block, not by the older `<!--nextpage-->` (WordPress's `render_block_core_post_content`).
        """
        return not self.pages and ".wp-block-post-content" in self.parts

    # What it says

    @property
    def images(self) -> tuple[Image, ...]:
        """The featured picture and those of the body, in the order of `with_featured`."""
        featured = Featured(self, self.heading, self.container, is_head_trusted=self.is_head_trusted)
        return with_featured(featured.image(), self.body.images)

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Names as printed."""
        return self._proven("authors", self.taught.authors) or self.byline.names()

    @cached_property
    def published(self) -> Moment | None:
        """When the site says that it was published."""
        return self._proven("published", self.taught.published) or self.moments.published()

    @property
    def modified(self) -> str | None:
        """When the site says that it was last changed."""
        taught = self._proven("modified", self.taught.modified)
        return taught.value if taught else self.moments.modified()

    # Where it belongs

    @property
    def sections(self) -> tuple[Section, ...]:
        """The categories and the tags that the article links to as its own."""
        return (*self.terms.categories, *self.terms.tags)

    @property
    def categories(self) -> tuple[str, ...]:
        """The names of its categories."""
        taught = self._proven("categories", self.taught.categories)
        return tuple(one.name for one in taught or ()) or self.terms.names_of("category")

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of its tags."""
        taught = self._proven("tags", self.taught.tags)
        return tuple(one.name for one in taught or ()) or self.terms.names_of("tag")
