"""A code for the guests of an event: something off, online, until a week after it."""
