"""What a test asks of Debian: packages that start nothing by themselves, and servers of its own."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

APT_INSTALL = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", "--no-install-recommends")
POLICY = Path("/usr/sbin/policy-rc.d")


def lacking() -> str | None:
    """Return why no WordPress can be made on this machine, or None where one can."""
    if os.geteuid() != 0:
        return "a real WordPress needs root, for Debian's packages and their users"
    if shutil.which("apt-get") is None:
        return "a real WordPress comes from Debian's packages, and here is no apt-get"
    return None


def run(*command: str | Path, stdin: str | None = None) -> str:
    """Return what ``command`` prints; raise RuntimeError with it where the command fails."""
    done = subprocess.run(
        command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def install_packages(packages: Iterable[str]) -> None:
    """Install those of ``packages`` that are not there; none of their services starts."""
    missing = [package for package in packages if not _is_installed(package)]
    if missing:
        with services_held_back():
            run("apt-get", "update")
            run(*APT_INSTALL, *missing)


@contextmanager
def services_held_back() -> Iterator[None]:
    """Keep packages from starting their services, which would listen beyond loopback (see invoke-rc.d(8))."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


@dataclass(frozen=True)
class Server:
    """A process of the site's own, known by its pid file."""

    program: Path
    arguments: tuple[str, ...]
    folder: Path

    @property
    def _known(self) -> tuple[str | Path, ...]:
        return ("--pidfile", self.folder / "run" / f"{self.program.name}.pid", "--exec", self.program)

    @property
    def is_up(self) -> bool:
        """Whether the process of the pid file runs this very program."""
        status = ("start-stop-daemon", "--status", *self._known)
        return not subprocess.run(status, capture_output=True, check=False).returncode

    def start(self) -> None:
        """Start the program unless it runs; its output goes to a file, for a caller may wait for the end of ours."""
        log = self.folder / "log" / f"{self.program.name}.out"
        background = ("--background", "--make-pidfile", "--output", log)
        run("start-stop-daemon", "--start", "--oknodo", *background, *self._known, "--", *self.arguments)

    def stop(self) -> None:
        """End the process, if it runs, and wait until it is gone."""
        if self.is_up:
            run("start-stop-daemon", "--stop", "--oknodo", "--retry", "TERM/30/KILL/5", *self._known)


def until(is_true: Callable[[], bool], otherwise: str, seconds: float = 60) -> None:
    """Wait until ``is_true`` neither fails nor is false; raise TimeoutError after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if is_true():
                return
        except (OSError, RuntimeError):
            pass  # it is still starting
        time.sleep(0.1)
    raise TimeoutError(otherwise)


def _is_installed(package: str) -> bool:
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True, check=False
    )
    return answer.stdout == "install ok installed"
