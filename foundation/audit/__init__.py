"""Who did what to which thing, when, and why: append-only rows."""
