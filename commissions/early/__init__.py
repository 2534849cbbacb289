"""Paid before the next run: an editor asks, finance answers, and a run of that one editor is prepared."""
