"""What an element of an article's container is: text, a block of it, a picture, a player, or nothing of the article."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise, takewhile

from furat.pages.names import words
from furat.pages.post_class import marks_a_post
from furat.pages.tags import numbers

PARTS = re.compile(r"[-_\s]+")
HOLDING = frozenset({"has", "with", "without", "no"})
"""What parts, in a name, the element from what stands in it or does not."""

COMMENT = re.compile(r"#(?:\w{1,20}-)?comment-\d{1,19}")
"""The ids that core gives to comments, whatever a theme calls their list
(https://developer.wordpress.org/reference/classes/walker_comment/)."""

BLOCKS = words(
    """
    address article blockquote caption center cite dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr legend li main menu ol p pre section summary table tbody tfoot thead tr ul
    """
)

BLOCK_TAGS = numbers(BLOCKS)

WRITTEN = words(
    "h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd blockquote pre table thead tbody tfoot tr td th figure strong em b"
)
"""What authors write: no name takes it away, unless it holds nothing but links."""

NOT_TEXT = words(
    """
    audio canvas datalist head input math nav object option script select style svg template textarea title
    """
)

CORE = words(
    """
    .screen-reader-text .post-nav-links .page-links .post-password-form .wp-block-post-terms .sd-title .sharedaddy
    .comment-list .commentlist .comment-respond #respond .wp-block-comments .sr-only .visually-hidden
    """
)
"""What WordPress itself sets there and is no text, whatever the element; the last two are what frameworks call it."""

# What themes and plugins set into an article's own container, and is not the article: any part of a class or an id,
# between hyphens and underscores, that says so, unless most of the text stands there …
NOT_BODY_WORDS = words(
    """
    share shares sharing sharebox sharedaddy sharethis addtoany a2a essb social socials follow
    related relatedposts inlinerelated relpost ilrltpost ilrelated crp yarpp recommended neighbours neighbors
    tags tagcloud taxonomies toc advert adverts advertisement ads ad adsense adsbygoogle adsbox banner sponsor sponsored
    newsletter subscribe subscription mc4wp optin rating ratings kksr countview pagination popup popups lightbox
    comments wpdiscuz authorbox campaign campaigns breadcrumb breadcrumbs readtime readingtime cookie cookies gdpr modal
    consent
    """
)
# … or two of them in a row …
NOT_BODY_PAIRS = frozenset(
    {
        *(("reading", "time"), ("read", "time"), ("post", "meta"), ("entry", "meta"), ("article", "meta")),
        *(("entry", "footer"), ("post", "footer"), ("read", "also"), ("see", "also"), ("also", "read")),
        *(("author", "box"), ("author", "bio"), ("about", "author"), ("post", "author"), ("author", "info")),
        *(("post", "navigation"), ("post", "nav"), ("prev", "next"), ("next", "prev"), ("page", "link")),
        *(("multiple", "pages"), ("page", "links"), ("link", "pages"), ("post", "views"), ("latest", "posts")),
        *(("recent", "posts"), ("popular", "posts"), ("more", "posts"), ("table", "contents"), ("read", "more")),
    }
)
# … or the whole of one.
NOT_BODY = words(
    """
    .wp-block-buttons .byline .author_box .saboxplugin-wrap .readalso .readmore .pcsml-el .multiple-post-pages
    .penci-custom-html-inside-content .table-of-contents .lwptoc .code-block .jp-post-flair .wpcf7
    .wpulike .wpipa-container .reviewbox .wp-block-file__button .td-a-rec .td-adspot-title .stream-item
    .et_pb_title_meta_container .tptn_counter .navigation .ssba-wrap .heateor_sss_sharing_container .fb-like
    .twitter-share-button .jeg_pagelinks .jeg_page_nav
    """
)
SPECIAL = {
    ".wp-caption-text": "caption",
    ".caption": "caption",
    ".gallery-caption": "caption",
    ".wp-element-caption": "caption",
    "figcaption": "caption",
    ".wp-block-embed__wrapper": "embed",
    "a": "link",
    "br": "br",
    "button": "button",
    "label": "button",
    "form": "form",
    "time": "time",
    "sup": "note",
    "td": "cell",
    "th": "cell",
    "img": "image",
    "amp-img": "image",
    "amp-anim": "image",
    "noscript": "noscript",
    "iframe": "video",
    "amp-iframe": "video",
    "video": "video",
    "amp-video": "video",
    "amp-video-iframe": "video",
    "amp-youtube": "video",
    "amp-vimeo": "video",
    "amp-dailymotion": "video",
    "amp-facebook": "video",
    "lite-youtube": "video",
    "lite-vimeo": "video",
    ".fb-video": "video",
    ".rll-youtube-player": "video",  # WP Rocket's
    ".perfmatters-lazy-youtube": "video",
}
"""What is more than text, by tag or class."""

OPENS = re.compile(r"\bcollapse\b|\baccordion(?:[\w-]*-(?:header|heading|title))?(?![\w-])")

TAKEN = frozenset(SPECIAL.values())
ASIDE = frozenset({"none", "suspect"})


@lru_cache(maxsize=8192)
def kind_of(tag: str, classes: str | None, id_: str | None) -> str:
    """Return `none`, `suspect`, `written`, `block`, `inline`, or what of SPECIAL an element is.

    `suspect` is what its name sets aside, `written` that which would be if authors did not write such elements. The id
    of a block of core's is an anchor that its author named.

    >>> kind_of("div", "post-share", None), kind_of("h2", None, "follow-up"), kind_of("figcaption", None, None)
    ('suspect', 'written', 'caption')
    >>> kind_of("div", "wp-block-group", "follow-up"), kind_of("div", None, "follow-up")
    ('block', 'suspect')
    """
    names = (classes or "").split()
    is_anchor = any(name.startswith("wp-block-") for name in names)
    said = [*map(_said, names), *([_said_of_id(id_)] if id_ and not is_anchor else [])]
    if tag in NOT_TEXT or "none" in said:
        return "none"
    if classes and marks_a_post(classes):
        said.append("suspect")
    special = next((one for one in said if one in TAKEN), SPECIAL.get(tag))
    if "suspect" in said and (tag not in WRITTEN or not special):
        return "written" if tag in WRITTEN else "suspect"
    return special or ("block" if tag in BLOCKS else "inline")


def opens(button: Mapping[str, str | None]) -> bool:
    """Return whether a button with these attributes opens a part of the text, though no script has told it yet.

    >>> opens({"data-toggle": "collapse"}), opens({"class": "kt-blocks-accordion-header"}), opens({"class": "share"})
    (True, True, False)
    """
    said = " ".join(button.get(name) or "" for name in ("data-toggle", "data-bs-toggle", "class"))
    return "aria-expanded" in button or OPENS.search(said) is not None


def sets_aside(name: str, sign: str = ".") -> bool:
    """Return whether a class, or an id, says that its element is none of the matter, whatever it is.

    >>> sets_aside("post-share"), sets_aside("post-7")
    (True, False)
    """
    return _said(name, sign) in ASIDE


@lru_cache(maxsize=16384)  # sites share most of their names
def _said(name: str, sign: str = ".") -> str:
    """Return what a class says of its element: `none`, `suspect`, one of SPECIAL, or nothing."""
    signed = sign + name
    if signed in CORE or COMMENT.fullmatch(signed):
        return "none"
    low = name.lower()
    parts = (low,) if low.isalnum() else _of_itself(PARTS.split(low))
    if (
        signed in NOT_BODY
        or not NOT_BODY_WORDS.isdisjoint(parts)
        or (len(parts) > 1 and not NOT_BODY_PAIRS.isdisjoint(pairwise(parts)))
    ):
        return "suspect"
    return SPECIAL.get(signed, "")


def _of_itself(parts: list[str]) -> list[str]:
    """Return the ``parts`` of a name that say what its element is.

    >>> _of_itself(["section", "has", "ads"])
    ['section']
    """
    return [*takewhile(lambda part: part not in HOLDING, parts)]


def _said_of_id(name: str) -> str:
    return _said(name, "#")
