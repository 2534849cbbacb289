"""Pages: layouts, slots, headers, errors, health."""
