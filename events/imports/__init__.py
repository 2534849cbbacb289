"""Guests that host or staff bring in from a file: looked through first, then written down one by one."""
