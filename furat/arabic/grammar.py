"""The shapes that date lines have: regular expressions over the classes of a line's words (`furat.arabic.words`).

Repetitions are possessive where possible, so that matching takes time linear in a line's length.
"""

import re
from functools import lru_cache

SIGNS = r"[-,/.|():]*+"
BEFORE_ZONE = r"(?:[,/.|():]|-(?![ny]))*+"
ENDED = r"(?=[-:|/(),.])"

NAME = r"(?:m(?:[-/,|(]*m\)?)?|[hf])"
SPAN = rf"(?:v?A?[nN][-E]A?[nN]|GA?[nN]&A?[nN])v*{NAME}|{NAME}[nN][-E][nN]"
NUMERIC = "|".join(rf"n{sign}n{sign}y|y{sign}n{sign}n" for sign in (r"\.", "/", "-"))
NUMBERED = rf"A?[nN][-/.,]*v*{NAME}"
NAMED = rf"{NAME}[-/.,]*v*A?[nN]"
DAY = rf"(?:(?:(?:{NUMBERED}|{NAMED}|{SPAN})[-/.,]*[vY]*y|y[-/.,]*(?:{NAME}[-/.,]*n|n[-/.,]*{NAME})|{NUMERIC})[pe]*)"
SHORT = rf"(?:{NUMBERED}(?:[-/,.]*[vY]*D)?|{NAMED}|A?[nN]v*D|d|n/n)"
MONTH = rf"(?:v*{NAME}[-/.,]*[vY]*y[pe]*|y[-/.,]*{NAME}|n/y|y[-/]n)"

HALF = "v*[ap]?"
DIGITAL = r"(?:s:?)?n:n(?::n)?(?:v*[ap]|\(?[ap]?\)?)|an:n(?::n)?|s:?n\.n[ap]?|n\.n(?:[ap]|(?=[ztc]))"
SPOKEN = rf"s:?n(?![:.&]){HALF}|s:?n&nV?{HALF}|n[ap]|(?:s:?)?nHn?V?|s:?O(?:F|&nV)?v*a?|OF?v*a|s:?nF{HALF}"
TIME = f"(?:{DIGITAL}|{SPOKEN})"
OFFSET = r"t?:?z(?:[-+](?:n(?::n)?|y))?|\+(?:n(?::n)?|y)t?z?|-(?:nt?z|y(?![-/.]*[nmhf]))"
ZONE = rf"(?:\(?t:?c\)?|\(?(?:{OFFSET})\)?(?:\([^()]{{1,9}}\))?)"
CLOCK = rf"(?:{SIGNS}[lk:]*+{SIGNS}(?P<time>{TIME})(?:{BEFORE_ZONE}(?P<zone>{ZONE}))?)?"

NUMBER = "[nyb](?:[,.][nb])?"
COUNT = f"(?:V++[l:]*+(?:{NUMBER}V*+|K)|(?:{NUMBER}){{1,3}}V++|(?:{NUMBER}){{1,2}}K)"
ISSUE = r"(?:(?:Y[nNOyb][-,:|/()]*)?I:?\??\(?[nyb]\)?(?:[-,:|/]*Y[nNOb])?|Y[NOb])"
NEWSROOM = r"(?:rT?|R:(?:R?rT?|[xcgldTvp?]{0,4})|R[xcgrldTvp?]{0,4}|[xg]{1,3}T)"
AUTHOR = "W:[xT]{1,4}(?=[-|,/])"
BYLINE = "B:?[xcgrRTlp.]{1,6}"

LABELS = r"[luW:,.|()/-]*+"
LEAD = (
    rf"(?:{AUTHOR}|{NEWSROOM}{ENDED}|[luWq:,.|()/-]|[cgr]|{ISSUE}|{BYLINE}|{COUNT}{ENDED})*+"
    r"(?P<half>a?)[l,D]*+(?:d[-,.:|(l]*)?"
)
SHORT_LEAD = (
    rf"(?:[luWq:,.|()/-]|[cg]++(?=[-:|/(),.l])|{NEWSROOM}{ENDED}|{ISSUE}{ENDED})*+(?P<half>a?)[l,]*+"
    r"(?:D(?=.)|d[-,.:|(]*(?=.))?"
)
TAIL = rf"(?:{SIGNS}(?:{COUNT}|K|l?(?!R{SIGNS}\Z){NEWSROOM}|[cg]|{ISSUE}|{BYLINE}|(?<=[|])W:[xT]{{1,4}}))*+{SIGNS}"
SHORT_TAIL = rf"(?:[-,/.|():]++(?:{COUNT}|K|(?!R{SIGNS}\Z){NEWSROOM}|[cg]++))*+{SIGNS}"

PART = rf"(?P<part>a(?!{SIGNS}n))?"  # «أمس مساءً» says no hour
OTHER_DAY = (
    rf"[lq:]*+{SIGNS}(?P<other>{DAY})(?:{SIGNS}[lk:]*+{SIGNS}(?P<late>{TIME})(?:{BEFORE_ZONE}(?P<far>{ZONE}))?)?"
)
HOUR_OF_DAY = rf"{TIME}{BEFORE_ZONE}{ZONE}{SIGNS}(?={DAY})"
UPDATE = rf"[l:]*+u[lu:]*+{SIGNS}(?:{HOUR_OF_DAY})?(?:{DAY})?(?:{SIGNS}[lk:]*+{SIGNS}{TIME}(?:{BEFORE_ZONE}{ZONE})?)?"
REST = rf"(?:{SIGNS}{OTHER_DAY})?(?:{SIGNS}{UPDATE})?(?:{SIGNS}[cg]?{SIGNS}{TIME}{BEFORE_ZONE}{ZONE})?"

HOUR_FIRST = rf"(?:(?P<early>z):?)?(?P<time>{TIME})(?:{BEFORE_ZONE}(?P<zone>{ZONE}))?"

DATED = (
    rf"{LEAD}(?P<date>{DAY}){PART}{CLOCK}{REST}{TAIL}",
    rf"{SHORT_LEAD}(?P<date>{SHORT}){PART}{CLOCK}{REST}{SHORT_TAIL}",
    rf"{LEAD}{HOUR_FIRST}[-,/.|():lv]*+(?P<part>a?)(?P<date>{DAY}|{SHORT}){REST}{TAIL}",
    rf"{LEAD}v?(?P<date>{DAY}|{SHORT})E(?P<other>{DAY}){TAIL}",
    rf"{LABELS}(?P<date>{MONTH}){SIGNS}",
    rf"{LABELS}(?P<date>{NAME}n(?P<time>n:n:n[ap]?)(?P<zone>z|[-+][yn])?y){SIGNS}",
    rf"{LEAD}(?P<stamp>i)z?{REST}{TAIL}",
)
"""A day, one without its year, an hour before a day, a span of days, a month, what C prints (`asctime`), and a
machine's moment."""

WEEKDAY = rf"{LABELS}(?P<half>a?)l*+(?P<near>D?){PART}{CLOCK}{SIGNS}"
HOUR = rf"{LABELS}(?P<time>(?:s:?)?n:n[ap]?|an:n|s:?n[ap]|s:?OF?v*a)(?:{BEFORE_ZONE}(?P<zone>{ZONE}))?{SIGNS}"
"""A weekday alone (weekdays are left out of shapes), and an hour alone."""


@lru_cache(maxsize=4096)  # the shapes of the dates that newsrooms print are few
def places(shape: str, patterns: tuple[str, ...] = DATED) -> dict[str, slice] | None:
    """Return the place of each named part of a shape, or None if no pattern matches.

    >>> places("llnmy")
    {'date': slice(2, 5, None)}
    """
    for pattern in patterns:
        if match := re.fullmatch(
            pattern, shape
        ):  # compiled when the first date is read: at start-up it would cost more
            return {name: slice(*match.span(name)) for name, part in match.groupdict().items() if part}
    return None
