"""Crawls that die, sites that fail, disks that fill up: the archive must come out whole."""

import os
import secrets
import subprocess
from shutil import which

KILLS = int(os.environ.get("FURAT_CHAOS") or "0")
"""Random kills that the long form (`make chaos`) asks for at least; 0 is the quick form."""

SEED = int(os.environ.get("FURAT_CHAOS_SEED") or (secrets.randbelow(10**6) if KILLS else 74250))
"""What makes the chances of a run repeatable."""

TRY = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
MAY_MOUNT = bool(which(TRY[0])) and not subprocess.run(TRY, check=False, capture_output=True).returncode
"""Whether this is a root that may make small file systems."""
