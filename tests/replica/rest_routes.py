"""Which route of the REST interface tells what, and that a closed one tells nothing."""

from collections.abc import Sequence

from .replica import Replica
from .rest import TERM_LISTS, Answer, Query, refusal, root, users
from .rest_posts import post, posts
from .rest_types import TYPE_LISTS

LISTS = {**TERM_LISTS, **TYPE_LISTS}
CLOSED = {401: "rest_not_logged_in", 403: "rest_forbidden", 404: "rest_no_route"}


def answer(replica: Replica, route: Sequence[str], query: Query) -> Answer:
    """Return the answer to ``query`` of a route, such as `wp/v2/posts` in its parts.

    >>> answer(Replica(60, rest=403), ["wp", "v2", "posts"], {}).status
    403
    """
    if replica.rest is True:
        return _told(replica, route, query)
    return refusal(replica.rest or 401, CLOSED[replica.rest or 401])


def _told(replica: Replica, route: Sequence[str], query: Query) -> Answer:
    match route:
        case []:
            return root(replica)
        case ["wp", "v2", "posts"]:
            return posts(replica, query)
        case ["wp", "v2", "posts", number] if number.isdecimal():
            return post(replica, int(number), query)
        case ["wp", "v2", "users"]:
            return users(query)
        case ["wp", "v2", name] if name in LISTS:
            return LISTS[name](replica, query)
    return refusal(404, "rest_no_route")
