"""The parts of a page, by the names that WordPress, its themes and the microformats give them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.pages import layouts
from furat.pages.tags import number, numbers


def words(table: str) -> frozenset[str]:
    """Return the names that a table lists, parted by spaces."""
    return frozenset(table.split())


Names = tuple[str, ...]
Element = tuple[int, str | None, str | None, str | None]
"""The parser's number for a tag, cheaper than its name, and the attributes `class`, `id` and `itemprop`."""

Listed = tuple[Names, Names | None]
"""The names by which an element is listed, and those that it keeps as a part beside the matter, if it is one."""

UNKNOWN: Listed = (), None
_LISTED: dict[Element, Listed] = {}

ROOT, LINK = number("html"), number("a")

DEEPEST = 100
REMEMBERED = 16_384
MOST_NODES = 2_000
"""Elements of a part that are looked at for links: parts may lie in one another."""

TAGS = words("a article aside button dialog h1 h2 h3 h4 h5 h6 main nav noscript p template time")
LISTED_TAGS = numbers(TAGS)
MATTER = "main, [role=main], #main, #content, h1.entry-title"
"""What a part beside the matter never holds."""

# What stands beside the matter of a page, on articles and on listings alike.
BESIDE = words(
    """
    nav aside dialog template noscript

    #comments .comments-area .comment-list .commentlist .comment-respond #respond #disqus_thread .fb-comments
    .comment-body .comment-meta .comment-metadata .wp-block-comment-template
    .wp-block-comments .wp-block-post-comments .td-comments .jnews_comment_container

    #sidebar .sidebar .widget-area .widget #secondary .jeg_sidebar .td-ss-main-sidebar .penci-sidebar-content
    .sidebar-main .sidebar-wrap .sidebar-container .side-bar .sidebar-primary .bs-sidebar .sidebar-column

    .menu .main-menu .nav-menu .sub-menu .main-navigation .mobile-menu #mobile-menu .jeg_navbar .jeg_menu .jeg_topbar
    .jeg_header_wrapper .jeg_header .jeg_header_sticky .jeg_navbar_mobile_wrapper .jeg_mobile_wrapper .jeg_navbar_mobile
    .td-header-wrap .td-header-menu-wrap #td-mobile-nav .main-nav #main-nav .penci-header-wrap .mega-menu
    .elementor-nav-menu .off-canvas .side-aside

    .site-title .site-branding .site-logo .custom-logo-link .wp-block-site-title .wp-block-site-logo .logo #logo

    .site-footer #footer #colophon #site-footer .footer .footer-wrapper .jeg_footer .td-footer-wrapper .footer-widgets
    #footer-section .td-footer-container .main-footer

    .related-posts #related-posts .related_posts #related_posts .relatedposts .post-related .related-post .related
    .jp-relatedposts .yarpp .yarpp-related .jnews_related_post_container .td_block_related_posts .tdb_single_related
    .crp_related .rp4wp-related-posts .single-related .ast-single-related-posts-container .related-articles
    .entry-related .read-also-box #read-next .penci-rlt-popup .item-related .mh-related-content .more-posts

    .post-navigation .post-pagination .prev-next-post-nav .jnews_prev_next_container .next-prev-post .single-navigation
    .td-post-next-prev .entry-navigation .post-nav .tdb_single_next_prev

    .breaking-news #breaking-news .breaking .news-ticker .ticker .jeg_news_ticker .bs-newsticker .breaking_news
    .popular-posts .most-read .most-viewed .mostread .most-popular .trending .trending-posts .recent-posts

    .newsletter .mc4wp-form .subscribe-box .cookie-notice #cookie-notice .penci-wrap-gprd-law .popup .modal

    .breadcrumb .breadcrumbs #breadcrumb #breadcrumbs .penci-breadcrumb .jeg_breadcrumbs .rank-math-breadcrumb
    .yoast-breadcrumbs .td-crumb-container .tdb-breadcrumbs .bs-breadcrumb .ast-breadcrumbs-wrapper .site-breadcrumbs

    .tie-slider-area .featured-slider .penci-owl-featured-area .featured-area-slider
    """
)


class Parts(dict[str, list[Node]]):
    """The elements below ``root`` by those of their names that layouts know, in reading order.

    What bears a name of BESIDE is listed itself, nothing below it is, unless it holds the page's `main`.
    """

    def __init__(self, root: Node, matter: Iterable[Node] = ()) -> None:
        """Take also the elements that hold the ``matter`` of the page, whatever their names say."""
        around_matter = {each.mem_id for node in root.css(MATTER) for each in ancestors(node)}
        around_matter |= {each.mem_id for node in matter for each in (node, *ancestors(node))}
        order: dict[int, int] = {}
        named: defaultdict[str, list[Node]] = defaultdict(list)
        passing = 0  # what lies below a part beside: all up to the node with this id
        for node in islice(root.traverse(), 1, None):
            if passing:
                if node.mem_id != passing:
                    continue
                passing = 0
            attributes = node.attributes
            if not attributes and node.tag_id not in LISTED_TAGS:
                continue
            get = attributes.get
            element = node.tag_id, get("class"), get("id"), get("itemprop")
            names, beside = _LISTED.get(element) or _list(node, element)
            if beside is not None and node.mem_id not in around_matter:
                names, passing = beside, following(node)
            if names:
                order[node.mem_id] = len(order)
                for name in names:
                    named[name].append(node)
        self._order = order
        super().__init__(named)

    def named(self, *names: str) -> Iterator[Node]:
        """Return the parts that bear one of ``names``; those of an earlier name first."""
        return (node for name in names if name in self for node in self[name])

    def position(self, node: Node) -> int:
        """Return the place of ``node`` in reading order; -1 where no name knows it."""
        return self._order.get(node.mem_id, -1)


def following(node: Node) -> int:
    """Return the `mem_id` of the element or comment that follows ``node`` and all below it; -1 where none does."""
    above: Node | None = node
    while above is not None:
        after = above.next
        while after is not None and after.is_text_node:
            after = after.next
        if after is not None:
            return after.mem_id
        above = above.parent
    return -1


def is_beside(node: Node) -> bool:
    """Return whether a name of ``node`` says that it stands beside the matter of a page."""
    get = node.attributes.get
    element = node.tag_id, get("class"), get("id"), get("itemprop")
    return (_LISTED.get(element) or _list(node, element))[1] is not None


def links_in(node: Node) -> list[Node]:
    """Return the links in ``node``, itself among them: to walk the few elements of a part is cheaper than a search."""
    return [each for each in islice(node.traverse(), MOST_NODES) if each.tag_id == LINK and "href" in each.attributes]


def ancestors(node: Node) -> Iterator[Node]:
    """Return the elements around ``node``, the nearest first; no more than a sane page nests."""
    above = node.parent
    for _ in range(DEEPEST):
        if above is None or above.tag_id == ROOT:
            return
        yield above
        above = above.parent


def names_of(tag: str, classes: str | None, id_: str | None = None, itemprop: str | None = None) -> Names:
    """Return the names of an element; its tag is one only where pages are read by it.

    >>> names_of("h1", "post-title entry-title", None, "headline")
    ('h1', '.post-title', '.entry-title', '=headline')
    """
    return (*((tag,) if tag in TAGS else ()), *_signed(classes, id_, itemprop))


def _list(node: Node, element: Element) -> Listed:
    """Return, and remember, how ``node`` is listed: the pages of a site share most of their elements."""
    if len(_LISTED) >= REMEMBERED:
        _LISTED.clear()
    tag, (_, classes, id_, itemprop) = node.tag or "", element
    signed = _signed(classes, id_, itemprop)
    known = tuple([name for name in signed if layouts.knows(name)])
    names = (tag, *known) if tag in TAGS else known
    beside = None
    if tag in BESIDE or not BESIDE.isdisjoint(signed):
        beside = tuple(name for name in known if name[0] != "=")  # its `h1` is no heading of an article
    _LISTED[element] = listed = (names, beside) if names or beside is not None else UNKNOWN
    return listed


def _signed(classes: str | None, id_: str | None, itemprop: str | None) -> list[str]:
    found = ["." + name for name in classes.split()] if classes else []
    if id_:
        found.append("#" + id_)
    if itemprop:
        found += ["=" + name for name in itemprop.split()]
    return found
