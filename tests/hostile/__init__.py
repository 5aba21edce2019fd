"""Sites that lie, err or attack, as scenarios: what a site says, and what must come out all the same.

A scenario is a row: one or several crawls of a small honest newsroom (`newsroom`) over which each crawl lays its
lies (`Answer`, by path). To add one is to add a row to a file in `scenarios/`.
`make test` runs them all and a short fuzz; `make hostile` runs more, and the fuzzer for a given time.
"""

import os

FUZZ_SECONDS = float(os.environ.get("FURAT_FUZZ", "0"))
"""For how long the fuzzer tries each reader; 0 where it is not asked for."""
