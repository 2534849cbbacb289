"""Whose look it is: its editor, and whom they put it together with, by an agreed split."""
