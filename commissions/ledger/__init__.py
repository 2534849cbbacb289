"""The books: double entry, append-only, one door in, every balance a sum."""
