"""The scenarios, by their kind."""
