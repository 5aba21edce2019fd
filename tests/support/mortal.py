"""Work on an archive that is killed at a statement."""

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from furat.store.connection import Connection


class Mortal(Connection):
    """A connection that kills its process at a statement."""

    left = 0

    def _do(self, *words: Any) -> sqlite3.Cursor:
        Mortal.left -= 1
        if Mortal.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._do(*words)


def lives(work: Callable[[], object], moment: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Do ``work`` in a process that dies at its statement number ``moment``; return whether it lived."""
    child = os.fork()
    if child == 0:
        monkeypatch.setattr("furat.store.store.Connection", Mortal)
        Mortal.left = moment
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0
