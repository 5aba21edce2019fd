"""Scrapy in processes forked from one that has imported it: crawls without two seconds of start-up each.

What is forked is what `python -m scrapy` is when its imports are done: no reactor, no thread, no open archive. Each
fork goes through Scrapy's own door from there, and ends as any interpreter ends.
"""

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from select import select
from types import TracebackType
from typing import Any, Self

import scrapy.commands
from scrapy.cmdline import execute
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings

import furat
from tests.support.crawls import ENVIRONMENT, ROOT, Told

OWN = ("furat.", "scrapy.", "uvloop.")


class Forks:
    """A process to fork from, started when it is needed first; one fork at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parent: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._parent:
            self._parent.communicate()  # its input ends, and so does it

    def scrapy(self, *words: str, timeout: float = 300) -> Told:
        """Run `scrapy` with ``words``; return what came of it."""
        out, err = self._folder / "out", self._folder / "err"
        parent = self._parent = self._parent or self._start()
        assert parent.stdin
        assert parent.stdout
        print(json.dumps({"words": words, "files": (os.devnull, str(out), str(err))}), file=parent.stdin, flush=True)
        if not select([parent.stdout], [], [], timeout)[0]:
            os.killpg(parent.pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired(words, timeout)
        return Told(int(parent.stdout.readline()), out.read_text("utf-8"), err.read_text("utf-8"))

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.support.forks"],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


def components() -> Iterator[str]:
    """Yield what the settings name, of Scrapy's and of ours."""
    for value in get_project_settings().values():
        each = [*value, *value.values()] if isinstance(value, BaseSettings) else [value]
        yield from (name for name in each if isinstance(name, str) and name.startswith(OWN))


def preload() -> None:
    """Import what crawls and commands need, up to the reactor, which each process installs for itself."""
    for package in (furat, scrapy.commands):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    for name in components():
        load_object(name)
    assert "twisted.internet.reactor" not in sys.modules
    gc.freeze()


def jobs(replies: int) -> dict[str, Any] | None:
    """Fork for each job that is asked for, and tell how it ended; return the job in the fork, None in the end."""
    for line in sys.stdin:
        job: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            os.close(replies)
            return job
        os.write(replies, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    return None


def become(words: list[str], files: list[str]) -> None:
    """Make this process one that was started with these words and files."""
    for descriptor, path in enumerate(files):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), descriptor)
    sys.argv = ["scrapy", *words]


if __name__ == "__main__":
    preload()
    if job := jobs(os.dup(1)):
        become(**job)
        execute()
