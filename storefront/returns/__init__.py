"""Giving money back, line by line."""
