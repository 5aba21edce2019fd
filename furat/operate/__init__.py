"""What an operator is told of the archives: their state, what is wrong, and figures to watch."""
