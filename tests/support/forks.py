"""`python -m` in processes forked from one that has imported Scrapy: crawls without two seconds of start-up each.

What is forked is what a new process is when its imports are done: no reactor, no thread, no open archive. From there
each fork runs the module that it was asked for, Scrapy's own door, and ends as any interpreter ends.
"""

import gc
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from select import select
from tempfile import TemporaryFile
from typing import Any, Self

import scrapy.commands
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings

import furat
from tests.support.crawls import ENVIRONMENT, ROOT, Told

OWN = ("furat.", "scrapy.", "uvloop.")
LONGEST = 100_000
"""Bytes of a command."""


class Fork:
    """A forked process, in a group of its own; it is waited for like a `subprocess.Popen`."""

    def __init__(self, door: socket.socket, words: tuple[str, ...]) -> None:
        self._words = words
        self._files = [TemporaryFile(), TemporaryFile()]  # noqa: SIM115 (they are closed when it is)
        self._told, reply = os.pipe()
        socket.send_fds(door, [os.fsencode("\0".join(words))], [*(file.fileno() for file in self._files), reply])
        os.close(reply)
        self.returncode: Any = None  # as in typeshed: who asks, knows that it has ended
        self.pid = self._hear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended just now
                os.killpg(self.pid, signal.SIGKILL)
        os.close(self._told)
        for file in self._files:
            file.close()

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        return self._wait(0)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for its end, and return what it printed; raise TimeoutExpired if it does not end."""
        if self._wait(timeout) is None:
            raise subprocess.TimeoutExpired(self._words, timeout or 0)
        for file in self._files:
            file.seek(0)
        out, err = (file.read().decode("utf-8", "surrogateescape") for file in self._files)
        return out, err

    def _wait(self, timeout: float | None) -> int | None:
        if self.returncode is None and select([self._told], [], [], timeout)[0]:
            self.returncode = self._hear()
        code: int | None = self.returncode
        return code

    def _hear(self) -> int:
        number = os.read(self._told, 4)
        assert number, f"{self._words} was not forked"
        return int.from_bytes(number, "big", signed=True)


class Forks:
    """A process to fork from, started when it is needed first."""

    def __init__(self, **environment: str) -> None:
        self._environment = {**ENVIRONMENT, **environment}
        self._door, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._parent: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._door.close()  # so it ends
        self._theirs.close()
        if self._parent:
            self._parent.wait()

    def start(self, *words: str) -> Fork:
        """Start `python -m` with ``words``: a module and its arguments."""
        if not self._parent:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.support.forks", str(self._theirs.fileno())],
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                pass_fds=[self._theirs.fileno()],
            )
            self._theirs.close()  # so that its end shows
        return Fork(self._door, words)

    def run(self, *words: str, timeout: float = 300) -> Told:
        """Run `python -m` with ``words``, and return what came of it."""
        with self.start(*words) as fork:
            out, err = fork.communicate(timeout)
            return Told(fork.returncode, out, err)


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


def commands(door: socket.socket) -> Iterator[tuple[list[str], list[int]]]:
    """Yield each command in a process of its own, with the files that it writes to."""
    while True:
        message, files, *_ = socket.recv_fds(door, LONGEST, 3)
        if not message:
            return
        if os.fork() == 0:
            door.close()
            yield os.fsdecode(message).split("\0"), files
        for file in files:
            os.close(file)
        with suppress(ChildProcessError):  # there is none left
            while any(os.waitpid(-1, os.WNOHANG)):
                """Forget those that have ended."""


def fork(files: list[int]) -> None:
    """Return in a fork that prints to ``files``; the process before it tells its id and its end, and ends with it."""
    out, err, reply = files
    if child := os.fork():
        os.setpgid(child, child)
        os.write(reply, child.to_bytes(4, "big"))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(reply, code.to_bytes(4, "big", signed=True))
        os._exit(0)
    os.setpgid(0, 0)
    for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out, err)):
        os.dup2(file, number)
        os.close(file)
    os.close(reply)


if __name__ == "__main__":
    preload()
    for words, files in commands(socket.socket(fileno=int(sys.argv[1]))):
        fork(files)
        sys.argv = words
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        sys.exit()
