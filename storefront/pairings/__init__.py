"""Pairings: which pieces go with which, by what people put into looks and buy together."""
