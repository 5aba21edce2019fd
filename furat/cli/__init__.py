"""The base of Furat's commands."""
