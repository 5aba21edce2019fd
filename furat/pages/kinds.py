"""What an element of an article's container is: text, a block of it, a picture, a player, or nothing of the article."""

import re
from functools import lru_cache

from furat.pages.names import names_of, words

PARTS = re.compile(r"[-_\s]+")

BLOCKS = words(
    """
    address article blockquote center cite dd details div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li
    main ol p pre section summary table tbody tfoot thead tr ul
    """
)

NOT_TEXT = words(
    """
    audio button canvas datalist form head input label math nav noscript object option script select style svg template
    textarea title
    """
)

# What themes and plugins set into an article's own container, and is not the article: any part of a class or an id,
# between hyphens and underscores, that says so, unless most of a long text stands there …
NOT_BODY_WORDS = words(
    """
    share shares sharing sharebox sharedaddy sharethis addtoany a2a essb social socials follow
    related relatedposts inlinerelated relpost ilrltpost ilrelated crp yarpp recommended
    tags tagcloud taxonomies toc advert adverts advertisement ads ad adsense adsbygoogle adsbox banner sponsor sponsored
    newsletter subscribe subscription mc4wp optin rating ratings kksr countview pagination
    comments wpdiscuz authorbox breadcrumb breadcrumbs
    """
)
# … or the whole of one.
NOT_BODY = words(
    """
    .screen-reader-text .entry-footer .entry-meta .post-meta .wp-block-post-terms .wp-block-buttons .byline
    .author-box .author-bio .about-author .post-author .author-info .author_box .saboxplugin-wrap
    .read-also .readalso .read-more .readmore .see-also .also-read .post-nav-links .page-links .page-link .link-pages
    .penci-single-link-pages .pcsml-el .penci-custom-html-inside-content .table-of-contents .lwptoc .rank-math-block
    .code-block .post-views .jp-post-flair .wpcf7 .wpulike .wpipa-container .reviewbox .wp-block-latest-posts
    .wp-block-file__button .td-a-rec .td-adspot-title .stream-item .et_pb_title_meta_container
    .tptn_counter .navigation .post-navigation .ssba-wrap .heateor_sss_sharing_container .fb-like .twitter-share-button
    """
)
SPECIAL = {
    ".wp-caption-text": "caption",
    ".caption": "caption",
    ".gallery-caption": "caption",
    ".wp-element-caption": "caption",
    "figcaption": "caption",
    ".wp-block-embed__wrapper": "embed",
    "br": "br",
    "td": "cell",
    "th": "cell",
    "img": "image",
    "iframe": "video",
    "video": "video",
    ".fb-video": "video",
    ".rll-youtube-player": "video",  # WP Rocket's
    ".perfmatters-lazy-youtube": "video",
}
"""What is more than text, by tag or class."""


@lru_cache(maxsize=8192)
def kind_of(tag: str, classes: str | None, id_: str | None) -> str:
    """Return `none`, `suspect`, `block`, `inline`, or what of SPECIAL an element is.

    >>> kind_of("div", "post-share", None), kind_of("p", None, None), kind_of("figcaption", None, None)
    ('suspect', 'block', 'caption')
    """
    names = {tag, *names_of(tag, classes, id_)}
    if tag in NOT_TEXT or not NOT_BODY.isdisjoint(names):
        return "none"
    if not NOT_BODY_WORDS.isdisjoint(PARTS.split(f"{classes or ''} {id_ or ''}".lower())):
        return "suspect"
    if special := names & SPECIAL.keys():
        return SPECIAL[min(special)]
    return "block" if tag in BLOCKS else "inline"
