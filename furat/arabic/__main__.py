"""Rewrites docs/ARABIC.md: `python -m furat.arabic`."""

from furat.arabic.document import PATH, document

if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(document())
