"""Files built from archives."""
