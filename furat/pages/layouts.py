"""The looks of WordPress sites: which name stands for which part of an article and of a listing."""

import re
from collections.abc import Callable

PARTS = ("TITLE", "BODY", "AUTHOR", "DATE", "FEATURED", "CATEGORIES", "TAGS", "CRUMBS", "ITEMS", "HEADING")

AUTHOR_LIKE = re.compile(r"(?:^\.|[-_])(?:author|byline|writeby|writer)(?:[-_]?name|[-_]?link)?$")
AUTHOR_ENDS = ("author", "byline", "writeby", "writer", "name", "link")
DATE_ENDS = ("date", "datetime")
ENDS = (*AUTHOR_ENDS, *DATE_ENDS)
OTHER_DATES = ("update", "candidate", "validate", "mandate")
"""How names end that no layout has, and that tell by themselves what they stand for; all in lower case."""


class Layout:
    """The names of WordPress's own themes, of hentry, of schema.org, and those that many themes share.

    A name is a tag, a `.class`, an `#id` or an `=itemprop`; earlier ones are tried first, those with a bar between
    them together. A subclass gives only the names that its theme adds: they are tried before these.
    """

    MARKS = ""
    """Names of which one is on every page of the theme, on the body or in it."""

    UPDATED_IS_PUBLISHED = True
    """Whether a `time` that bears only the class `updated` shows when the article was published.

    hentry (https://microformats.org/wiki/hentry) asks for `updated`: many themes give it to the only date they print.
    """

    TITLE = (
        ".entry-title .post-title .wp-block-post-title .single-post-title .single-title .article-title"
        " .page-title .post_title .news-title =headline"
    )
    BODY = (
        ".entry-content .wp-block-post-content .post-content .single-content .the-content .article-content"
        " .post_content .entry =articleBody #articleBody .articleBody .article-body .article__body .article-text"
        " .story-body .news-content .news-text .post-entry .post-body .content-inner .entry-body .gh-content"
        " .single-blog-content =text"
    )
    AUTHOR = (
        ".author-title .wp-block-post-author__name .wp-block-post-author-name .meta-author .entry-author"
        " .post-author .author-name .post-author-name .byline .author .article-author .posted-by =author .writer"
    )
    DATE = (
        ".entry-date .post-date .posted-on .published .date .entry-time .post-time .meta-date .article-date"
        " .news-date .publish-date .post-published .post-meta-date .time .datetime .timestamp =datePublished"
    )
    FEATURED = ".wp-post-image"
    CATEGORIES = (
        ".cat-links .taxonomy-category .entry-categories .post-categories .category-links .entry-category"
        " .post-category .meta-categories .post-cats .entry-cats .blog-categories .meta-category .post-cat"
        " =articleSection"
    )
    TAGS = (
        ".tags-links .taxonomy-post_tag .post-tags .entry-tags .tag-links .post_tags .post-tag .single-tags"
        " .meta-tags .blog-tags .article-tags .tagcloud .tags"
    )
    CRUMBS = (
        ".breadcrumb .breadcrumbs #breadcrumb #breadcrumbs .penci-breadcrumb .jeg_breadcrumbs .rank-math-breadcrumb"
        " .yoast-breadcrumbs .td-crumb-container .tdb-breadcrumbs .bs-breadcrumb .ast-breadcrumbs-wrapper"
    )
    ITEMS = ".type-post|.hentry .wp-block-post .post-item article"
    HEADING = ".page-title .archive-title .wp-block-query-title .category-title .taxonomy-title .section-title h1"

    def __init_subclass__(cls) -> None:
        """Put the common names behind the theme's own."""
        for part in PARTS:
            own, common = getattr(cls, part), getattr(Layout, part)
            setattr(cls, part, own if own is common else f"{own} {common}")


class Soledad(Layout):
    """https://themeforest.net/item/soledad/12945398; its option "show modified date" replaces the one published."""

    MARKS = (
        "#penci-post-entry-inner .penci-standard-cat .archive-box .penci-body-boxed #soledad_wrapper .penci-pagination"
    )
    UPDATED_IS_PUBLISHED = False
    BODY = "#penci-post-entry-inner .inner-post-entry"
    AUTHOR = ".author-url"
    CATEGORIES = ".penci-standard-cat .penci-cat-links"
    HEADING = ".archive-box"


class Jannah(Layout):
    """https://tielabs.com/go/jannah/."""

    MARKS = "#tie-wrapper #tie-container .tie-no-js"
    CATEGORIES = ".post-cat-wrap"
    TAGS = ".post-bottom-tags"
    ITEMS = ".post-item"


class Sahifa(Layout):
    """The same house's older theme."""

    MARKS = ".post-listing .post-inner .tie-date"
    AUTHOR = ".post-meta-author"
    DATE = ".tie-date"
    ITEMS = ".item-list"


class JNews(Layout):
    """https://themeforest.net/item/jnews/20566392."""

    MARKS = ".jnews .jeg_main .jeg_viewport"
    TITLE = ".jeg_post_title"
    BODY = ".content-inner"
    AUTHOR = ".jeg_meta_author"
    DATE = ".jeg_meta_date"
    CATEGORIES = ".jeg_meta_category"
    TAGS = ".jeg_post_tags"
    ITEMS = ".jeg_post"
    HEADING = ".jeg_archive_title .jeg_cat_title"


class TagDiv(Layout):
    """Newspaper and Newsmag, https://tagdiv.com/."""

    MARKS = "#td-outer-wrap .td-theme-wrap .td-main-content-wrap .tdc-content-wrap .tdc-zone .td_module_wrap"
    TITLE = ".tdb-title-text .td-post-title"
    BODY = ".td-post-content .tdb_single_content"
    AUTHOR = ".td-post-author-name .tdb-author-name .tdb_single_author"
    DATE = ".td-post-date .tdb_single_date .td-module-date"
    CATEGORIES = ".td-category .tdb_single_categories .td-post-category"
    TAGS = ".td-tags .tdb_single_tags .tdb-tags"
    ITEMS = ".td_module_wrap .td-module-container"
    HEADING = ".td-page-title .tdb-title-text .tdb_title"


class Elementor(Layout):
    """https://developers.elementor.com/; its theme builder's widgets."""

    MARKS = ".elementor-widget-theme-post-content .elementor-widget-theme-archive-title .elementor-widget-archive-posts"
    TITLE = ".elementor-widget-theme-post-title"
    BODY = ".elementor-widget-theme-post-content"
    AUTHOR = ".elementor-post-info__item--type-author"
    DATE = ".elementor-post-info__item--type-date"
    CATEGORIES = ".elementor-post-info__terms-list"
    TAGS = ".elementor-post-info__terms-list"
    ITEMS = ".elementor-post .e-loop-item"
    HEADING = ".elementor-widget-theme-archive-title"


class Publisher(Layout):
    """https://betterstudio.com/publisher-wp-theme/."""

    MARKS = ".bs-theme .bs-publisher .bs-listing .single-container .publisher-review-container"
    BODY = ".single-post-content"
    AUTHOR = ".post-author-name .post-author-a"
    CATEGORIES = ".term-badges .post-header-title"
    ITEMS = ".listing-item"
    HEADING = ".archive-title .h-text"


class Zox(Layout):
    """Zox News, Flex Mag and their kin, https://www.mvpthemes.com/."""

    MARKS = "#mvp-site #mvp-site-wall .mvp-post-title #zox-site-wall"
    TITLE = ".mvp-post-title .zox-post-title"
    BODY = "#mvp-content-main .zox-post-body"
    AUTHOR = ".mvp-author-info-name .zox-author-name"
    DATE = ".mvp-post-date .zox-post-date"
    CATEGORIES = ".mvp-post-cat"
    TAGS = ".mvp-post-tags .zox-post-tags"
    ITEMS = ".mvp-blog-story-wrap .zox-art-wrap"
    HEADING = ".mvp-feat1-pop-head"


class Foxiz(Layout):
    """https://foxiz.themeruby.com/, and Pixwell of the same house."""

    MARKS = ".site-outer .s-title .rb-section .p-wrap"
    TITLE = ".s-title"
    BODY = ".rbct"
    AUTHOR = ".meta-author"
    CATEGORIES = ".s-cats .p-categories"
    TAGS = ".efoot-bar"
    ITEMS = ".p-wrap"


class Avada(Layout):
    """https://avada.com/."""

    MARKS = ".fusion-post-title .fusion-blog-layout-medium .fusion-body"
    TITLE = ".fusion-post-title"
    AUTHOR = ".fusion-single-line-meta"
    ITEMS = ".fusion-post-grid .fusion-post-medium .fusion-post-large"


class Cactus(Layout):
    """Themes of the Code Supply house: Newsreader, Newsblock."""

    MARKS = ".cs-site .cs-entry__title .cs-page__title"
    TITLE = ".cs-entry__title"
    AUTHOR = ".cs-meta-author"
    DATE = ".cs-meta-date"
    CATEGORIES = ".cs-meta-category .cs-entry__category"
    TAGS = ".cs-entry__tags .cs-entry-tags"
    ITEMS = ".cs-entry"
    HEADING = ".cs-page__title"


LAYOUTS: tuple[type[Layout], ...] = (
    Soledad, Jannah, Sahifa, JNews, TagDiv, Publisher, Zox, Foxiz, Avada, Cactus, Elementor,
)  # fmt: skip


def of(bears: Callable[[str], bool]) -> type[Layout]:
    """Return the look of the page that ``bears`` a name."""
    return next((look for look in LAYOUTS if any(map(bears, look.MARKS.split()))), Layout)


NAMES = frozenset(
    name for look in (Layout, *LAYOUTS) for part in ("MARKS", *PARTS) for name in re.split(r"[ |]", getattr(look, part))
)


def knows(name: str) -> bool:
    """Return whether ``name`` stands for anything.

    >>> knows(".entry-title"), knows(".news_author"), knows(".status-publish")
    (True, True, False)
    """
    return name in NAMES or (name.lower().endswith(ENDS) and (is_author_like(name) or is_date_like(name)))


def is_author_like(name: str) -> bool:
    """Return whether ``name`` stands for an author, though no layout has it.

    >>> is_author_like(".news_author"), is_author_like(".authority"), is_author_like("#author")
    (True, False, False)
    """
    low = name.lower()
    return name.startswith(".") and low.endswith(AUTHOR_ENDS) and AUTHOR_LIKE.search(low) is not None


def is_date_like(name: str) -> bool:
    """Return whether ``name`` stands for a date, though no layout has it.

    >>> is_date_like(".news-date"), is_date_like(".last-update")
    (True, False)
    """
    if not name.startswith("."):
        return False
    low = name.lower()
    return low.endswith(DATE_ENDS) and not any(other in low for other in OTHER_DATES)
