"""Visits by a share link: what counts, whom the visit is credited to, and the shopper's say in it."""
