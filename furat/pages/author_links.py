"""Links to the pages of authors, and the names that they print."""

import re

from selectolax.lexbor import LexborNode as Node

AUTHOR_PAGE = re.compile(r"/author/[^/?#]")
LINK_LABEL = re.compile(r"^(?:بقلم|بواسطة|(?:written|posted|published)?\s*by)\s*:?\s+|^[^:]{,12}:\s*", re.IGNORECASE)
"""What a link to an author's page may hold beside the name: a name may begin with the words of other labels."""

POSTS = "(?:مقالات|مواضيع|منشورات|مشاركات|تدوينات)"
SHOW = r"(?:عرض|شاهد|مشاهدة|اقرأ|قراءة|تصفح)\s+"
WHOSE = "(?:بواسطة|بقلم|(?:لل|ال)?(?:كاتب|مؤلف|ناشر)ة?)"
LEADS_ON = re.compile(
    r"^\W*(?:(?:(?:view|see|read|show|visit|learn)\s+(?:all|more|other|full|author)"
    r"|(?:more|all|other)(?=\s+(?:posts|articles|stories|by|from|about)\b))\b(?:.*?\b(?:by|from)\s+(?!th(?:e|is)\b)|.*)"
    rf"|(?:(?:{SHOW})?(?:(?:كل|جميع|كافة|المزيد\s+من)\s+(?:ال)?{POSTS}|المزيد(?:\s+من)?)"
    rf"|{SHOW}{POSTS}|{POSTS}(?=\s*$|\s+{WHOSE}(?:\s|$)))"
    rf"(?:\s+(?:{WHOSE}|عن|لـ))*(?:\s+|$))",
    re.IGNORECASE,
)
"""What a link to an author's page says of what is there; the name may stand behind it."""


def named_by(link: str) -> str:
    """Return the name that a link to an author's page prints; empty where it only says what is there.

    >>> [*map(named_by, ("بقلم: سارة", "المزيد من مقالات سارة", "Read more by Sara…", "عرض جميع المقالات"))]
    ['سارة', 'سارة', 'Sara', '']
    >>> [*map(named_by, ("More from Thaer Ali", "View all posts by the editor", "المزيد عن سارة", "مشاركات القراء"))]
    ['Thaer Ali', '', 'سارة', 'مشاركات القراء']
    """
    return LEADS_ON.sub("", LINK_LABEL.sub("", link)).strip(" \u00a0…»›>")


def is_author_link(node: Node) -> bool:
    """Return whether ``node`` leads to an author's page, or says that it names an author."""
    attributes = node.attributes
    return (
        AUTHOR_PAGE.search((attributes.get("href") or "").replace("\\", "/")) is not None
        or "author" in (attributes.get("rel") or "").split()
    )
