"""A site's profile: where its pages print each field, learned by comparing them with the site's feed or API."""

from furat.profile.agreement import agreements
from furat.profile.guide import ProfileGuide
from furat.profile.learn import learn
from furat.profile.lesson import Lesson, Truth
from furat.profile.listings import Sheet
from furat.profile.profile import FIELDS, Agreement, Known, Profile

__all__ = [
    "FIELDS",
    "Agreement",
    "Known",
    "Lesson",
    "Profile",
    "ProfileGuide",
    "Sheet",
    "Truth",
    "agreements",
    "learn",
]
