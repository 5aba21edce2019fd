"""What a page of a newsroom says: HTML in, items and entries out."""

from furat.pages.article import ArticlePage
from furat.pages.joined import join
from furat.pages.listing import Entry, ListingPage
from furat.pages.wordpress import is_wordpress

__all__ = ["ArticlePage", "Entry", "ListingPage", "is_wordpress", "join"]
