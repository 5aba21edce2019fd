"""All benchmarks, one after the other: `make bench`; or those that are named: `python -m bench refresh`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NO_BENCH = {
    "__init__",
    "__main__",
    "bare",
    "events",
    "filled",
    "grown",
    "measure",
    "news",
    "news_please",
    "newsroom",
    "plain",
    "stored",
    "stories",
}

for name in sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_BENCH):
    print(f"\n$ python -m bench.{name}", flush=True)
    subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True, cwd=HERE.parent)
