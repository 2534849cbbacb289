"""Becoming, being and leaving as a style editor; the window everybody can look into."""
