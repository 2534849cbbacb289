"""Invitations to events: only to who said they may come, one at a time, and asked once more at most."""
