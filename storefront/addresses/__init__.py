"""Addresses an account keeps, for the next order."""
