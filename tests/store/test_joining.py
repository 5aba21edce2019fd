"""What several crawls wrote gets into one file."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from furat.store.joining import LINES, deliver

FILES = ("open", "replace", "unlink")
"""What changes files."""


class Killed(BaseException):
    """What a process that is killed never hears."""


def test_many_who_deliver_to_one_file_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    parts = [tmp_path / f".out.jsonl.c{number}{LINES}" for number in range(30)]
    for part in parts:
        part.write_text(f"{part.name}\n")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda part: deliver(part, path), parts))

    assert sorted(path.read_text().splitlines()) == sorted(part.name for part in parts)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("instant", range(14))
@pytest.mark.parametrize("before", ["", "old\n", "old"])
def test_killed_at_any_instant_lines_are_joined_once_even_where_others_joined_theirs_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, instant: int, before: str
) -> None:
    path, mine, other = (tmp_path / name for name in ("out.jsonl", f".mine{LINES}", f".other{LINES}"))
    path.write_text(before)
    mine.write_text("mine\n")
    other.write_text("other\n")
    with monkeypatch.context() as patch:
        kill_at(patch, instant)
        with pytest.raises(Killed):
            deliver(mine, path)
    is_torn = not set(path.read_text().splitlines()) <= {"old", "mine"}
    deliver(other, path)
    for _ in range(2):
        deliver(mine, path)

    assert not is_torn
    assert sorted(path.read_text().splitlines()) == sorted([*before.split(), "mine", "other"])
    assert list(tmp_path.iterdir()) == [path]


def kill_at(patch: pytest.MonkeyPatch, instant: int) -> None:
    """Let whoever changes a file be killed just before the ``instant``-th time, counted from 0."""
    times = count()

    def mortal(does: object) -> object:
        def maybe(*arguments: object, **options: object) -> object:
            if next(times) >= instant:
                raise Killed
            return does(*arguments, **options)  # type: ignore[operator]

        return maybe

    for name in FILES:
        patch.setattr(Path, name, mortal(getattr(Path, name)))
    for name in ("fsync", "open"):
        patch.setattr(os, name, mortal(getattr(os, name)))
