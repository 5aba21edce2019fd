"""CPU time and memory of a command, by the operating system's own account."""

import os
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

# A scheduled crawl finds its modules compiled, as Scrapy's are from their installation on.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Cost:
    """What a process cost."""

    cpu: float
    """Seconds, user and system."""

    memory: float
    """Its peak, in MB."""


def run(*words: Any, log: Path, codes: Collection[int] = (0,)) -> Cost:
    """Run ``words`` with this Python and return what that cost; its output goes to ``log``.

    Raises RuntimeError if it ends with an exit code that is not among ``codes``.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise RuntimeError(f"{words[:4]} ended with {process.returncode}; its output is in {log}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
