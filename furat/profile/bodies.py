"""Learns which element holds the article's text, and which parts of it to leave out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.pages.names import ancestors
from furat.profile.lesson import Lesson
from furat.profile.paths import NAME, VARYING, path
from furat.profile.places import best, proposed
from furat.profile.profile import KnownBody, Place
from furat.profile.reading import matches

TELLING = 20
"""The least letters of a block that is not found elsewhere by chance."""

VOTING = 3
"""The least blocks of a post that show its element: a single paragraph may be in any element around it."""

HELD, SHOWN = 0.9, 0.5
"""The least share of the found blocks in the element, and of the feed's blocks on a page that serves as a lesson."""

FOREIGN, OFTEN = 0.2, 0.25
DEEPEST = 4


def learn_body(lessons: Sequence[Lesson]) -> KnownBody:
    """Return the place of the text."""
    holders = {number: node for number, lesson in enumerate(lessons) if (node := _holder(lesson))}
    voting = [lessons[number] for number in holders]
    wanted = {id(lessons[number]): node.mem_id for number, node in holders.items()}

    def judge(place: Place, lesson: Lesson) -> bool | None:
        found = matches(lesson.page, place)[:1]
        return found[0].mem_id == wanted[id(lesson)] if found else None

    sightings = ((number, node, Place("")) for number, node in enumerate(holders.values()))
    rated, wrong = best(proposed(sightings, len(voting)), voting, judge)
    if not rated:
        return KnownBody(wrong=wrong, seen=len(voting), coverage=0.0)
    pairs = [*zip(voting, holders.values(), strict=True)]
    return KnownBody(
        places=tuple(each.place for each in rated),
        right=rated[0].right,
        seen=len(voting),
        distinct=len({lesson.told for lesson in voting}),
        coverage=rated[0].right / len(voting),
        dropped=tuple(_dropped(pairs)),
        repeated=tuple(_repeated(pairs)),
    )


def _holder(lesson: Lesson) -> Node | None:
    """Return the smallest element that holds nearly all blocks of the text in the feed or API."""
    told = {text for text in lesson.told if len(text) >= TELLING}
    found = [node for node, printed in lesson.blocks if printed in told]
    if len(found) < max(VOTING, SHOWN * len(told)):
        return None
    held: Counter[int] = Counter()
    nodes: dict[int, Node] = {}
    for node in found:
        for around in ancestors(node):
            held[around.mem_id] += 1
            nodes.setdefault(around.mem_id, around)
    enough = [id_ for id_, number in held.items() if number >= HELD * len(found)]
    return nodes[min(enough, key=held.__getitem__)] if enough else None


def _dropped(pairs: Sequence[tuple[Lesson, Node]]) -> Iterator[str]:
    """Yield selectors of parts inside the element on several pages that are in no text of the feed or API."""
    strange: defaultdict[str, set[int]] = defaultdict(set)
    own: set[str] = set()
    for number, (lesson, holder) in enumerate(pairs):
        for node, is_own in _parts(lesson, holder):
            names = _names(node)
            own.update(names if is_own else ())
            for name in () if is_own else names:
                strange[name].add(number)
    least = max(2, OFTEN * len(pairs))
    yield from sorted(name for name, numbers in strange.items() if len(numbers) >= least and name not in own)


def _parts(lesson: Lesson, holder: Node) -> Iterator[tuple[Node, bool]]:
    """Yield the parts of the element, each with whether it belongs to the text; a part that holds both is split."""
    printed: Counter[int] = Counter()
    told: Counter[int] = Counter()
    depth = len(path(holder))
    for node, block in lesson.blocks:
        for around in (node, *ancestors(node)):
            printed[around.mem_id] += len(block)
            told[around.mem_id] += len(block) * (block in lesson.told)
    for node in islice(holder.traverse(), 1, None):
        if length := printed[node.mem_id]:
            is_foreign = told[node.mem_id] < FOREIGN * length
            if is_foreign and len(path(node)) - depth <= DEEPEST:
                yield node, False
            elif not is_foreign:
                yield node, True


def _names(node: Node) -> list[str]:
    classes = (node.attributes.get("class") or "").split()
    return [f"{node.tag}.{name}" for name in classes if NAME.fullmatch(name) and not VARYING.fullmatch(f".{name}")]


def _repeated(pairs: Sequence[tuple[Lesson, Node]]) -> Iterator[str]:
    """Yield blocks inside the element that most pages print with the same words, though no text has them."""
    often: Counter[str] = Counter()
    told: set[str] = set()
    for lesson, holder in pairs:
        inside = {text for node, text in lesson.blocks if _is_in(node, holder)}
        often.update(inside - lesson.told)
        told |= lesson.told
    yield from (text for text, number in often.items() if 2 * number >= max(len(pairs), 4) and text not in told)


def _is_in(node: Node, holder: Node) -> bool:
    return any(around.mem_id == holder.mem_id for around in ancestors(node))
