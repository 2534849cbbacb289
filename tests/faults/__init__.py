"""Twelve faults that somebody could make, and the tests that have to notice each."""
