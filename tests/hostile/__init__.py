"""Sites that lie, err or attack, as scenarios: what a site says, and what must come out all the same.

A scenario is a row: one or several crawls of a small honest newsroom (`newsroom`) over which each crawl lays its
lies (`Answer`, by path). To add one is to add a row to a file in `scenarios/`.
`make test` runs them all; `make hostile` runs the fuzzer for FURAT_FUZZ seconds as well.
"""
