"""Tests: one folder a package, names that are sentences."""
