"""Which address is asked for next, and what became of it."""
