"""Pilot groups: a few editors, for a time, with something the others do not have yet."""
