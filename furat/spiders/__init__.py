"""Where to look, never what is there."""
