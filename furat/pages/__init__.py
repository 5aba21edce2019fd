"""What an answer of a newsroom says: HTML, feeds, JSON and sitemaps in, items, entries and addresses out."""

from furat.pages.article import ArticlePage
from furat.pages.entry import DatedEntry, Entry
from furat.pages.feed_page import FeedEntry, FeedPage
from furat.pages.joined import goes_on, is_again, join
from furat.pages.listing import ListingPage
from furat.pages.post import Post
from furat.pages.posts_page import PostsPage
from furat.pages.sitemap_page import Address, SitemapPage
from furat.pages.wordpress import is_wordpress

__all__ = [
    "Address",
    "ArticlePage",
    "DatedEntry",
    "Entry",
    "FeedEntry",
    "FeedPage",
    "ListingPage",
    "Post",
    "PostsPage",
    "SitemapPage",
    "goes_on",
    "is_again",
    "is_wordpress",
    "join",
]
