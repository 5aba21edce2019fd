"""Where a real WordPress lies, what a machine lacks for it, and how its commands and waits end."""

import os
import shutil
from pathlib import Path

import pytest

from tests.real_wordpress.debian import lacking, run, until
from tests.real_wordpress.newsroom import Newsroom


@pytest.mark.parametrize(
    "user, apt, reason",
    [(1000, "/usr/bin/apt-get", "root"), (0, None, "apt-get"), (0, "/usr/bin/apt-get", None)],
)
def test_what_a_machine_lacks_is_said(
    monkeypatch: pytest.MonkeyPatch, user: int, apt: str | None, reason: str | None
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda _: apt)
    answer = lacking()

    assert answer is None if reason is None else answer and reason in answer


def test_a_site_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FURAT_WP", str(tmp_path))
    monkeypatch.setenv("FURAT_WP_PORT", "8099")

    assert Newsroom.from_environment() == Newsroom(tmp_path, 8099)


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)ended with 3.*no bread"):
        run("sh", "-c", "echo no bread; exit 3")


def test_waiting_has_an_end() -> None:
    with pytest.raises(TimeoutError, match="no answer"):
        until(lambda: False, "no answer", seconds=0)
